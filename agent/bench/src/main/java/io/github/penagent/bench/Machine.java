package io.github.penagent.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Where and with what it was measured. */
final class Machine {
    private Machine() {}

    static String text() throws IOException {
        return """
                %s, %d cores of %s, Linux %s, JDK %s; pen %s, nginx %s, HAProxy %s, blackbox_exporter %s, gcc %s, all from Debian.
                Everything on loopback, in turn (A B C, A B C), CPU from schedstat or getrusage. Each figure is the median of the rounds with the least
                and the most in brackets; a spread past 30 %% is called noisy. Made by `agent/bench/run --times 3 --report bench/REPORT.md`.
                """.formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        Runtime.getRuntime().availableProcessors(),
                        processor(),
                        System.getProperty("os.version"),
                        System.getProperty("java.version"),
                        version("pen"),
                        version("nginx"),
                        version("haproxy"),
                        version("prometheus-blackbox-exporter"),
                        version("gcc"));
    }

    private static String processor() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("an unknown processor");
    }

    private static String version(String debianPackage) throws IOException {
        Process query = new ProcessBuilder("apt-cache", "policy", debianPackage)
                .redirectErrorStream(true)
                .start();
        String said = new String(query.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return said.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("Installed:") || line.startsWith("Candidate:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .filter(version -> !version.equals("(none)"))
                .findFirst()
                .orElse("of unknown version");
    }
}
