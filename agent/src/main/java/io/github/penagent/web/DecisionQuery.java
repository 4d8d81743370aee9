package io.github.penagent.web;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which decisions a request asks for.
 *
 * @param pens empty for all
 * @param limit how many at most, 1 to {@value #MAX_LIMIT}
 */
record DecisionQuery(Set<String> pens, int limit) {
    static final int DEFAULT_LIMIT = 100;
    static final int MAX_LIMIT = 1000;

    /**
     * Reads the parameters of a request.
     *
     * @throws IllegalArgumentException with one sentence for who asked
     */
    static DecisionQuery of(List<String> pens, List<String> limits, Set<String> known) {
        Set<String> strangers = new TreeSet<>(pens);
        strangers.removeAll(known);
        if (!strangers.isEmpty()) {
            throw new IllegalArgumentException("pen: no pen is called " + String.join(", ", strangers));
        }
        return new DecisionQuery(Set.copyOf(pens), limit(limits));
    }

    private static int limit(List<String> limits) {
        if (limits.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        // No more digits than an int has room for.
        boolean number = limits.size() == 1 && limits.get(0).matches("[0-9]{1,9}");
        int limit = number ? Integer.parseInt(limits.get(0)) : 0;
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit: must be given once, as a whole number from 1 to " + MAX_LIMIT);
        }
        return limit;
    }

    List<DecisionRow> from(List<DecisionRow> newestFirst) {
        return newestFirst.stream()
                .filter(row -> pens.isEmpty() || pens.contains(row.pen()))
                .limit(limit)
                .toList();
    }
}
