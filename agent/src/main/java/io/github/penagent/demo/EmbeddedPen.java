package io.github.penagent.demo;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A small balancer that works as its {@link PenModel} says, with a control port, both on free loopback ports. All of it
 * runs on the event loop that opened it.
 *
 * <p>What it does unlike pen: clients that there is no room for are closed, not left waiting; the end of one direction
 * ends the other; a connect that takes too long is treated like a refused one; and whoever is silent on the control
 * port holds up nobody and is closed after a second.
 */
public final class EmbeddedPen {
    private static final String LOOPBACK = "127.0.0.1";

    /** Between bytes, for traffic in either direction. */
    private static final int IDLE_SECONDS = 60;

    /** As pens time out by default; here the client is closed then, as if it had been refused. */
    private static final int CONNECT_MILLIS = 3_000;

    /** For a whole command, and for reading its reply. */
    private static final int CONTROL_IDLE_MILLIS = 1_000;

    /** More than pen takes of a command; what one read brings is the command. */
    private static final int CONTROL_READ_BYTES = 8 * 1024;

    private static final int MAX_CONTROL_CONNECTIONS = 64;

    private final String name;
    private final Clock clock;
    private final NetServer front;
    private final NetServer control;
    private final NetClient backends;
    private final PenModel model;
    private int controlConnections;

    private EmbeddedPen(String name, Clock clock, NetServer front, NetServer control, NetClient backends) {
        this.name = name;
        this.clock = clock;
        this.front = front;
        this.control = control;
        this.backends = backends;
        this.model = new PenModel(ProcessHandle.current().pid(), address(control), address(front));
    }

    /**
     * Opens both ports. To be called on the event loop that is to serve them.
     *
     * @param configuration commands that are run before the first client is served
     */
    static Future<EmbeddedPen> open(Vertx vertx, String name, List<String> configuration, Clock clock) {
        Promise<EmbeddedPen> ready = Promise.promise();
        NetServer front = vertx.createNetServer(new NetServerOptions().setIdleTimeout(IDLE_SECONDS))
                .connectHandler(client -> {
                    client.pause();
                    ready.future().onSuccess(pen -> pen.balance(client));
                });
        NetServer control = vertx.createNetServer(new NetServerOptions()
                        .setReceiveBufferSize(CONTROL_READ_BYTES)
                        .setIdleTimeout(CONTROL_IDLE_MILLIS)
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS))
                .connectHandler(socket -> ready.future().onSuccess(pen -> pen.listenTo(socket)));
        NetClient backends = vertx.createNetClient(
                new NetClientOptions().setIdleTimeout(IDLE_SECONDS).setConnectTimeout(CONNECT_MILLIS));
        front.listen(0, LOOPBACK)
                .compose(listening -> control.listen(0, LOOPBACK))
                .map(listening -> new EmbeddedPen(name, clock, front, control, backends))
                .onSuccess(pen -> configuration.forEach(pen::execute))
                .onComplete(ready);
        return ready.future();
    }

    /** What to call it in a configuration. */
    public String name() {
        return name;
    }

    /** {@code host:port} of the control port. */
    public String control() {
        return address(control);
    }

    /** {@code host:port} that clients connect to. */
    public String listen() {
        return address(front);
    }

    int listenPort() {
        return front.actualPort();
    }

    /** Closes both ports and all connections; harmless when they are closed. */
    Future<Void> close() {
        return Future.join(front.close(), control.close(), backends.close()).mapEmpty();
    }

    private void balance(NetSocket client) {
        if (!model.accepting()) {
            client.close();
            return;
        }
        model.accept(
                        client.remoteAddress().hostAddress(),
                        client.remoteAddress().port(),
                        nowSeconds())
                .ifPresentOrElse(connection -> Relay.start(client, connection, backends), client::close);
    }

    /** Takes one command, as much of it as comes first, and replies; who says nothing is closed by the idle timeout. */
    private void listenTo(NetSocket socket) {
        if (controlConnections >= MAX_CONTROL_CONNECTIONS) {
            socket.close();
            return;
        }
        controlConnections++;
        socket.closeHandler(v -> controlConnections--);
        socket.exceptionHandler(failure -> {});
        socket.handler(command -> {
            socket.handler(surplus -> {});
            String reply = execute(command.toString(StandardCharsets.ISO_8859_1));
            socket.end(Buffer.buffer(reply.getBytes(StandardCharsets.ISO_8859_1)));
        });
    }

    private String execute(String command) {
        return model.execute(command, nowSeconds());
    }

    private long nowSeconds() {
        return clock.instant().getEpochSecond();
    }

    private static String address(NetServer server) {
        return LOOPBACK + ":" + server.actualPort();
    }
}
