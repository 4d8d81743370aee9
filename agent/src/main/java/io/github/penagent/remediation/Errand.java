package io.github.penagent.remediation;

import io.github.penagent.penctl.Command;
import io.github.penagent.penctl.ServerTable;
import java.util.Optional;

/**
 * One command that the core wants sent, made of the numbers of its permit and nothing else, and what has to hold for it.
 *
 * @param permit for one slot; absent where the pen as a whole is meant
 */
record Errand(
        long id, String pen, long incarnation, Optional<Permit> permit, Command<String> command, Decision decision) {

    /** @throws IllegalArgumentException if there is no such command */
    static Errand of(Action.Eject eject) {
        return leasing(eject.permit(), eject.decision(), eject.permit().seconds() > 0);
    }

    /** @throws IllegalArgumentException if there is no such command */
    static Errand of(Action.Release release) {
        return leasing(release.permit(), release.decision(), release.permit().seconds() == 0);
    }

    /** @throws IllegalArgumentException if there is no such command */
    static Errand of(Action.RaisePending raise) {
        return new Errand(
                raise.id(),
                raise.pen(),
                raise.incarnation(),
                Optional.empty(),
                Command.pendingMax(raise.places()),
                raise.decision());
    }

    private static Errand leasing(Permit permit, Decision decision, boolean rightTime) {
        if (!rightTime) {
            throw new IllegalArgumentException("a permit of " + permit.seconds() + " s is for something else");
        }
        SlotKey slot = permit.slot();
        return new Errand(
                permit.id(),
                slot.pen(),
                slot.incarnation(),
                Optional.of(permit),
                Command.blacklist(slot.server(), permit.seconds()),
                decision);
    }

    /** Why the slot in {@code table} is not the one that is meant; empty if it is, or none is. */
    String otherSlot(ServerTable table) {
        return permit.map(p -> otherSlot(p.slot(), table)).orElse("");
    }

    private static String otherSlot(SlotKey slot, ServerTable table) {
        int server = slot.server();
        if (server >= table.size() || table.unused(server)) {
            return "slot " + server + " has no server";
        }
        String now = table.hostPort(server);
        return now.equals(slot.address()) ? "" : "slot " + server + " has " + now + ", not " + slot.address();
    }

    boolean late(long nanos) {
        return permit.filter(p -> nanos - p.expiresNanos() > 0).isPresent();
    }
}
