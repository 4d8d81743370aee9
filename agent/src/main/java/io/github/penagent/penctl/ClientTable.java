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
            String name = reply.textBefore(CONNECTS, last);
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

    private void grow() {
        int rows = Math.max(16, client.length * 2);
        int old = client.length;
        client = Arrays.copyOf(client, rows);
        Arrays.fill(client, old, rows, "");
        shown = Arrays.copyOf(shown, rows);
        Arrays.fill(shown, old, rows, UNKNOWN);
        connects = Arrays.copyOf(connects, rows);
        sx = Arrays.copyOf(sx, rows);
        rx = Arrays.copyOf(rx, rows);
    }
}
