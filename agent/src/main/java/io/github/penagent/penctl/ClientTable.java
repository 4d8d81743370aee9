package io.github.penagent.penctl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The rows of one {@code recent} reply, {@code A connects C sx S rx X} each, in pen's table order. Reused from reply to
 * reply. Clients of a unix-socket listener, whose address pen prints from uninitialised memory (or not at all), are called
 * {@value #UNKNOWN}; the empty slots that pen lists for absurd look backs are left out.
 */
public final class ClientTable {
    /** The name of a client whose address cannot be told. */
    public static final String UNKNOWN = "unknown";

    private static final byte[] CONNECTS = " connects ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SX = " sx ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RX = " rx ".getBytes(StandardCharsets.US_ASCII);

    private int size;
    private String[] client = {};
    private String[] shown = {};
    private String[] identity = {};
    private int[] connects = {};
    private long[] sx = {};
    private long[] rx = {};

    public int size() {
        return size;
    }

    /** The client's IP address as pen prints it, {@code ::ffff:a.b.c.d} for IPv4 at a dual-stack listener. */
    public String client(int row) {
        return shown[row];
    }

    /**
     * Which entry of pen's table this is: the address, but of an IPv6 address its first byte alone, because pen compares no
     * more. All IPv4 clients of a dual-stack listener are one entry, together with {@code ::1}, and it shows the address
     * that connected last.
     */
    public String identity(int row) {
        return identity[row];
    }

    /** Connections accepted from this client since pen last forgot it. */
    public int connects(int row) {
        return connects[row];
    }

    /** Bytes sent to the client (the other way round than for servers), signed as pen prints it. */
    public long sx(int row) {
        return sx[row];
    }

    /** Bytes received from the client, signed as pen prints it. */
    public long rx(int row) {
        return rx[row];
    }

    ClientTable read(Cursor reply) throws UnreadableReply {
        size = 0;
        while (!reply.atEnd()) {
            if (size == client.length) {
                grow();
            }
            String last = client[size];
            String name = size == 0 && reply.isOneRowAcrossLines(CONNECTS)
                    ? reply.skipAcrossLines(CONNECTS)
                    : reply.textBefore(CONNECTS, last);
            reply.expect(CONNECTS);
            connects[size] = reply.integer();
            reply.expect(SX);
            sx[size] = reply.signed();
            reply.expect(RX);
            rx[size] = reply.signed();
            reply.endOfLine();
            if (!name.equals(last)) {
                client[size] = name;
                shown[size] = address(name) ? name : UNKNOWN;
                identity[size] = identity(shown[size]);
            }
            if (!name.startsWith("(")) {
                size++;
            }
        }
        return this;
    }

    private static boolean address(String name) {
        return !name.isEmpty() && name.indexOf(' ') < 0 && Text.printable(name);
    }

    private static String identity(String address) {
        int colon = address.indexOf(':');
        if (colon < 0) {
            return address;
        }
        // The first group has up to four digits without leading zeros; two of them are the second byte.
        return "IPv6 " + address.substring(0, Math.max(0, colon - 2));
    }

    private void grow() {
        int rows = Math.max(16, client.length * 2);
        int old = client.length;
        client = Arrays.copyOf(client, rows);
        Arrays.fill(client, old, rows, "");
        shown = Arrays.copyOf(shown, rows);
        Arrays.fill(shown, old, rows, UNKNOWN);
        identity = Arrays.copyOf(identity, rows);
        Arrays.fill(identity, old, rows, UNKNOWN);
        connects = Arrays.copyOf(connects, rows);
        sx = Arrays.copyOf(sx, rows);
        rx = Arrays.copyOf(rx, rows);
    }
}
