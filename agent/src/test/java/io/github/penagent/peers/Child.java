package io.github.penagent.peers;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A program that runs until it is told to end, by its own process id; its output goes to a file. */
public final class Child implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

    static {
        // For test runs that are cut short.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ALIVE.forEach(Process::destroyForcibly)));
    }

    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Output is appended to {@code log}. */
    public static Child start(ProcessBuilder command, Path log) {
        try {
            Process process = Forks.start(
                    command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
            ALIVE.add(process);
            return new Child(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** What it wrote so far. */
    public String log() {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a signal by its name, such as {@code HUP}, through the shell's own {@code kill}. */
    public void signal(String name) {
        Run kill = Run.of(new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid()), PATIENCE);
        if (kill.exit() != 0) {
            throw new AssertionError("kill -" + name + " " + pid() + ": " + kill.output());
        }
    }

    /** Stops it in its tracks; returns when the kernel says so. */
    public void stop() {
        signal("STOP");
        await("process " + pid() + " stopped").atMost(PATIENCE).until(() -> state() == 'T');
    }

    public void cont() {
        signal("CONT");
        await("process " + pid() + " runs again").atMost(PATIENCE).until(() -> state() != 'T');
    }

    /** The third field of {@code /proc/<pid>/stat}, after the name in parentheses. */
    private char state() throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid()), "stat"), StandardCharsets.ISO_8859_1);
        return stat.charAt(stat.lastIndexOf(')') + 2);
    }

    /** Ends it the hard way and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** The exit code, once it has ended by itself; fails if it has not by then. */
    public int exit(Duration limit) {
        if (!awaitEnd(limit)) {
            throw new AssertionError("process " + pid() + " still runs after " + limit + "; it said: " + log());
        }
        return process.exitValue();
    }

    private boolean awaitEnd() {
        return awaitEnd(PATIENCE);
    }

    private boolean awaitEnd(Duration limit) {
        try {
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (ended) {
                ALIVE.remove(process);
            }
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Asks it to end, and insists. A stopped process takes no polite request. */
    @Override
    public void close() {
        process.destroy();
        if (!awaitEnd()) {
            kill();
        }
    }
}
