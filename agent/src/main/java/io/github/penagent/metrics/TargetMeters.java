package io.github.penagent.metrics;

import io.github.penagent.discovery.TargetListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many pens each source names, and how often it failed. A source that is no longer there leaves the page. */
public final class TargetMeters implements TargetListener {
    private record Meters(AtomicInteger pens, Gauge gauge, Counter failures) {}

    private final MeterRegistry registry;
    private final Map<String, Meters> bySource = new TreeMap<>();

    TargetMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public synchronized void watching(List<String> sources) {
        Set<String> gone = new HashSet<>(bySource.keySet());
        sources.forEach(gone::remove);
        gone.forEach(source -> remove(bySource.remove(source)));
        sources.forEach(source -> bySource.computeIfAbsent(source, this::meters));
    }

    @Override
    public synchronized void named(String source, int pens) {
        bySource.computeIfAbsent(source, this::meters).pens().set(pens);
    }

    @Override
    public synchronized void failed(String source) {
        bySource.computeIfAbsent(source, this::meters).failures().increment();
    }

    private void remove(Meters meters) {
        registry.remove(meters.gauge());
        registry.remove(meters.failures());
    }

    private Meters meters(String source) {
        AtomicInteger pens = new AtomicInteger();
        Gauge gauge = Gauge.builder("pen.agent.targets", pens, AtomicInteger::get)
                .description("Pens that are watched because of this source: the fixed list, files or a DNS name.")
                .tag("source", source)
                .register(registry);
        Counter failures = Counter.builder("pen.agent.target.refresh.failures")
                .description("Looks at a source of pens that failed or found what cannot be used.")
                .tag("source", source)
                .register(registry);
        return new Meters(pens, gauge, failures);
    }
}
