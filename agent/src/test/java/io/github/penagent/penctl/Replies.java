package io.github.penagent.penctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Replies of real pens, and short ways to have them read. */
final class Replies {
    private Replies() {}

    /** All recordings. */
    static List<Path> all() {
        try (Stream<Path> files = Files.walk(directory())) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path directory() {
        try {
            return Path.of(Objects.requireNonNull(Replies.class.getResource("/replies"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One recording, such as {@code 0.34.1/servers}. */
    static byte[] recorded(String name) {
        return bytes(directory().resolve(name + ".txt"));
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of each command. */
    static List<Command<?>> commands() {
        return List.of(
                Command.servers(),
                Command.recent(300, new ClientTable()),
                Command.mode(),
                Command.pid(),
                Command.blacklist(),
                Command.connMax(),
                Command.clientsMax(),
                Command.listen(),
                Command.control(),
                Questions.STATUS,
                Questions.IDLERS,
                Questions.IDLE_TIMEOUT,
                Questions.TARPIT_ACL,
                Questions.LOG,
                Questions.WEB_STATS,
                Questions.connection(0),
                Questions.socket(8));
    }

    static <T> T read(Command<T> command, byte[] reply) {
        try {
            return command.read(reply, reply.length);
        } catch (UnreadableReply e) {
            throw new AssertionError(command + ": " + e.failure().message(), e);
        }
    }

    static <T> T read(Command<T> command, String reply) {
        return read(command, reply.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Why {@code reply} cannot be read; fails if it can. */
    static Failure failure(Command<?> command, byte[] reply) {
        UnreadableReply thrown = catchThrowableOfType(UnreadableReply.class, () -> command.read(reply, reply.length));
        assertThat(thrown).as("%s should be unreadable", command).isNotNull();
        return thrown.failure();
    }

    static Failure failure(Command<?> command, String reply) {
        return failure(command, reply.getBytes(StandardCharsets.ISO_8859_1));
    }
}
