package io.github.penagent.remediation;

import java.util.List;
import java.util.stream.Stream;

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
        long accused = firing(state, alerts)
                .map(alert -> List.of(alert.pen(), alert.address()))
                .distinct()
                .count();
        long pens = firing(state, alerts).map(Alert::pen).distinct().count();
        int all = state.pens().stream().mapToInt(pen -> pen.sums.usable()).sum();
        return accused > MAX_BACKENDS || (pens > 1 && all >= FEW && accused > MAX_SHARE * all);
    }

    private static Stream<Alert> firing(State state, List<Alert> alerts) {
        return alerts.stream().filter(Alert::firing).filter(alert -> switch (state.outcome(alert)) {
            case ACCEPTED, DUPLICATE -> true;
            default -> false;
        });
    }
}
