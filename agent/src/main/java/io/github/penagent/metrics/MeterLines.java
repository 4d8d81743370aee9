package io.github.penagent.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusTimer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;

/**
 * The lines of a registry's meters, as its own writer would have them: whatever stays the same from page to page is kept as bytes,
 * and values are read where they are, so that they are those of this moment and next to nothing is thrown away. Knows gauges,
 * counters and timers; another kind of meter is refused when it is first to be shown.
 */
final class MeterLines {
    /** Others must not get into the registry. */
    static final Set<Meter.Type> KNOWN = Set.of(Meter.Type.GAUGE, Meter.Type.COUNTER, Meter.Type.TIMER);

    private final PrometheusMeterRegistry registry;
    private final List<MeterFamily> fixed;
    private volatile boolean stale = true;
    private Collection<MeterFamily> families = List.of();

    /** @param fixed what is to be shown beside the meters */
    MeterLines(PrometheusMeterRegistry registry, List<MeterFamily> fixed) {
        this.registry = registry;
        this.fixed = List.copyOf(fixed);
        registry.config().onMeterAdded(meter -> stale = true).onMeterRemoved(meter -> stale = true);
    }

    /** Writes the wanted families, in the order of their names. */
    synchronized void write(Format format, Predicate<String> wanted, LineWriter out) {
        if (stale) {
            stale = false;
            families = collect();
        }
        for (MeterFamily family : families) {
            family.write(format, wanted, out);
        }
    }

    private Collection<MeterFamily> collect() {
        Map<String, MeterFamily> found = new TreeMap<>();
        fixed.forEach(family -> found.put(family.name(), family));
        for (Meter meter : registry.getMeters()) {
            String labels = labels(meter.getId());
            if (meter instanceof PrometheusTimer timer) {
                add(found, timer, labels);
            } else {
                add(found, meter, labels);
            }
        }
        return found.values();
    }

    private void add(Map<String, MeterFamily> found, Meter meter, String labels) {
        meter.use(
                gauge -> family(found, Family.Type.GAUGE, meter, "").row(labels, gauge::value),
                counter -> family(found, Family.Type.COUNTER, meter, "").row(labels, counter::count),
                MeterLines::refuse,
                MeterLines::refuse,
                MeterLines::refuse,
                gauge -> family(found, Family.Type.GAUGE, meter, "").row(labels, gauge::value),
                (FunctionCounter counter) ->
                        family(found, Family.Type.COUNTER, meter, "").row(labels, counter::count),
                MeterLines::refuse,
                MeterLines::refuse);
    }

    private void add(Map<String, MeterFamily> found, PrometheusTimer timer, String labels) {
        boolean buckets = timer.histogramCounts().length > 0;
        MeterFamily family = family(found, buckets ? Family.Type.HISTOGRAM : Family.Type.SUMMARY, timer, "");
        if (buckets) {
            family.rows(new Buckets(family.name(), labels, timer));
        }
        DoubleSupplier sum = () -> timer.totalTime(TimeUnit.SECONDS);
        family.row("_count", labels, timer::count).row("_sum", labels, sum);
        family(found, Family.Type.GAUGE, timer, "_max").row(labels, () -> timer.max(TimeUnit.SECONDS));
    }

    private static void refuse(Meter meter) {
        throw new IllegalStateException("no lines are known for " + meter.getId());
    }

    private MeterFamily family(Map<String, MeterFamily> found, Family.Type type, Meter meter, String suffix) {
        Meter.Id id = meter.getId();
        String name = id.getConventionName(registry.config().namingConvention()) + suffix;
        String base = name.endsWith("_total") ? name.substring(0, name.length() - "_total".length()) : name;
        String help = id.getDescription() == null ? " " : id.getDescription();
        return found.computeIfAbsent(base + type.suffix, any -> new MeterFamily(type, base, help));
    }

    private String labels(Meter.Id id) {
        NamingConvention names = registry.config().namingConvention();
        LineWriter out = new LineWriter(64);
        for (Tag tag : id.getConventionTags(names)) {
            out.text(out.length() == 0 ? "" : ",").label(tag.getKey(), tag.getValue());
        }
        return out.toText();
    }

    /** The lines of a histogram, of which the last has the count; no bucket ever holds more than that. */
    private static final class Buckets implements MeterFamily.Rows {
        private final PrometheusTimer timer;
        private final byte[][] heads;

        Buckets(String name, String labels, PrometheusTimer timer) {
            this.timer = timer;
            CountAtBucket[] counts = timer.histogramCounts();
            heads = new byte[counts.length + 1][];
            for (int i = 0; i < counts.length; i++) {
                heads[i] = head(name, labels, Double.toString(counts[i].bucket(TimeUnit.SECONDS)));
            }
            heads[counts.length] = head(name, labels, "+Inf");
        }

        private static byte[] head(String name, String labels, String limit) {
            String before = labels.isEmpty() ? "" : labels + ",";
            return MeterFamily.head(name + "_bucket", before + "le=\"" + limit + "\"");
        }

        @Override
        public void write(LineWriter out) {
            CountAtBucket[] counts = timer.histogramCounts();
            for (int i = 0; i < counts.length; i++) {
                out.raw(heads[i]).value(counts[i].count()).end();
            }
            out.raw(heads[counts.length]).number(timer.count()).end();
        }
    }
}
