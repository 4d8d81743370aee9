package io.github.penagent.bench;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a page as others would serve them: a collector of client_java that keeps its labels, or a meter of Micrometer for each. */
final class PeerPage {
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private PeerPage() {}

    /** One name with all its rows. */
    private record Rows(String name, boolean counter, List<Labels> labels, List<Double> values) {}

    /** {@code collector} or {@code meters}, and the file with the page. */
    public static void main(String[] args) throws IOException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().namingConvention(NamingConvention.identity);
        List<Rows> all = rows(new PageText(Files.readString(Path.of(args[1]))));
        if (args[0].equals("collector")) {
            registry.getPrometheusRegistry().register(collector(all));
        } else {
            all.forEach(rows -> register(rows, registry));
        }
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2));
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(scrape(registry)))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        Served.on(server.actualPort(), word -> {});
    }

    private static Buffer scrape(PrometheusMeterRegistry registry) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64 * 1024);
        try {
            registry.scrape(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(out.toByteArray());
    }

    private static List<Rows> rows(PageText page) {
        Map<String, Rows> found = new LinkedHashMap<>();
        for (PageText.Sample sample : page.samples()) {
            boolean counter = sample.name().endsWith("_total");
            // Both libraries keep these endings for themselves.
            String name = sample.name().replaceFirst("_total$", "").replaceFirst("_info$", "_shape");
            Rows rows =
                    found.computeIfAbsent(name, any -> new Rows(name, counter, new ArrayList<>(), new ArrayList<>()));
            rows.labels().add(labels(sample.labels()));
            rows.values().add(Double.valueOf(sample.value()));
        }
        return List.copyOf(found.values());
    }

    private static Labels labels(String text) {
        List<String> words = new ArrayList<>();
        Matcher label = LABEL.matcher(text);
        while (label.find()) {
            words.add(label.group(1));
            words.add(label.group(2));
        }
        return Labels.of(words.toArray(String[]::new));
    }

    private static MultiCollector collector(List<Rows> all) {
        return () -> new MetricSnapshots(all.stream().map(PeerPage::snapshot).toArray(MetricSnapshot[]::new));
    }

    private static MetricSnapshot snapshot(Rows rows) {
        MetricMetadata metadata = new MetricMetadata(rows.name(), "What it is about.");
        if (rows.counter()) {
            List<CounterDataPointSnapshot> points =
                    new ArrayList<>(rows.values().size());
            for (int i = 0; i < rows.values().size(); i++) {
                points.add(new CounterDataPointSnapshot(
                        rows.values().get(i), rows.labels().get(i), null, 0));
            }
            return new CounterSnapshot(metadata, points);
        }
        List<GaugeDataPointSnapshot> points = new ArrayList<>(rows.values().size());
        for (int i = 0; i < rows.values().size(); i++) {
            points.add(new GaugeDataPointSnapshot(
                    rows.values().get(i), rows.labels().get(i), null));
        }
        return new GaugeSnapshot(metadata, points);
    }

    private static void register(Rows rows, PrometheusMeterRegistry registry) {
        for (int i = 0; i < rows.values().size(); i++) {
            int row = i;
            Tags tags = Tags.of(tags(rows.labels().get(i)));
            if (rows.counter()) {
                FunctionCounter.builder(rows.name(), rows, all -> all.values().get(row))
                        .tags(tags)
                        .register(registry);
            } else {
                Gauge.builder(rows.name(), rows, all -> all.values().get(row))
                        .tags(tags)
                        .register(registry);
            }
        }
    }

    private static String[] tags(Labels labels) {
        return labels.stream()
                .flatMap(label -> Arrays.asList(label.getName(), label.getValue()).stream())
                .toArray(String[]::new);
    }
}
