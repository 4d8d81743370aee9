package io.github.penagent.fleet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers every client that pen remembers, so that each reading needs to fetch only those with a new accept. Not
 * thread-safe.
 *
 * <p>The first reading is the baseline and counts nothing but what has grown since another agent counted last, if one did. From then on a known client counts by the growth of its
 * connections, and one seen for the first time in full; so does one whose connections went back, because pen had evicted
 * it in between. Like pen, the ledger keeps the clients that connected last and evicts the others.
 */
public final class ClientLedger {
    private long windowNanos;
    private int shown;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long accepted;
    private boolean baseline = true;

    /** What pen remembered when {@code accepted} was counted by another agent; -1: not known. */
    private long connectsThen = -1;

    /** Connections of this agent that no reading has shown yet. */
    private long own;

    /** Where they come from, once a reading has shown nothing else. */
    private String ownIdentity = "";

    /** By how much each client that was just read has grown; settled with the reading. */
    private final Map<String, Growth> grown = new LinkedHashMap<>();

    /**
     * @param windowNanos how long after its last accept a client counts as recent
     * @param shown how many rows a reading shows at most
     */
    public ClientLedger(long windowNanos, int shown) {
        this.windowNanos = windowNanos;
        this.shown = shown;
    }

    /** Goes on where another agent stopped; before anything is read. */
    public void goOn(Past past) {
        accepted = past.accepted();
        connectsThen = past.connects();
    }

    /** From now on with another window or other rows; what was counted stays. */
    public void show(long newWindowNanos, int newShown) {
        windowNanos = newWindowNanos;
        shown = newShown;
    }

    /** One of the connections still to be read is this agent's own, and nobody's client. */
    public void ownConnection() {
        own++;
    }

    /** Whether the next reading has to fetch all that pen remembers. */
    public boolean needsBaseline() {
        return baseline;
    }

    /**
     * One client that pen listed, with its counts as of {@code nanos}.
     *
     * @param identity what tells this client from others, to pen
     * @param address what to show
     */
    public void seen(String identity, String address, int connections, long sent, long received, long nanos) {
        Entry known = entries.get(identity);
        int before = known == null ? 0 : known.connections;
        if (known != null && before == connections) {
            known.sent = sent;
            known.received = received;
            return;
        }
        long growth = connections > before ? connections - before : connections;
        // Taken out and put back: the map stays in the order of last accepts, oldest first.
        entries.remove(identity);
        entries.put(identity, new Entry(address, connections, sent, received, nanos, true));
        grown.merge(identity, new Growth(growth, Optional.ofNullable(known)), Growth::and);
    }

    /** Counts what was read, and takes out of it what is this agent's. */
    private void settle() {
        long sum = grown.values().stream().mapToLong(Growth::connections).sum();
        if (grown.size() == 1 && own > 0 && sum == own) {
            ownIdentity = grown.keySet().iterator().next();
        }
        if (!baseline) {
            accepted += sum - Math.min(own, sum);
        }
        if (own > 0) {
            takeOwn();
        }
        grown.clear();
    }

    private void takeOwn() {
        take(ownIdentity);
        // Where ours come from is not known for sure: rather from one that hardly connects than from a busy one.
        grown.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> entry.getValue().connections()))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::take);
    }

    /** Takes as much of this client's growth for ours as there may be; one that is ours alone has not connected. */
    private void take(String identity) {
        Growth growth = grown.remove(identity);
        if (growth == null) {
            return;
        }
        long ours = Math.min(own, growth.connections());
        own -= ours;
        Entry entry = entries.get(identity);
        if (entry != null && ours == growth.connections()) {
            entry.client = growth.before().map(known -> known.client).orElse(false);
            entry.lastAcceptNanos =
                    growth.before().map(known -> known.lastAcceptNanos).orElse(entry.lastAcceptNanos);
        }
    }

    /**
     * The bytes of a client, from a reading that says nothing of its last accept. One that has connected since it was last
     * seen, or is not known, waits for the reading that counts it.
     */
    public void moved(String identity, int connections, long sent, long received) {
        Entry known = entries.get(identity);
        if (known != null && known.connections == connections) {
            known.sent = sent;
            known.received = received;
        }
    }

    /** Ends the baseline reading; of its clients, by identity, only these had an accept within the window. */
    public void closeBaseline(Set<String> withinWindow, long nanos) {
        settle();
        if (connectsThen >= 0) {
            // What the others did not live to count. Clients that pen has forgotten since make it less, never more.
            accepted += Math.max(0, connects() - connectsThen);
        }
        entries.forEach((identity, entry) -> {
            if (!withinWindow.contains(identity)) {
                entry.lastAcceptNanos = nanos - windowNanos - 1;
            }
        });
        baseline = false;
    }

    /** pen forgot everything: from here on all connections it reports are new. */
    public void penRestarted() {
        entries.clear();
        grown.clear();
        own = 0;
        baseline = false;
    }

    private long connects() {
        long sum = 0;
        for (Entry entry : entries.values()) {
            sum += entry.connections;
        }
        return sum;
    }

    /** The reading as of {@code nanos}; forgets what pen, which keeps {@code capacity} clients, has forgotten too. */
    public Clients read(long nanos, int capacity) {
        settle();
        Iterator<Entry> oldest = entries.values().iterator();
        for (int excess = entries.size() - capacity; excess > 0; excess--) {
            oldest.next();
            oldest.remove();
        }
        int recent = 0;
        List<Clients.Row> rows = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (entry.client && nanos - entry.lastAcceptNanos <= windowNanos) {
                recent++;
                if (shown > 0) {
                    rows.add(new Clients.Row(entry.address, entry.connections, entry.sent, entry.received));
                }
            }
        }
        rows.sort(Comparator.comparingLong(Clients.Row::connections).reversed().thenComparing(Clients.Row::address));
        List<Clients.Row> top = rows.subList(0, Math.min(shown, rows.size()));
        return new Clients(accepted, recent, top, recent - top.size(), connects());
    }

    /**
     * What a reading adds to a client.
     *
     * @param before what was known of it
     */
    private record Growth(long connections, Optional<Entry> before) {
        Growth and(Growth more) {
            return new Growth(connections + more.connections, before);
        }
    }

    private static final class Entry {
        private final String address;
        private final int connections;
        private long sent;
        private long received;
        private long lastAcceptNanos;

        /** Whether anybody but this agent has connected from there. */
        private boolean client;

        Entry(String address, int connections, long sent, long received, long lastAcceptNanos, boolean client) {
            this.address = address;
            this.connections = connections;
            this.sent = sent;
            this.received = received;
            this.lastAcceptNanos = lastAcceptNanos;
            this.client = client;
        }
    }
}
