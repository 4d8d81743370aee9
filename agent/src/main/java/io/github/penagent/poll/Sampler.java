package io.github.penagent.poll;

import io.github.penagent.fleet.FailureReason;
import io.github.penagent.fleet.Slots;
import io.github.penagent.penctl.Failure;
import io.github.penagent.penctl.ServerTable;

/** The one place where pen's words become ours: {@code sx} is sent, {@code rx} is received, {@code max} a soft limit. */
final class Sampler {
    private Sampler() {}

    static Slots slots(ServerTable table) {
        Slots.Builder slots = Slots.builder(table.size());
        for (int i = 0; i < table.size(); i++) {
            slots.traffic(i, table.unused(i) ? Slots.UNUSED : table.hostPort(i), table.sx(i), table.rx(i))
                    .gauges(
                            i,
                            table.conn(i),
                            table.max(i),
                            table.hard(i),
                            table.hasWeight(i) ? table.weight(i) : Slots.ABSENT,
                            table.hasPrio(i) ? table.prio(i) : Slots.ABSENT);
        }
        return slots.build();
    }

    static FailureReason reason(Failure failure) {
        return switch (failure.reason()) {
            case CONNECT -> FailureReason.CONNECT;
            case DENIED -> FailureReason.DENIED;
            case TIMEOUT -> FailureReason.TIMEOUT;
            case RESET -> FailureReason.RESET;
            case TRUNCATED -> FailureReason.TRUNCATED;
            case MALFORMED -> FailureReason.MALFORMED;
            case TOO_LARGE -> FailureReason.TOO_LARGE;
        };
    }
}
