package io.github.penagent.discovery;

import io.github.penagent.poll.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What all sources of one configuration said last. Yields nothing before each was asked once, or was waited for long enough: pens
 * that come one source at a time would be changes that nobody made.
 */
final class Watch {
    private final List<Source> sources;
    private final List<Target> fixed;
    private final TargetListener listener;
    private final SourceLog log;
    private final Map<String, Found> known = new HashMap<>();
    private boolean waitedLongEnough;
    private boolean over;

    /** @param known what was found before, of these sources and others */
    Watch(List<Source> sources, List<Target> fixed, Map<String, Found> known, TargetListener listener, SourceLog log) {
        this.sources = sources;
        this.fixed = fixed;
        this.listener = listener;
        this.log = log;
        List<String> names = new ArrayList<>(List.of(Merged.FIXED));
        for (Source source : sources) {
            names.add(source.name());
            this.known.put(source.name(), known.getOrDefault(source.name(), Found.NOTHING_YET));
        }
        listener.watching(names);
    }

    /** Ends this watch: what was found is the next one's. */
    synchronized Map<String, Found> end() {
        over = true;
        return Map.copyOf(known);
    }

    synchronized Found known(Source source) {
        return known.getOrDefault(source.name(), Found.NOTHING_YET);
    }

    /** A look ended with this. */
    synchronized void heard(Source source, Found found) {
        if (over) {
            return;
        }
        Found before = known(source);
        known.put(source.name(), found);
        log.looked(source.name(), before, found);
        if (!found.faults().isEmpty() || !merged().refused(source.name()).isEmpty()) {
            listener.failed(source.name());
        }
    }

    /** A look failed by our own fault. It counts as made, so that others need not wait for it. */
    synchronized void broken(Source source, Throwable e) {
        if (over) {
            return;
        }
        log.broken(source.name(), e);
        listener.failed(source.name());
        known.put(source.name(), Found.in(known(source).places()));
    }

    /** A look has not ended when it was time for the next. */
    synchronized void late(Source source) {
        if (!over) {
            log.late(source.name());
            listener.failed(source.name());
        }
    }

    /** From now on, sources that have not answered are not waited for. */
    synchronized void waitNoLonger() {
        waitedLongEnough = true;
    }

    /** The pens as they are known; empty while there is reason to wait. */
    synchronized Optional<List<Target>> now() {
        if (over
                || !(waitedLongEnough
                        || sources.stream().allMatch(source -> known(source).looked()))) {
            return Optional.empty();
        }
        Merged merged = merged();
        sources.forEach(source -> log.refused(source.name(), merged.refused(source.name())));
        merged.counts().forEach(listener::named);
        return Optional.of(merged.pens());
    }

    private Merged merged() {
        Merged merged = new Merged(fixed);
        sources.forEach(source -> merged.add(source, known(source)));
        return merged;
    }
}
