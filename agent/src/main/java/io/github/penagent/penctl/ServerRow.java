package io.github.penagent.penctl;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of {@code servers}, at the moment it was read.
 *
 * @param slot pen's index, stable while pen runs
 * @param host an IP address without brackets, a socket path, or what pen prints in a slot without a server
 * @param port 0 to 65535; always 1 for a socket path
 * @param conn established connections; drifts low after failed connects (pen's own counting)
 * @param max soft limit on connections, 0 for none, negative for no new clients
 * @param hard limit for clients that come back to this server, 0 for none
 * @param weight share of new clients, where pen goes by weight
 * @param prio the lowest wins, where pen goes by priority
 * @param sx bytes from clients since pen started, unsigned, kept when the slot gets another server
 * @param rx bytes from the backend since pen started, unsigned, kept likewise
 */
public record ServerRow(
        int slot, String host, int port, int conn, int max, int hard, int weight, int prio, long sx, long rx) {

    /** The rows of a table that will be overwritten. */
    static List<ServerRow> of(ServerTable table) {
        List<ServerRow> rows = new ArrayList<>(table.size());
        for (int slot = 0; slot < table.size(); slot++) {
            rows.add(new ServerRow(
                    slot,
                    table.addr(slot),
                    table.port(slot),
                    table.conn(slot),
                    table.max(slot),
                    table.hard(slot),
                    table.weight(slot),
                    table.prio(slot),
                    table.sx(slot),
                    table.rx(slot)));
        }
        return List.copyOf(rows);
    }

    /**
     * Whether there is a server. pen takes 0.0.0.0 for an unused slot whatever the port, except in slot 0, which it keeps
     * choosing: that one is unused only with port 0, too.
     */
    public boolean used() {
        return !host.startsWith("(") && !(host.equals("0.0.0.0") && (port == 0 || slot > 0));
    }

    /** {@code host:port}, {@code [v6]:port}, or the socket path. */
    public String address() {
        return used() && port > 0 ? ServerAddress.canonical(host, port) : host + ":" + port;
    }

    /** Whether pen sends no new client here by its limits. */
    public boolean drained() {
        return max < 0 && hard == 0;
    }

    /** Whether everything but the counters is the same. */
    boolean sameSettings(ServerRow other) {
        return slot == other.slot
                && used() == other.used()
                && address().equals(other.address())
                && max == other.max
                && hard == other.hard
                && weight == other.weight
                && prio == other.prio;
    }

    ServerRow at(String newHost, int newPort) {
        return new ServerRow(slot, newHost, newPort, conn, max, hard, weight, prio, sx, rx);
    }

    /** Without the counters, for messages. */
    String text() {
        return "slot " + slot + ": " + (used() ? address() : "unused") + " max " + max + " hard " + hard + " weight "
                + weight + " prio " + prio;
    }
}
