package io.github.penagent.demo;

import io.github.penagent.peers.HttpBackend;
import io.github.penagent.peers.HttpTraffic;
import io.github.penagent.peers.Program;
import io.github.penagent.peers.RealPen;
import io.github.penagent.peers.Run;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A real pen and an embedded one in front of the same backends, each with all defaults. */
final class TwoPens implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String REFUSED = "no answer";

    private final Loop loop = new Loop();
    private final List<HttpBackend> backends = new ArrayList<>();
    private final RealPen started;
    private final List<String> slots = new ArrayList<>();
    private EmbeddedPen opened;

    One real;
    One embedded;

    /** @param ports of the backends, in the order of the slots */
    private TwoPens(List<Integer> ports) throws TimeoutException {
        RealPen.Builder builder = RealPen.with();
        for (int port : ports) {
            builder.backend("127.0.0.1:" + port);
            slots.add("server " + slots.size() + " address 127.0.0.1 port " + port);
        }
        started = builder.start();
        real = new One(started.controlEndpoint().toString(), started.listen(), started.pid());
        opened = open();
        embedded = new One(
                opened.control(), opened.listen(), ProcessHandle.current().pid());
    }

    private EmbeddedPen open() throws TimeoutException {
        return loop.run(() -> EmbeddedPen.open(loop.vertx, "test", slots, Clock.systemUTC()));
    }

    /** Ends both and starts them as they were started at first. */
    void restart() throws TimeoutException {
        started.restart();
        real = new One(started.controlEndpoint().toString(), started.listen(), started.pid());
        EmbeddedPen ended = opened;
        loop.run(ended::close);
        opened = open();
        embedded = new One(
                opened.control(), opened.listen(), ProcessHandle.current().pid());
    }

    /** With {@code number} backends that serve. */
    static TwoPens before(int number) throws TimeoutException {
        List<HttpBackend> backends =
                Stream.generate(HttpBackend::start).limit(number).toList();
        TwoPens pens = new TwoPens(backends.stream().map(HttpBackend::port).toList());
        pens.backends.addAll(backends);
        return pens;
    }

    List<One> both() {
        return List.of(real, embedded);
    }

    HttpBackend backend(int slot) {
        return backends.get(slot);
    }

    /** Whether the real one is alive: commands exist that kill it. */
    boolean alive() {
        return started.alive();
    }

    /** Sends one command to both, through Debian's penctl. */
    void tell(String command) {
        both().forEach(pen -> pen.penctl(command));
    }

    @Override
    public void close() throws TimeoutException {
        started.close();
        loop.close();
        backends.forEach(HttpBackend::close);
    }

    /** One of the two. */
    final class One {
        final String control;
        private final String listen;
        private final long pid;
        private final HttpTraffic traffic;

        private One(String control, String listen, long pid) {
            this.control = control;
            this.listen = listen;
            this.pid = pid;
            this.traffic = HttpTraffic.to(Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1)));
        }

        /** The reply to one command, through Debian's penctl. */
        String penctl(String command) {
            Run run = Run.of(Program.PENCTL.command(control, command), PATIENCE);
            if (run.exit() != 0) {
                throw new AssertionError("penctl " + control + " '" + command + "': " + run);
            }
            return same(run.output());
        }

        /** The reply to these very bytes. */
        String raw(String bytes) throws IOException {
            return same(Tcp.exchange(control, bytes));
        }

        /** With that replaced which two processes cannot have in common. */
        String same(String reply) {
            return reply.replace(control, "CONTROL").replace(listen, "LISTEN").replaceAll("(?m)^" + pid + "$", "PID");
        }

        /** Which backend answers a request from {@code client}; by its slot, or that none does. */
        String servedBy(String client, int bytes) {
            List<Integer> before = requests();
            try {
                traffic.get(client, bytes);
            } catch (IOException closed) {
                return REFUSED;
            }
            return counted(before);
        }

        /** Who serves the next {@code number} requests of one client. */
        List<String> serving(String client, int number) {
            return Stream.generate(() -> servedBy(client, 10)).limit(number).toList();
        }

        /** Who serves {@code number} connections of one client that all stay open meanwhile. */
        List<String> servingTogether(String client, int number) throws IOException {
            List<HttpTraffic.Connection> open = new ArrayList<>();
            List<String> served = new ArrayList<>();
            try {
                for (int i = 0; i < number; i++) {
                    List<Integer> before = requests();
                    HttpTraffic.Connection connection = traffic.open(client);
                    open.add(connection);
                    connection.get(10);
                    served.add(counted(before));
                }
            } finally {
                for (HttpTraffic.Connection connection : open) {
                    connection.close();
                }
            }
            return served;
        }

        private List<Integer> requests() {
            return backends.stream().map(HttpBackend::requests).toList();
        }

        private String counted(List<Integer> before) {
            List<Integer> after = requests();
            for (int slot = 0; slot < after.size(); slot++) {
                if (after.get(slot) > before.get(slot)) {
                    return "slot " + slot;
                }
            }
            throw new AssertionError("an answer from nobody");
        }
    }
}
