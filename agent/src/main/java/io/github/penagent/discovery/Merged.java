package io.github.penagent.discovery;

import io.github.penagent.poll.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All pens, each name and each control address once: what comes first has it. Every file counts once, however many patterns it is
 * found by.
 */
final class Merged {
    /** The name of the fixed list among the sources. */
    static final String FIXED = "static";

    static final int MAX_PENS = 10_000;

    private final List<Target> pens = new ArrayList<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final Map<String, Set<String>> refused = new HashMap<>();
    private final Map<String, String> placeByName = new HashMap<>();
    private final Map<String, String> placeByControl = new HashMap<>();
    private final Set<String> files = new HashSet<>();

    Merged(List<Target> fixed) {
        fixed.forEach(pen -> add(FIXED, "the configuration", pen));
    }

    /** Sources come in their order. */
    void add(Source source, Found found) {
        counts.putIfAbsent(source.name(), 0);
        found.places().forEach((place, what) -> {
            if (source instanceof SrvSource || files.add(place)) {
                what.pens().forEach(pen -> add(source.name(), place, pen));
            }
        });
    }

    private void add(String source, String place, Target pen) {
        String sameName = placeByName.get(pen.name());
        String sameControl = placeByControl.get(pen.control().identity());
        if (sameName != null) {
            refuse(source, place + ": pen " + pen.name() + ": its name is also that of a pen in " + sameName);
        } else if (sameControl != null) {
            refuse(
                    source,
                    place + ": pen " + pen.name() + ": its control port " + pen.control() + " is also that of a pen in "
                            + sameControl);
        } else if (pens.size() >= MAX_PENS && !source.equals(FIXED)) {
            refuse(source, place + ": there are more than " + MAX_PENS + " pens; not all of this place are watched");
        } else {
            placeByName.put(pen.name(), place);
            placeByControl.put(pen.control().identity(), place);
            pens.add(pen);
            counts.merge(source, 1, Integer::sum);
        }
    }

    private void refuse(String source, String line) {
        refused.computeIfAbsent(source, s -> new LinkedHashSet<>()).add(line);
    }

    List<Target> pens() {
        return List.copyOf(pens);
    }

    /** Pens by source, in the order of the sources. */
    Map<String, Integer> counts() {
        return counts;
    }

    /** The pens that cannot be watched, each a line for the operator. */
    Set<String> refused(String source) {
        return refused.getOrDefault(source, Set.of());
    }
}
