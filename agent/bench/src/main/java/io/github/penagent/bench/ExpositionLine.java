package io.github.penagent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a scrape costs the server: the agent's whole door and page against a file that nginx sends, HAProxy's own page, and the two
 * libraries that others would use. Fresh: all pens have changed since the last scrape, and their rendering counts.
 */
final class ExpositionLine implements Line {
    private static final int[] SIZES = {1_000, 10_000, 100_000};

    @Override
    public String name() {
        return "exposition";
    }

    @Override
    public void measure(int rounds, Report report) throws Exception {
        for (int size : SIZES) {
            Path folder = Files.createTempDirectory("pen-agent-bench");
            try (ExpositionSite site = ExpositionSite.open(folder, size)) {
                Rounds all = Rounds.of(rounds, site.ways());
                compare(size / 1000 + "k series", size == 100_000, all, report);
            } finally {
                delete(folder);
            }
        }
    }

    private static void compare(String what, boolean large, Rounds all, Report report) {
        row(report, what + ", cached", all, "cached", "nginx", large ? Goal.of(2, 1.2) : Goal.NONE);
        row(report, what + ", fresh", all, "fresh", "nginx", large ? Goal.of(5, 2.5) : Goal.NONE);
        row(report, what + ", gzip cached", all, "gzip", "nginx", large ? Goal.of(0.7, 0.3) : Goal.NONE);
        row(report, what + ", fresh", all, "fresh", "promex", large ? Goal.of(1 / 3.0, 1 / 6.0) : Goal.NONE);
        row(report, what + ", cached", all, "cached", "promex", large ? Goal.of(1 / 8.0, 1 / 12.0) : Goal.NONE);
        row(report, what + ", fresh", all, "fresh", "collector", large ? Goal.of(1 / 5.0, 1 / 8.0) : Goal.NONE);
        row(report, what + ", fresh", all, "fresh", "meters", large ? Goal.of(1 / 20.0, 1 / 40.0) : Goal.NONE);
        for (String way : List.of("cached", "gzip", "fresh")) {
            report.row(
                    what + ", " + way,
                    "bytes allocated per scrape",
                    all.spread("allocated", way),
                    Goal.of(16_384, 4_096));
        }
    }

    private static void row(Report report, String what, Rounds all, String way, String peer, Goal goal) {
        report.row(what, "agent / " + peer + " per series", all.ratio("ns_per_series", way, peer), goal);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
