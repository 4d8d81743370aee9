package io.github.penagent.demo;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** The client table: bounded, and when it is full whoever connected longest ago has to leave. */
final class Clients {
    private final Settings settings;

    /** The used beginning of the table. */
    private final List<Client> slots = new ArrayList<>();

    Clients(Settings settings) {
        this.settings = settings;
    }

    /** Counts a connection of the client at {@code address}, in its old slot or in a new one. */
    Client accepted(InetAddress address, long nowSeconds) {
        int tracking = settings.get(Setting.TRACKING);
        for (Client client : slots) {
            if (client.is(address)) {
                client.accepted(address, nowSeconds);
                return client;
            }
            // Lazily, and only those in front of the one looked for, as pen does.
            if (tracking > 0 && client.last() + tracking < nowSeconds) {
                client.expire();
            }
        }
        Client fresh = slotForNew();
        fresh.clear();
        fresh.accepted(address, nowSeconds);
        return fresh;
    }

    /** Those whose last connection is at most {@code seconds} old, in the order of the table. */
    String recent(int seconds, long nowSeconds) {
        long since = nowSeconds - seconds;
        StringBuilder reply = new StringBuilder();
        for (Client client : slots) {
            if (client.last() >= since) {
                reply.append(client.row());
            }
        }
        if (since <= 0) {
            int unused = settings.get(Setting.CLIENTS_MAX) - slots.size();
            reply.append(new Client().row().repeat(unused));
        }
        return reply.toString();
    }

    private Client slotForNew() {
        Client oldest = null;
        for (Client client : slots) {
            if (client.last() == 0) {
                return client;
            }
            if (oldest == null || client.last() < oldest.last()) {
                oldest = client;
            }
        }
        if (oldest != null && slots.size() >= settings.get(Setting.CLIENTS_MAX)) {
            return oldest;
        }
        Client added = new Client();
        slots.add(added);
        return added;
    }
}
