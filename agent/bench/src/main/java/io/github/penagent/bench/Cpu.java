package io.github.penagent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How long a process has run so far, in microseconds of all its threads, those that have ended included. */
final class Cpu {
    private Cpu() {}

    static double micros(long pid) throws IOException {
        try (Program clock = Program.c("cputime", Long.toString(pid))) {
            return Long.parseLong(clock.line()) / 1e3;
        }
    }

    /** The same of those of its threads that are there now and whose names, of which the kernel keeps 15 letters, begin so. */
    static double micros(long pid, List<String> names) throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            double sum = 0;
            for (Path task : tasks.toList()) {
                String name = Files.readString(task.resolve("comm"));
                if (names.stream().anyMatch(name::startsWith)) {
                    sum += Long.parseLong(
                                    Files.readString(task.resolve("schedstat")).split(" ")[0])
                            / 1e3;
                }
            }
            return sum;
        } catch (NoSuchFileException e) {
            // One has ended meanwhile: those that count do not.
            return micros(pid, names);
        }
    }
}
