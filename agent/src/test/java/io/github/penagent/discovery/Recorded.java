package io.github.penagent.discovery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Remembers what a listener was told. */
final class Recorded implements TargetListener {
    final Map<String, Integer> pens = new HashMap<>();
    final Map<String, Integer> failures = new HashMap<>();
    List<String> sources = List.of();

    @Override
    public synchronized void watching(List<String> now) {
        sources = List.copyOf(now);
    }

    @Override
    public synchronized void named(String source, int count) {
        pens.put(source, count);
    }

    synchronized int failures(String source) {
        return failures.getOrDefault(source, 0);
    }

    @Override
    public synchronized void failed(String source) {
        failures.merge(source, 1, Integer::sum);
    }
}
