package io.github.penagent.demo;

/**
 * One client's connection through a {@link PenModel}, from accept to close. Whoever owns the sockets reports here what
 * became of them; the first thing to do is a connect to {@link #host()} and {@link #port()}.
 */
public final class Connection {
    private final PenModel pen;
    private final Client client;
    private final int first;
    private int slot;
    private boolean over;

    Connection(PenModel pen, Client client, int first, int slot) {
        this.pen = pen;
        this.client = client;
        this.first = first;
        this.slot = slot;
        client.sentTo(slot);
    }

    /** The server in use, 0 or more. */
    public int slot() {
        return slot;
    }

    /** Where to connect to: an IP address, or a socket path. */
    public String host() {
        return server().address().host();
    }

    /** 1 to 65535; 1 for a socket path. */
    public int port() {
        return server().address().port();
    }

    /** The connect succeeded. */
    public void connected() {
        pen.connectEnded();
        server().connected();
    }

    /**
     * The connect was refused. Pen 0.33 and 0.34.1 on epoll, the default, close the client's connection: no other server
     * is tried and none is blacklisted. The place in the queue of pending connects stays taken for ever.
     */
    public void refused() {
        closed();
    }

    /**
     * The connect failed in a way that pen notices: it took longer than {@code timeout}, or it was refused and this is a
     * release up to 0.29 or one started with {@code -O poll}. The server is blacklisted and the place in the queue of
     * pending connects stays taken.
     *
     * @return whether there is another server, which is to be connected to now; otherwise the connection is over
     */
    public boolean failedOver(long nowSeconds) {
        server().failed(nowSeconds);
        int other = pen.servers().next(client, slot, first, nowSeconds);
        if (other == Servers.NONE) {
            closed();
            return false;
        }
        slot = other;
        client.sentTo(other);
        pen.connectBegan();
        return true;
    }

    /** So many bytes were read from the client. Counted before the server took them, as pen does. */
    public void toServer(long bytes) {
        server().sent(bytes);
        client.received(bytes);
    }

    /** So many bytes were read from the server. */
    public void toClient(long bytes) {
        server().received(bytes);
        client.sent(bytes);
    }

    /** Both sides are closed. Saying it again changes nothing. */
    public void closed() {
        if (!over) {
            over = true;
            server().closed();
            pen.connectionEnded();
        }
    }

    private Server server() {
        return pen.servers().get(slot);
    }
}
