package io.github.penagent.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was measured, told at once as it comes and kept for the page. */
final class Report {
    private final PrintStream out;
    private final Map<Key, List<Spread>> rows = new LinkedHashMap<>();
    private final Map<String, List<String>> notes = new LinkedHashMap<>();
    private String line = "";

    /**
     * What a row is about.
     *
     * @param line the subject
     * @param what such as {@code warm}
     * @param compared such as {@code agent / C floor}, or the unit of a figure that stands for itself
     */
    private record Key(String line, String what, String compared, Goal goal) {}

    Report(PrintStream out) {
        this.out = out;
    }

    void begin(String name) {
        line = name;
    }

    void row(String what, String compared, Spread figure, Goal goal) {
        rows.computeIfAbsent(new Key(line, what, compared, goal), key -> new ArrayList<>())
                .add(figure);
        out.printf(
                "%-11s %-34s %-38s %-32s %-18s %s%n",
                line, what, compared, figure, goal, goal.verdict(figure.median()));
    }

    /** A sentence or a table of Markdown that belongs to the line; of several runs the last one stays. */
    void note(String text) {
        notes.put(line, List.of(text));
        out.println(text);
    }

    boolean missesAny() {
        return rows.entrySet().stream().anyMatch(row -> row.getValue().stream()
                .anyMatch(figure -> row.getKey().goal().verdict(figure.median()).equals("missed")));
    }

    /** As Markdown: a column for each run of the whole command. */
    String page(String machine) {
        StringBuilder text = new StringBuilder("# What the agent costs\n\n").append(machine);
        Map<String, List<Map.Entry<Key, List<Spread>>>> byLine = rows.entrySet().stream()
                .collect(Collectors.groupingBy(row -> row.getKey().line(), LinkedHashMap::new, Collectors.toList()));
        byLine.forEach((name, figures) -> {
            int runs = figures.get(0).getValue().size();
            text.append("\n## ").append(name).append("\n\n| what | compared |");
            for (int run = 1; run <= runs; run++) {
                text.append(runs == 1 ? " median (spread) |" : " run " + run + " |");
            }
            text.append(" goal: solid, moonshot | reached |\n|---|---|")
                    .append("---|".repeat(runs + 2))
                    .append('\n');
            figures.forEach(row -> text.append(row(row.getKey(), row.getValue())));
            notes.getOrDefault(name, List.of())
                    .forEach(note -> text.append('\n').append(note).append('\n'));
        });
        return text.toString();
    }

    private static String row(Key key, List<Spread> runs) {
        return runs.stream()
                        .map(figure -> figure + " | ")
                        .collect(Collectors.joining("", "| " + key.what() + " | " + key.compared() + " | ", ""))
                + key.goal()
                + " | "
                + runs.stream()
                        .map(figure -> key.goal().verdict(figure.median()))
                        .distinct()
                        .collect(Collectors.joining(", then "))
                + " |\n";
    }
}
