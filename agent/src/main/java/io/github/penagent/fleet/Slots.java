package io.github.penagent.fleet;

import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One complete reading of a pen's slots. Immutable; a slot's number is its place in pen's table for as long as that pen
 * lives. Byte counts are pen's own, unsigned 64-bit numbers that start at 0 when pen starts.
 */
public final class Slots {
    /** The address of a slot without a backend. */
    public static final String UNUSED = "";

    /** The value of a weight or priority that this pen does not print. */
    public static final int ABSENT = Integer.MIN_VALUE;

    private final String[] address;
    private final long[] sent;
    private final long[] received;
    private final int[][] gauges;
    private final int used;

    private Slots(String[] address, long[] sent, long[] received, int[][] gauges) {
        this.address = address;
        this.sent = sent;
        this.received = received;
        this.gauges = gauges;
        int count = 0;
        for (String a : address) {
            if (!a.isEmpty()) {
                count++;
            }
        }
        this.used = count;
    }

    public static Builder builder(int size) {
        return new Builder(size);
    }

    /** All slots, used or not. */
    public int size() {
        return address.length;
    }

    /** Slots with a backend. */
    public int used() {
        return used;
    }

    public boolean isUsed(int slot) {
        return !address[slot].isEmpty();
    }

    /** {@code host:port}, {@code [v6]:port}, a socket path, or {@link #UNUSED}. */
    public String address(int slot) {
        return address[slot];
    }

    /** Of all backends, in order. */
    public SortedSet<String> addresses() {
        SortedSet<String> all = new TreeSet<>(List.of(address));
        all.remove(UNUSED);
        return all;
    }

    /** Whether the same backends have the same slots. */
    public boolean sameBackends(Slots other) {
        return Arrays.equals(address, other.address);
    }

    /** Bytes to the backend. */
    public long sent(int slot) {
        return sent[slot];
    }

    /** Bytes from the backend. */
    public long received(int slot) {
        return received[slot];
    }

    /** Established connections. */
    public int connections(int slot) {
        return gauges[0][slot];
    }

    /** 0 for none. */
    public int softLimit(int slot) {
        return gauges[1][slot];
    }

    /** 0 for none. */
    public int hardLimit(int slot) {
        return gauges[2][slot];
    }

    /** Whether as many connections are open as may be. */
    public boolean isFull(int slot) {
        int connections = connections(slot);
        return (hardLimit(slot) > 0 && connections >= hardLimit(slot))
                || (softLimit(slot) > 0 && connections >= softLimit(slot));
    }

    /** Or {@link #ABSENT}. */
    public int weight(int slot) {
        return gauges[3][slot];
    }

    /** Or {@link #ABSENT}. */
    public int priority(int slot) {
        return gauges[4][slot];
    }

    /** Fills the slots of one reading, then makes it; not to be used again afterwards. */
    public static final class Builder {
        private final String[] address;
        private final long[] sent;
        private final long[] received;
        private final int[][] gauges;

        private Builder(int size) {
            address = new String[size];
            Arrays.fill(address, UNUSED);
            sent = new long[size];
            received = new long[size];
            gauges = new int[5][size];
        }

        public Builder traffic(int slot, String address, long sent, long received) {
            this.address[slot] = address;
            this.sent[slot] = sent;
            this.received[slot] = received;
            return this;
        }

        public Builder gauges(int slot, int connections, int softLimit, int hardLimit, int weight, int priority) {
            gauges[0][slot] = connections;
            gauges[1][slot] = softLimit;
            gauges[2][slot] = hardLimit;
            gauges[3][slot] = weight;
            gauges[4][slot] = priority;
            return this;
        }

        public Slots build() {
            return new Slots(address, sent, received, gauges);
        }
    }
}
