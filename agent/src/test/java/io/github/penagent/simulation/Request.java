package io.github.penagent.simulation;

import io.github.penagent.demo.Connection;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request of one client, on a connection of its own. It ends once: with a right answer, a wrong one or none. */
final class Request {
    /** For how long a client waits. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** After so long pen gives a connect up. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    private static final int ASKED_BYTES = 200;
    private static final int ANSWERED_BYTES = 1_200;

    private final World world;
    private final long began;
    private final String client;
    private final int port;
    private final int lot;
    private final Consumer<Boolean> ended;
    private @Nullable Connection connection;
    private boolean over;
    private boolean connected;
    private boolean limited;

    /**
     * @param client its IP address
     * @param lot drawn by it, 0 to 99
     * @param ended told whether it was answered right
     */
    Request(World world, String client, int port, int lot, Consumer<Boolean> ended) {
        this.world = world;
        this.began = world.time().nanos();
        this.client = client;
        this.port = port;
        this.lot = lot;
        this.ended = ended;
    }

    String client() {
        return client;
    }

    int port() {
        return port;
    }

    boolean over() {
        return over;
    }

    /** pen has taken the connection, or closed it at once. */
    void accepted(Optional<Connection> taken) {
        connection = taken.orElse(null);
        if (connection == null) {
            end(false);
        } else {
            connect(connection);
        }
    }

    private void connect(Connection now) {
        Backend backend = world.backend(now.host() + ":" + now.port());
        Backend.Manner manner = backend.toClient(lot);
        if (world.pen().isUdp()) {
            exchange(now, backend, manner);
        } else if (manner == Backend.Manner.REFUSES) {
            now.refused();
            end(false);
        } else if (manner == Backend.Manner.SILENT) {
            giveUpInTime();
            world.time().after(CONNECT_TIMEOUT, () -> timedOut(now));
        } else {
            exchange(now, backend, manner);
        }
    }

    private void timedOut(Connection now) {
        if (over) {
            now.closed();
        } else if (now.failedOver(world.pen().clock())) {
            connect(now);
        } else {
            end(false);
        }
    }

    private void exchange(Connection now, Backend backend, Backend.Manner manner) {
        now.connected();
        connected = true;
        now.toServer(ASKED_BYTES);
        if (manner == Backend.Manner.SERVES || manner == Backend.Manner.ERRS) {
            if (backend.delay().compareTo(PATIENCE) >= 0) {
                giveUpInTime();
            }
            world.time().after(backend.delay().plusMillis(lot / 10), () -> answered(now, manner));
        } else {
            giveUpInTime();
        }
    }

    private void answered(Connection now, Backend.Manner manner) {
        if (!over) {
            if (!world.pen().isUdp()) {
                now.toClient(ANSWERED_BYTES);
            }
            end(manner == Backend.Manner.SERVES);
        }
    }

    /** The client waits no longer than it is used to. */
    void giveUpInTime() {
        if (!limited) {
            limited = true;
            world.time().at(began + PATIENCE.toNanos(), () -> end(false));
        }
    }

    /** pen is gone. */
    void cut() {
        end(false);
    }

    private void end(boolean right) {
        if (over) {
            return;
        }
        over = true;
        if (connection != null && connected) {
            connection.closed();
        }
        world.pen().left(this);
        ended.accept(right);
    }
}
