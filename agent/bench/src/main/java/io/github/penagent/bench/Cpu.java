package io.github.penagent.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** How long a process has run so far, in microseconds of all its threads, as the scheduler counts them. */
final class Cpu {
    private Cpu() {}

    static double micros(long pid) throws IOException {
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
}
