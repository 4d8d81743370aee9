package io.github.penagent.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * How long a process has run so far, in microseconds of all its threads. The scheduler counts to the nanosecond, but forgets threads
 * that have ended (a JVM ends idle compilers); the process as a whole is counted in hundredths of a second. What is more is nearer.
 */
final class Cpu {
    private static final double MICROS_PER_TICK = 10_000;

    /** utime and stime in /proc/PID/stat, counted behind the name, which may hold anything. */
    private static final int USER = 11;

    private static final int SYSTEM = 12;

    private Cpu() {}

    static double micros(long pid) throws IOException {
        return Math.max(ofThreads(pid), ofProcess(pid));
    }

    private static double ofThreads(long pid) throws IOException {
        long nanos = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) {
                try {
                    String line = Files.readString(thread.resolve("schedstat"));
                    nanos += Long.parseLong(line, 0, line.indexOf(' '), 10);
                } catch (NoSuchFileException e) {
                    // It ended meanwhile.
                }
            }
        }
        return nanos / 1e3;
    }

    private static double ofProcess(long pid) throws IOException {
        String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] words = line.substring(line.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(words[USER]) + Long.parseLong(words[SYSTEM])) * MICROS_PER_TICK;
    }
}
