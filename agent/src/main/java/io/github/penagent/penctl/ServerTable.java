package io.github.penagent.penctl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The rows of one {@code servers} reply, as columns indexed by slot. Reused from reply to reply; text that did not
 * change is kept, so reading an unchanged list again allocates nothing.
 *
 * <p>pen writes {@code N addr A port P conn C max M hard H weight W prio R sx S rx X}; releases before 0.17.2 know no
 * weight and before 0.18 no prio. Fields are read by key, in any order, each at most once; a key of a later release is
 * stepped over if its value is a number.
 */
public final class ServerTable {
    private static final byte[] ADDR = word(" addr ");
    private static final byte[] PORT = word(" port ");
    private static final byte[] SPACE = word(" ");
    private static final byte[] RX_AFTER_SX = word(" rx ");

    /** The numeric fields after the port, in pen's order. The first two of 64 bits are {@code sx} and {@code rx}. */
    private static final byte[][] KEYS = {
        word("conn "), word("max "), word("hard "), word("weight "), word("prio "), word("sx "), word("rx ")
    };

    private static final int CONN = 0;
    private static final int SX = 5;
    private static final int RX = 6;
    private static final int OPTIONAL = 1 << 3 | 1 << 4;
    private static final int ALL = (1 << KEYS.length) - 1;

    private int size;
    private String[] addr = {};
    private String[] hostPort = {};
    private int[] port = {};
    private int[] seen = {};
    private int[][] ints = new int[SX][0];
    private long[] sx = {};
    private long[] rx = {};
    private final LastLines last = new LastLines();

    /** Where the values of the line that is being read begin and end, by key. */
    private final int[] from = new int[KEYS.length];

    private final int[] to = new int[KEYS.length];

    /** How many slots pen has, used or not. */
    public int size() {
        return size;
    }

    /** The address as pen prints it: an IP address without brackets, or a socket path. */
    public String addr(int slot) {
        return addr[slot];
    }

    /** {@code host:port}, {@code [v6]:port}, or the socket path. */
    public String hostPort(int slot) {
        return hostPort[slot];
    }

    /** 0 to 65535; always 1 for a socket path. */
    public int port(int slot) {
        return port[slot];
    }

    /** Whether the slot has no server: preallocated ({@code 0.0.0.0} port 0) or a gap that a later slot created. */
    public boolean unused(int slot) {
        return unused(addr[slot], port[slot]);
    }

    /** Established connections; drifts low after failed connects (pen's own counting). */
    public int conn(int slot) {
        return ints[CONN][slot];
    }

    /** Soft limit, 0 for none, negative for no new clients. */
    public int max(int slot) {
        return ints[1][slot];
    }

    /** Hard limit, 0 for none. */
    public int hard(int slot) {
        return ints[2][slot];
    }

    /** Whether this pen prints weights at all. */
    public boolean hasWeight(int slot) {
        return (seen[slot] & 1 << 3) != 0;
    }

    public int weight(int slot) {
        return ints[3][slot];
    }

    /** Whether this pen prints priorities at all. */
    public boolean hasPrio(int slot) {
        return (seen[slot] & 1 << 4) != 0;
    }

    public int prio(int slot) {
        return ints[4][slot];
    }

    /** Bytes from clients for this slot since pen started, unsigned. Counted when read from the client. */
    public long sx(int slot) {
        return sx[slot];
    }

    /** Bytes from the backend in this slot since pen started, unsigned. Always 0 on a UDP pen. */
    public long rx(int slot) {
        return rx[slot];
    }

    ServerTable read(Cursor reply) throws UnreadableReply {
        size = 0;
        reply.nonEmpty();
        while (!reply.atEnd()) {
            row(reply, size);
            size++;
        }
        return this;
    }

    private void row(Cursor reply, int slot) throws UnreadableReply {
        if (slot == addr.length) {
            grow();
        }
        int start = reply.at();
        if (!nothingNewBesideCounts(reply, slot)) {
            last.forget(slot);
            reply.backTo(start);
            anyRow(reply, slot);
            keepIfUsual(reply, slot, start);
        }
        reply.endOfLine();
    }

