package io.github.penagent.demo;

import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.function.LongConsumer;

/** Moves bytes between one client and the server chosen for it, as fast as the slower of the two takes them. */
final class Relay {
    private final NetSocket client;
    private final Connection connection;
    private boolean clientClosed;
    private int open = 2;

    private Relay(NetSocket client, Connection connection) {
        this.client = client;
        this.connection = connection;
    }

    /** Takes over a paused client; the connection is reported closed when both sides are. */
    static void start(NetSocket client, Connection connection, NetClient backends) {
        Relay relay = new Relay(client, connection);
        client.exceptionHandler(Relay::alsoCloses);
        client.closeHandler(v -> relay.clientClosed = true);
        backends.connect(connection.port(), connection.host()).onComplete(relay::join, failure -> relay.refuse());
    }

    private void refuse() {
        connection.refused();
        client.close();
    }

    private void join(NetSocket backend) {
        connection.connected();
        if (clientClosed) {
            backend.close();
            connection.closed();
            return;
        }
        backend.exceptionHandler(Relay::alsoCloses);
        pump(client, backend, connection::toServer);
        pump(backend, client, connection::toClient);
        client.closeHandler(v -> closed(backend));
        backend.closeHandler(v -> closed(client));
        client.resume();
    }

    private static void pump(NetSocket from, NetSocket to, LongConsumer count) {
        from.handler(bytes -> {
            count.accept(bytes.length());
            to.write(bytes);
            if (to.writeQueueFull()) {
                from.pause();
                to.drainHandler(v -> from.resume());
            }
        });
        from.endHandler(v -> to.end());
    }

    /** What {@code other} still sends has no receiver; reading it lets its end be seen. */
    private void closed(NetSocket other) {
        other.handler(bytes -> {});
        other.resume();
        if (--open == 0) {
            connection.closed();
        }
    }

    /** A socket that failed is closed right after, and the close is what matters here. */
    private static void alsoCloses(Throwable failure) {}
}
