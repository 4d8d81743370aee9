package io.github.penagent.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MeterLinesTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MeterLines lines = new MeterLines(registry, List.of());

    @ParameterizedTest
    @EnumSource(Format.class)
    void the_lines_are_those_of_the_registrys_own_writer(Format format) throws IOException {
        fill();

        assertThat(ours(format, name -> true)).isEqualTo(reference(format));
    }

    @Test
    void values_are_those_of_now_and_meters_come_and_go() {
        AtomicInteger level = new AtomicInteger(1);
        Gauge gauge = Gauge.builder("level", level, AtomicInteger::get).register(registry);
        assertThat(ours(Format.TEXT, name -> true)).contains("level 1.0");

        level.set(2);
        Counter.builder("orders").register(registry).increment(3);
        assertThat(ours(Format.TEXT, name -> true)).contains("level 2.0", "orders_total 3.0");

        registry.remove(gauge);
        assertThat(ours(Format.TEXT, name -> true)).noneMatch(line -> line.startsWith("level"));
    }

    @Test
    void a_counter_is_wanted_by_the_name_on_its_lines() {
        fill();

        assertThat(ours(Format.TEXT, "orders_total"::equals)).hasSize(4).allMatch(line -> line.contains("orders"));
    }

    @Test
    void the_last_bucket_is_the_count() {
        Timer timer = Timer.builder("took")
                .serviceLevelObjectives(Duration.ofMillis(1))
                .register(registry);
        timer.record(Duration.ofSeconds(1));

        assertThat(ours(Format.TEXT, name -> true))
                .contains(
                        "took_seconds_bucket{le=\"0.001\"} 0.0",
                        "took_seconds_bucket{le=\"+Inf\"} 1.0",
                        "took_seconds_count 1.0");
    }

    @Test
    void a_meter_of_another_kind_is_refused_and_not_left_out() {
        DistributionSummary.builder("sizes").register(registry);

        assertThatThrownBy(() -> ours(Format.TEXT, name -> true)).hasMessageContaining("sizes");
    }

    private void fill() {
        Gauge.builder("level", () -> 0.25)
                .description("How high.")
                .baseUnit("meters")
                .register(registry);
        Gauge.builder("far", () -> 1.25e17)
                .tag("place", "a \"quoted\\\" one")
                .tag("area", "b")
                .register(registry);
        Gauge.builder("far", () -> -3.5).tag("place", "near").tag("area", "b").register(registry);
        Gauge.builder("none", () -> Double.NaN).register(registry);
        Gauge.builder("all", () -> Double.POSITIVE_INFINITY).register(registry);
        TimeGauge.builder("age", () -> 1500, TimeUnit.MILLISECONDS).register(registry);
        Counter.builder("orders")
                .description("Taken.")
                .tag("kind", "x")
                .register(registry)
                .increment(7);
        Counter.builder("orders").description("Taken.").tag("kind", "y").register(registry);
        FunctionCounter.builder("cpu", this, any -> 1234.5).baseUnit("seconds").register(registry);
        Timer.builder("took")
                .serviceLevelObjectives(Duration.ofNanos(250_000), Duration.ofMillis(1), Duration.ofSeconds(1))
                .register(registry)
                .record(Duration.ofMillis(2));
        Timer.builder("rest").tag("why", "gc").register(registry).record(Duration.ofMillis(3));
    }

    private List<String> ours(Format format, Predicate<String> wanted) {
        LineWriter out = new LineWriter(64);
        lines.write(format, wanted, out);
        return sorted(out.toText());
    }

    private List<String> reference(Format format) throws IOException {
        ExpositionFormatWriter writer =
                format == Format.TEXT ? PrometheusTextFormatWriter.create() : OpenMetricsTextFormatWriter.create();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(out, registry.getPrometheusRegistry().scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        return sorted(out.toString(StandardCharsets.UTF_8));
    }

    /** With every number as the reference writes it; headers stay before the lines of their family. */
    private static List<String> sorted(String page) {
        return page.lines()
                .filter(line -> !line.equals("# EOF"))
                .map(line -> line.startsWith("#") ? line : number(line))
                .sorted()
                .toList();
    }

    private static String number(String line) {
        int space = line.lastIndexOf(' ');
        String value = line.substring(space + 1);
        return line.substring(0, space + 1)
                + (value.endsWith("Inf") ? value : Double.toString(Double.parseDouble(value)));
    }
}