    /**
     * Reads a line in which only connections and bytes differ from the last reply's; false, and the cursor anywhere on the line, if it
     * is another. What fails here fails in {@link #anyRow} at the same place for the same reason.
     */
    private boolean nothingNewBesideCounts(Cursor reply, int slot) throws UnreadableReply {
        if (!last.begins(reply, slot)) {
            return false;
        }
        ints[CONN][slot] = reply.integer();
        if (!last.goesOn(reply, slot)) {
            return false;
        }
        sx[slot] = reply.unsigned();
        if (!reply.skip(RX_AFTER_SX)) {
            return false;
        }
        rx[slot] = reply.unsigned();
        return reply.atLineEnd();
    }

    /** The usual order is that of pen: connections before bytes, and these at the end. */
    private void keepIfUsual(Cursor reply, int slot, int start) {
        if (to[CONN] < from[SX] && from[RX] == to[SX] + RX_AFTER_SX.length && to[RX] == reply.at()) {
            last.keep(reply, slot, start, from[CONN], to[CONN], from[SX]);
        }
    }

    private void anyRow(Cursor reply, int slot) throws UnreadableReply {
        int line = reply.line();
        long index = reply.unsigned();
        reply.expect(ADDR);
        if (index != slot) {
            throw new UnreadableReply(new Failure.SlotGap(line, slot, index));
        }
        address(reply, slot);
        int found = 0;
        int next = 0;
        while (!reply.atLineEnd()) {
            reply.expect(SPACE);
            int key = key(reply, next);
            if (key < 0) {
                continue;
            }
            if ((found & 1 << key) != 0) {
                throw reply.malformed("'" + name(key) + "' stands twice");
            }
            found |= 1 << key;
            next = key + 1;
            from[key] = reply.at();
            value(reply, slot, key);
            to[key] = reply.at();
        }
        if ((found | OPTIONAL) != ALL) {
            throw reply.malformed("expected '" + name(Integer.numberOfTrailingZeros(~(found | OPTIONAL))) + "'");
        }
        seen[slot] = found;
    }

    private void address(Cursor reply, int slot) throws UnreadableReply {
        String known = addr[slot];
        String text = reply.textBefore(PORT, known);
        if (text.isEmpty()) {
            throw reply.malformed("expected an address");
        }
        if (!Text.printable(text)) {
            throw reply.malformed("expected a printable address");
        }
        reply.expect(PORT);
        int number = reply.integer();
        if (number < 0 || number > 65535) {
            throw reply.malformed("expected a port between 0 and 65535");
        }
        if (!text.equals(known) || number != port[slot]) {
            addr[slot] = text;
            port[slot] = number;
            hostPort[slot] = hostPort(text, number);
        }
    }

    private void value(Cursor reply, int slot, int key) throws UnreadableReply {
        switch (key) {
            case SX -> sx[slot] = reply.unsigned();
            case RX -> rx[slot] = reply.unsigned();
            default -> ints[key][slot] = reply.integer();
        }
    }

    /** The key that stands here, tried in pen's order first; -1 for one of a later release, whose value is skipped. */
    private static int key(Cursor reply, int expected) throws UnreadableReply {
        if (expected < KEYS.length && reply.skip(KEYS[expected])) {
            return expected;
        }
        for (int k = 0; k < KEYS.length; k++) {
            if (reply.skip(KEYS[k])) {
                return k;
            }
        }
        reply.word();
        reply.expect(SPACE);
        reply.signed();
        return -1;
    }

    static String hostPort(String addr, int port) {
        if (addr.startsWith("/")) {
            return addr;
        }
        return addr.indexOf(':') >= 0 ? "[" + addr + "]:" + port : addr + ":" + port;
    }

    private static String name(int key) {
        return new String(KEYS[key], StandardCharsets.US_ASCII).strip();
    }

    static boolean unused(String addr, int port) {
        return addr.startsWith("(") || (port == 0 && addr.equals("0.0.0.0"));
    }

    private void grow() {
        int rows = Math.max(16, addr.length * 2);
        int old = addr.length;
        addr = Arrays.copyOf(addr, rows);
        hostPort = Arrays.copyOf(hostPort, rows);
        Arrays.fill(addr, old, rows, "");
        Arrays.fill(hostPort, old, rows, "");
        port = Arrays.copyOf(port, rows);
        seen = Arrays.copyOf(seen, rows);
        for (int k = 0; k < ints.length; k++) {
            ints[k] = Arrays.copyOf(ints[k], rows);
        }
        sx = Arrays.copyOf(sx, rows);
        rx = Arrays.copyOf(rx, rows);
        last.grow(rows);
    }

    private static byte[] word(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
