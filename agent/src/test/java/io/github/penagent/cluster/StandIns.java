package io.github.penagent.cluster;

import io.github.penagent.demo.Connection;
import io.github.penagent.demo.PenModel;
import io.github.penagent.peers.ControlPorts;
import io.github.penagent.penctl.Endpoint;
import java.util.List;

/** Control ports that answer as pens do, and write down what they are told. */
final class StandIns implements AutoCloseable {
    private final ControlPorts ports = new ControlPorts();

    /** One of them. */
    static final class StandIn {
        private final Endpoint.Tcp endpoint;
        private final PenModel model;
        private final boolean busy;
        private final Commands commands = new Commands();

        private StandIn(ControlPorts ports, int pid, boolean busy) {
            endpoint = ports.add(this::reply);
            model = new PenModel(pid, endpoint.toString(), "127.0.0.1:1");
            this.busy = busy;
        }

        Endpoint endpoint() {
            return endpoint;
        }

        Commands commands() {
            return commands;
        }

        /** By hand, which is not written down. */
        synchronized void execute(String command) {
            model.execute(command, now());
        }

        /** So many bytes pass to the next server and as many back. */
        synchronized void pass(long bytes) {
            Connection connection = model.accept("127.0.0.1", 4711, now()).orElseThrow();
            connection.connected();
            connection.toServer(bytes);
            connection.toClient(bytes);
            connection.closed();
        }

        private static long now() {
            return System.currentTimeMillis() / 1_000;
        }

        private synchronized String reply(String command) {
            commands.came(command);
            if (busy) {
                pass(100);
            }
            return model.execute(command, now());
        }
    }

    /**
     * Before {@link #start}.
     *
     * @param busy whether traffic passes
     */
    StandIn add(int pid, boolean busy, List<String> addresses) {
        StandIn pen = new StandIn(ports, pid, busy);
        pen.execute("no hash");
        pen.execute("roundrobin");
        for (int i = 0; i < addresses.size(); i++) {
            String[] parts = addresses.get(i).split(":", 2);
            pen.execute("server %d address %s port %s".formatted(i, parts[0], parts[1]));
        }
        return pen;
    }

    void start() {
        ports.start();
    }

    @Override
    public void close() {
        ports.close();
    }
}
