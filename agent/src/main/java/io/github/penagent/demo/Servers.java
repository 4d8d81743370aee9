package io.github.penagent.demo;

import java.util.ArrayList;
import java.util.List;

/** The server table and the choice of one of them. Slots are never removed. */
final class Servers {
    /** No server. */
    static final int NONE = -1;

    /** Counts connections in finer steps than weights. */
    private static final int WEIGHT_FACTOR = 256;

    /** Real pens go on until their memory is used up, and slow down long before. */
    private static final int MAX_SLOTS = 16_384;

    private final Settings settings;
    private final List<Server> slots = new ArrayList<>();
    private int lastInTurn;

    Servers(Settings settings) {
        this.settings = settings;
    }

    Server get(int slot) {
        return slots.get(slot);
    }

    /** Sets attributes pair by pair, left to right; what precedes a bad address stays. */
    void configure(Words words, long nowSeconds) {
        String number = words.next();
        int slot = number == null ? NONE : Words.atoi(number);
        if (slot < 0 || slot >= MAX_SLOTS) {
            return;
        }
        while (slots.size() <= slot) {
            slots.add(new Server());
        }
        int blacklist = settings.get(Setting.BLACKLIST);
        String attribute = words.next();
        String value = words.next();
        while (attribute != null && value != null && get(slot).set(attribute, value, nowSeconds, blacklist)) {
            attribute = words.next();
            value = words.next();
        }
    }

    String rows() {
        StringBuilder reply = new StringBuilder();
        for (int slot = 0; slot < slots.size(); slot++) {
            reply.append(get(slot).row(slot));
        }
        return reply.toString();
    }

    /** The server that pen tries first for this client, or {@link #NONE}. */
    int first(Client client, int port, long nowSeconds) {
        if (!settings.is(Flag.ROUNDROBIN) && client.server() != NONE) {
            return client.server();
        }
        if (settings.is(Flag.PRIO)) {
            return byPriority(nowSeconds);
        }
        if (settings.is(Flag.WEIGHT)) {
            return byWeight(nowSeconds);
        }
        if (settings.is(Flag.HASH)) {
            return slots.isEmpty() ? 0 : client.hash(settings.is(Flag.ROUNDROBIN) ? port : 0, slots.size());
        }
        return inTurn(nowSeconds);
    }

    /** The next server that takes this client after {@code failed}, once around the table up to {@code first}. */
    int next(Client client, int failed, int first, long nowSeconds) {
        if (settings.is(Flag.STUBBORN) || slots.size() < 2 || failed == NONE) {
            return NONE;
        }
        int slot = failed;
        do {
            slot = (slot + 1) % slots.size();
            if (takes(client, slot, nowSeconds)) {
                return slot;
            }
        } while (slot != first);
        return NONE;
    }

    /** Whether pen would open a connection to this server. Weights and priorities play no part in it. */
    boolean takes(Client client, int slot, long nowSeconds) {
        return slot >= 0
                && slot < slots.size()
                && get(slot).address().port() != 0
                && !blacklisted(slot, nowSeconds)
                && !get(slot).full(client.server() == slot);
    }

    boolean blacklisted(int slot, long nowSeconds) {
        return get(slot).blacklisted(nowSeconds, settings.get(Setting.BLACKLIST));
    }

    /** Slot 0 counts as used whatever its address is. */
    private boolean unavailable(int slot, long nowSeconds) {
        return (slot != 0 && get(slot).address().isAny()) || blacklisted(slot, nowSeconds);
    }

    private int inTurn(long nowSeconds) {
        for (int step = 1; step <= slots.size(); step++) {
            int slot = (lastInTurn + step) % slots.size();
            if (!unavailable(slot, nowSeconds)) {
                lastInTurn = slot;
                return slot;
            }
        }
        return NONE;
    }

    private int byWeight(long nowSeconds) {
        int best = NONE;
        int bestLoad = 0;
        for (int slot = 0; slot < slots.size(); slot++) {
            Server server = get(slot);
            if (unavailable(slot, nowSeconds) || server.weight() == 0) {
                continue;
            }
            int load = WEIGHT_FACTOR * server.conn() / server.weight();
            if (best == NONE || load < bestLoad) {
                best = slot;
                bestLoad = load;
            }
        }
        return best;
    }

    private int byPriority(long nowSeconds) {
        int best = NONE;
        for (int slot = 0; slot < slots.size(); slot++) {
            boolean better = best == NONE || get(slot).prio() < get(best).prio();
            if (better && !unavailable(slot, nowSeconds)) {
                best = slot;
            }
        }
        return best;
    }
}
