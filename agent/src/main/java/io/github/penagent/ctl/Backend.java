package io.github.penagent.ctl;

import io.github.penagent.penctl.ServerTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One slot of a {@code servers} reply.
 *
 * @param soft pen's {@code max}: 0 for none, negative for no new clients
 * @param hard 0 for none
 * @param weight as text, empty where this pen prints none; {@code prio} likewise
 * @param sent bytes to the backend, unsigned; {@code received} those from it
 */
record Backend(
        int slot,
        String address,
        State state,
        int connections,
        int soft,
        int hard,
        String weight,
        String prio,
        long sent,
        long received) {

    /** Whether pen would give it a new client, as far as its table shows. Blacklists do not show. */
    enum State {
        SERVING,
        FULL,
        DRAINED,
        UNUSED,
        /** A slot that pen made because a later one was named. */
        GAP;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Every slot, used or not. */
    static List<Backend> all(ServerTable table) {
        List<Backend> all = new ArrayList<>();
        for (int slot = 0; slot < table.size(); slot++) {
            all.add(of(table, slot));
        }
        return all;
    }

    private static Backend of(ServerTable t, int slot) {
        return new Backend(
                slot,
                t.addr(slot).startsWith("(") ? "-" : t.hostPort(slot),
                state(t, slot),
                t.conn(slot),
                t.max(slot),
                t.hard(slot),
                t.hasWeight(slot) ? Integer.toString(t.weight(slot)) : "",
                t.hasPrio(slot) ? Integer.toString(t.prio(slot)) : "",
                t.sx(slot),
                t.rx(slot));
    }

    private static State state(ServerTable t, int slot) {
        if (t.addr(slot).startsWith("(")) {
            return State.GAP;
        }
        // From slot 1 on pen takes this address for an empty slot, whatever the port.
        if (t.unused(slot) || (slot > 0 && t.addr(slot).equals("0.0.0.0"))) {
            return State.UNUSED;
        }
        if (t.max(slot) < 0) {
            return State.DRAINED;
        }
        boolean soft = t.max(slot) > 0 && t.conn(slot) >= t.max(slot);
        boolean hard = t.hard(slot) > 0 && t.conn(slot) >= t.hard(slot);
        return soft || hard ? State.FULL : State.SERVING;
    }

    boolean used() {
        return state != State.UNUSED && state != State.GAP;
    }

    /** The limit that new clients meet first; 0 for none. */
    int limit() {
        return soft > 0 ? soft : Math.max(0, hard);
    }

    /** {@code 12/100}: soft limit, or {@code -} where there is none. */
    static String limit(int limit) {
        return limit == 0 ? "-" : Integer.toString(limit);
    }

    Map<String, Object> json() {
        return Json.object(
                "slot",
                slot,
                "address",
                state == State.GAP ? Json.NULL : address,
                "state",
                state.word(),
                "connections",
                connections,
                "soft_limit",
                soft,
                "hard_limit",
                hard,
                "weight",
                weight.isEmpty() ? Json.NULL : Integer.valueOf(weight),
                "priority",
                prio.isEmpty() ? Json.NULL : Integer.valueOf(prio),
                "sent_bytes",
                new java.math.BigInteger(Long.toUnsignedString(sent)),
                "received_bytes",
                new java.math.BigInteger(Long.toUnsignedString(received)));
    }
}
