package io.github.penagent.peers;

import static org.awaitility.Awaitility.await;

import io.github.penagent.penctl.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A running pen, of Debian's build, with a control port. */
public final class RealPen implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String LOOPBACK = "127.0.0.1";

    private final Path directory;
    private final Endpoint control;
    private final String listen;
    private final String[] arguments;
    private Child child;

    private RealPen(Path directory, Endpoint control, String listen, List<String> arguments) {
        this.directory = directory;
        this.control = control;
        this.listen = listen;
        this.arguments = arguments.toArray(String[]::new);
        this.child = run();
    }

    public static Builder with() {
        return new Builder();
    }

    /** What pen is started with; backends take the slots in the order in which they are named. */
    public static final class Builder {
        private final List<String> options = new ArrayList<>();
        private final List<String> backends = new ArrayList<>();
        private String controlHost = LOOPBACK;
        private boolean controlOnSocket;
        private boolean listenOnSocket;
        private boolean statusPage;

        private Builder() {}

        public Builder backend(HttpBackend backend) {
            return backend(LOOPBACK + ":" + backend.port());
        }

        /** In pen's own form, {@code host:port[:max[:hard[:weight[:prio]]]]}. */
        public Builder backend(String address) {
            backends.add(address);
            return this;
        }

        /** Words of pen's command line, such as {@code -r} or {@code -O poll}. */
        public Builder options(String... words) {
            options.addAll(Arrays.asList(words));
            return this;
        }

        /** The address of the control port, {@code 127.0.0.1} unless told otherwise; IPv6 without brackets. */
        public Builder controlOn(String host) {
            controlHost = host;
            return this;
        }

        /** A unix socket, in a directory of its own, instead of a control port. */
        public Builder controlOnSocket() {
            controlOnSocket = true;
            return this;
        }

        /** A unix socket for clients, instead of a port of 127.0.0.1. */
        public Builder listenOnSocket() {
            listenOnSocket = true;
            return this;
        }

        /** With a page that shows blacklists, pen's option {@code -w}. */
        public Builder withStatusPage() {
            statusPage = true;
            return this;
        }

        /** Returns when the control port answers. */
        public RealPen start() {
            Program.PEN.require();
            try {
                Path directory = Files.createTempDirectory("pen");
                Endpoint control = controlOnSocket
                        ? new Endpoint.Unix(directory.resolve("control"))
                        : new Endpoint.Tcp(controlHost, Ports.free(controlHost));
                String listen =
                        listenOnSocket ? directory.resolve("listen").toString() : LOOPBACK + ":" + Ports.free(LOOPBACK);
                List<String> arguments = new ArrayList<>(List.of("-f"));
                if (root()) {
                    // Without a user to become, pen leaves the control port out and says nothing.
                    arguments.addAll(List.of("-u", "nobody"));
                }
                arguments.addAll(List.of("-C", word(control)));
                arguments.addAll(options);
                if (statusPage) {
                    arguments.addAll(List.of("-w", anybodys(directory).toString()));
                }
                arguments.add(listen);
                arguments.addAll(backends);
                RealPen pen = new RealPen(directory, control, listen, arguments);
                pen.awaitControl();
                return pen;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** pen has become another user when it writes there. */
        private static Path anybodys(Path directory) throws IOException {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
            Path page = Files.createFile(directory.resolve("status"));
            return Files.setPosixFilePermissions(page, PosixFilePermissions.fromString("rw-rw-rw-"));
        }

        private static boolean root() throws IOException {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        }
    }

    /** pen's way to write it: a colon before the port, and no brackets. */
    private static String word(Endpoint control) {
        return control instanceof Endpoint.Tcp tcp ? tcp.host() + ":" + tcp.port() : control.toString();
    }

    private Child run() {
        return Child.start(Program.PEN.command(arguments), directory.resolve("log"));
    }

    /** Only this very process may answer: pens share a port with whoever asks. */
    private void awaitControl() {
        try {
            await("control port " + control)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(this::answers);
        } catch (RuntimeException e) {
            String said = child.log();
            close();
            throw new AssertionError("pen does not answer on " + control + "; it said: " + said, e);
        }
    }

    private boolean answers() {
        if (!child.alive()) {
            throw new IllegalStateException("pen ended");
        }
        Run pid = penctl("pid");
        return pid.exit() == 0 && pid.output().strip().equals(Long.toString(pid()));
    }

    /** Runs Debian's penctl, an independent voice, against the control port. */
    public Run penctl(String... words) {
        String[] line =
                Stream.concat(Stream.of(word(control)), Stream.of(words)).toArray(String[]::new);
        return Run.of(Program.PENCTL.command(line), PATIENCE);
    }

    public Endpoint controlEndpoint() {
        return control;
    }

    /** Where clients connect to, as pen was told: {@code 127.0.0.1:port} or a socket path. */
    public String listen() {
        return listen;
    }

    /** The port that clients connect to, on 127.0.0.1. */
    public int listenPort() {
        return Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
    }

    public long pid() {
        return child.pid();
    }

    public boolean alive() {
        return child.alive();
    }

    /** What pen wrote to its error output. */
    public String log() {
        return child.log();
    }

    /** Makes it hang: it accepts nothing and answers nothing until {@link #cont()}. */
    public void stop() {
        child.stop();
    }

    public void cont() {
        child.cont();
    }

    /** Sends a signal by its name, such as {@code HUP}. */
    public void signal(String name) {
        child.signal(name);
    }

    /** Ends it without warning; returns when it is gone. */
    public void kill() {
        child.kill();
    }

    /** Ends it if it still runs, and starts a new one on the same ports: other pid, counters at zero. */
    public void restart() {
        child.kill();
        try {
            Files.deleteIfExists(directory.resolve("control"));
            Files.deleteIfExists(directory.resolve("listen"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        child = run();
        awaitControl();
    }

    @Override
    public void close() {
        child.kill();
        TemporaryFiles.delete(directory);
    }
}
