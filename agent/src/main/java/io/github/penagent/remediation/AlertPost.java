package io.github.penagent.remediation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The alerts of one message. So many at once that a fault of what sends them is likelier than one of the backends are no evidence, as
 * safety demands of all evidence: who suspects nearly everybody is to be suspected.
 */
final class AlertPost {
    private static final int MAX_BACKENDS = 20;
    private static final double MAX_SHARE = 0.3;

    /** Fewer backends than this have no share that would mean anything. */
    private static final int FEW = 10;

    private AlertPost() {}

    /** Whether its alerts are more than can be believed. */
    static boolean isFlood(State state, List<Alert> alerts) {
        Set<List<String>> accused = new HashSet<>();
        Set<String> pens = new HashSet<>();
        for (Alert alert : alerts) {
            if (state.outcome(alert).counts()) {
                accused.add(List.of(alert.pen(), alert.address()));
                pens.add(alert.pen());
            }
        }
        int all = state.pens().stream().mapToInt(pen -> pen.sums.usable()).sum();
        return accused.size() > MAX_BACKENDS || (pens.size() > 1 && all >= FEW && accused.size() > MAX_SHARE * all);
    }
}
