package io.github.penagent.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that ran to its end.
 *
 * @param output what it wrote, errors included
 */
public record Run(int exit, String output) {

    public List<String> lines() {
        return output.lines().toList();
    }

    /** Runs {@code command}; fails the test, with what it said so far, if it is not done within {@code limit}. */
    public static Run of(ProcessBuilder command, Duration limit) {
        return of(command, "", limit);
    }

    /** Input and output are files: nothing to pump, and a child that keeps them open holds nobody up. */
    static Run of(ProcessBuilder command, String input, Duration limit) {
        try {
            Path in = Files.createTempFile("run", ".in");
            Path out = Files.createTempFile("run", ".out");
            try {
                Files.writeString(in, input);
                Process process = Forks.start(command.redirectErrorStream(true)
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile()));
                boolean done = await(process, limit);
                String output = Files.readString(out, StandardCharsets.ISO_8859_1);
                if (!done) {
                    throw new AssertionError(
                            "'%s' was not done after %s and said: %s".formatted(name(command), limit, output));
                }
                return new Run(process.exitValue(), output);
            } finally {
                Files.delete(in);
                Files.delete(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean await(Process process, Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String name(ProcessBuilder command) {
        return String.join(" ", command.command());
    }
}
