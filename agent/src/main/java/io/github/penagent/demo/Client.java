package io.github.penagent.demo;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** One slot of the client table. */
final class Client {
    private @Nullable InetAddress address;
    private int server = Servers.NONE;
    private long connects;
    private long sx;
    private long rx;

    /** When it last connected, in unix seconds; 0 if the slot may be given away. */
    private long last;

    long last() {
        return last;
    }

    /** The server that it was last sent to, or {@link Servers#NONE}. */
    int server() {
        return server;
    }

    /** Pen compares only the first byte of IPv6 addresses, so all of them are one client, or a few. */
    boolean is(InetAddress other) {
        if (address == null || address.getAddress().length != other.getAddress().length) {
            return false;
        }
        return other instanceof Inet4Address ? address.equals(other) : address.getAddress()[0] == other.getAddress()[0];
    }

    void expire() {
        last = 0;
    }

    /** Gives the slot to another client. */
    void clear() {
        server = Servers.NONE;
        connects = 0;
        sx = 0;
        rx = 0;
    }

    void accepted(InetAddress from, long nowSeconds) {
        address = from;
        last = nowSeconds;
        connects++;
    }

    void sentTo(int slot) {
        server = slot;
    }

    void sent(long bytes) {
        sx += bytes;
    }

    void received(long bytes) {
        rx += bytes;
    }

    /** A slot number below {@code slots} that depends on the address and, unless it is 0, the client's port. */
    int hash(int port, int slots) {
        if (address == null) {
            return 0;
        }
        byte[] bytes = address.getAddress();
        if (bytes.length != 4) {
            return (bytes[15] & 0xff) % slots;
        }
        // Pen hashes network order as a little-endian machine sees it.
        int value = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
        int swapped = Short.toUnsignedInt(Short.reverseBytes((short) port));
        return Integer.remainderUnsigned(value ^ swapped, slots);
    }

    /** The row of this client in {@code recent}, with its line end. */
    String row() {
        String name = address == null ? Address.NONE.host() : IpLiteral.print(address);
        return name + " connects " + connects + " sx " + sx + " rx " + rx + "\n";
    }
}
