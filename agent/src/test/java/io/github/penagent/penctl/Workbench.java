package io.github.penagent.penctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.peers.HttpBackend;
import io.github.penagent.peers.HttpTraffic;
import io.github.penagent.peers.RealPen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** A fresh pen with one backend, the library in front of it, and ways to see what really became of it. */
final class Workbench implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Transport transport = Transport.create(1);
    private final HttpBackend backend = HttpBackend.start();
    private final RealPen real;
    private final CountingControl control;
    private final Path directory;

    Workbench(Path directory, String... options) {
        this.directory = directory;
        try {
            // pen gives up its privileges, and has to write here.
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
            real = RealPen.with()
                    .backend("127.0.0.1:" + backend.port() + ":0:0:1:0")
                    .options(options)
                    .start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        control = new CountingControl(transport.client(real.controlEndpoint(), DEADLINE));
    }

    RealPen real() {
        return real;
    }

    HttpBackend backend() {
        return backend;
    }

    HttpTraffic traffic() {
        return HttpTraffic.to(real.listenPort());
    }

    int controlPort() {
        return ((Endpoint.Tcp) real.controlEndpoint()).port();
    }

    /** The library, for pen 0.34, with every danger accepted. */
    Pen pen() {
        return cautious().accepting(Danger.values());
    }

    /** The library with no danger accepted. */
    Pen cautious() {
        return Pen.over(control, PenVersion.V0_34);
    }

    List<String> sent() {
        return control.sent();
    }

    /** A path that pen may write to. */
    String file(String name) {
        return directory.resolve(name).toString();
    }

    static <T> T done(Mono<T> call) {
        return Objects.requireNonNull(call.block(PATIENCE));
    }

    static <T> T value(Mono<Answer<T>> question) {
        Answer<T> answer = done(question);
        assertThat(answer).isInstanceOf(Answer.Ok.class);
        return ((Answer.Ok<T>) answer).value();
    }

    static void confirmed(Mono<Outcome> change) {
        assertThat(done(change)).isInstanceOf(Outcome.Confirmed.class);
    }

    static void refused(Mono<Outcome> change, String reason) {
        Outcome outcome = done(change);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(outcome.message()).contains(reason);
    }

    /** Sent and taken by a pen that does not show it. */
    static void unseen(Mono<Outcome> change) {
        Outcome outcome = done(change);
        assertThat(outcome).isInstanceOf(Outcome.NotConfirmed.class);
        assertThat(outcome.message()).startsWith("sent; pen ").endsWith("shows this nowhere");
    }

    /** What pen itself writes down of its configuration. */
    List<String> configuration() {
        String file = file("configuration");
        real.penctl("write", file);
        try {
            return Files.readAllLines(Path.of(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The kernel's lines for connections to the backend, as {@code /proc/net/tcp} has them. */
    List<String> connectionsToBackend() throws IOException {
        String port = ":%04X".formatted(backend.port());
        try (var lines = Files.lines(Path.of("/proc/net/tcp"))) {
            return lines.map(String::strip)
                    .filter(line -> line.split(" +", -1)[2].endsWith(port))
                    .toList();
        }
    }

    /** Whether the pen that was started still answers, as Debian's own penctl sees it. */
    boolean unharmed() {
        return real.alive() && real.penctl("pid").output().strip().equals(Long.toString(real.pid()));
    }

    @Override
    public void close() {
        real.close();
        backend.close();
        transport.close();
    }
}
