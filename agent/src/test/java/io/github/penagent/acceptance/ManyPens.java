package io.github.penagent.acceptance;

import io.github.penagent.peers.ControlPorts;
import io.github.penagent.penctl.Endpoint;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Control ports that all answer alike, and remember when they were asked for their servers. */
final class ManyPens implements AutoCloseable {
    private static final String SERVERS = """
            0 addr 127.0.0.1 port 9001 conn 3 max 0 hard 0 weight 0 prio 0 sx 1000 rx 2000
            1 addr 127.0.0.1 port 9002 conn 4 max 0 hard 0 weight 0 prio 0 sx 3000 rx 4000
            """;

    private final ControlPorts ports = new ControlPorts();
    private final List<Pen> pens;

    /** One of them. */
    static final class Pen {
        private final Endpoint endpoint;
        private final List<Long> polls = new CopyOnWriteArrayList<>();

        private Pen(ControlPorts ports) {
            endpoint = ports.add(command -> reply(command.strip()));
        }

        Endpoint endpoint() {
            return endpoint;
        }

        /** When it was asked for its servers, in nanoseconds. */
        List<Long> polls() {
            return List.copyOf(polls);
        }

        private String reply(String command) {
            if (command.startsWith("recent")) {
                return "127.0.0.2 connects 7 sx 70 rx 7\n";
            }
            return switch (command) {
                case "servers" -> {
                    polls.add(System.nanoTime());
                    yield SERVERS;
                }
                case "mode" -> "no hash roundrobin no stubborn no weight no prio\n";
                case "listen", "control" -> endpoint + "\n";
                default -> "500\n";
            };
        }
    }

    private ManyPens(int count) {
        pens = Stream.generate(() -> new Pen(ports)).limit(count).toList();
    }

    static ManyPens listening(int count) {
        ManyPens many = new ManyPens(count);
        many.ports.start();
        return many;
    }

    List<Pen> pens() {
        return pens;
    }

    @Override
    public void close() {
        ports.close();
    }
}
