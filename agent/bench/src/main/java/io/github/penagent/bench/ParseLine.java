package io.github.penagent.bench;

import io.github.penagent.penctl.ServersParsing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What reading a line of {@code servers} takes, against a C program that does no more than read every number of the same text. From one
 * text to the next connections and bytes change, as from poll to poll; in the texts called {@code new} the addresses change, too,
 * which no pen does: that is what the first poll takes.
 */
final class ParseLine implements Line {
    private static final int TEXTS = 8;
    private static final int[] SIZES = {10, 1000};
    private static final List<String> GROUPS = List.of("polled-10", "polled-1000", "new-10", "new-1000");

    private static final String FLOOR = "C";
    private static final String SHIPPED = "as shipped";
    private static final String DEFAULT = "default JVM";
    private static final Goal GOAL = Goal.of(2, 1.2);

    @Override
    public String name() {
        return "parse";
    }

    @Override
    public void measure(int count, Report report) throws Exception {
        Path folder = Files.createTempDirectory("parse");
        try {
            write(folder);
            Map<String, Rounds.Way> ways = new LinkedHashMap<>();
            ways.put(FLOOR, () -> floor(folder));
            ways.put(SHIPPED, () -> agent(folder, List.of("@src/deb/jvm.options")));
            ways.put(DEFAULT, () -> agent(folder, List.of()));
            report(Rounds.of(count, ways), report);
        } finally {
            delete(folder);
        }
    }

    private static void report(Rounds rounds, Report report) {
        for (String group : GROUPS) {
            rounds.agreeOn("lines_" + group);
            rounds.agreeOn("sum_" + group);
        }
        for (String way : List.of(SHIPPED, DEFAULT)) {
            for (int size : SIZES) {
                String what = size + " lines, " + way;
                report.row(what, "agent / C number scan", rounds.ratio("ns_polled-" + size, way, FLOOR), GOAL);
                report.row(what, "bytes allocated per line", rounds.spread("garbage", way), Goal.of(0));
                report.row(
                        what + ", first poll",
                        "agent / C number scan",
                        rounds.ratio("ns_new-" + size, way, FLOOR),
                        Goal.NONE);
            }
        }
        for (String way : List.of(FLOOR, SHIPPED, DEFAULT)) {
            report.row("1000 lines, " + way, "ns per line", rounds.spread("ns_polled-1000", way), Goal.NONE);
        }
    }

    private static Figures floor(Path folder) throws IOException, InterruptedException {
        try (Program scan = Program.c("scan", words(folder))) {
            return scan.figures();
        }
    }

    private static Figures agent(Path folder, List<String> options) throws IOException, InterruptedException {
        try (Program parser = Program.java(options, ServersParsing.class, words(folder))) {
            Figures figures = parser.figures();
            // What a reply takes whatever its length is not a line's.
            double garbage = (figures.get("bytes_polled-1000") - figures.get("bytes_polled-10")) / (1000 - 10);
            return figures.with("garbage", garbage);
        }
    }

    private static String[] words(Path folder) {
        return Stream.concat(Stream.of(folder.toString()), GROUPS.stream()).toArray(String[]::new);
    }

    private static void write(Path folder) throws IOException {
        for (int size : SIZES) {
            for (int text = 0; text < TEXTS; text++) {
                Files.writeString(folder.resolve("polled-" + size + "-" + text), text(size, 0, text));
                Files.writeString(folder.resolve("new-" + size + "-" + text), text(size, text, text));
            }
        }
    }

    /** As pen writes it, with counts of the usual lengths. */
    private static String text(int size, int net, int seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int slot = 0; slot < size; slot++) {
            text.append("%d addr 10.%d.%d.%d port 8080 conn %d max 500 hard 1000 weight 10 prio 0 sx %d rx %d\n"
                    .formatted(
                            slot,
                            net,
                            slot / 250,
                            slot % 250,
                            random.nextInt(120),
                            1_000_000_000L + random.nextInt(1_000_000_000),
                            (long) (random.nextDouble() * 5e10)));
        }
        return text.toString();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
