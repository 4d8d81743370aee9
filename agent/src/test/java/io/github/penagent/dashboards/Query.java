package io.github.penagent.dashboards;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A query in PromQL, read as far as our dashboards use the language: every metric has its selector. */
record Query(String text) {
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
    private static final Pattern SELECTED = Pattern.compile("([a-zA-Z_:][\\w:]*)\\{([^}]*)}");
    private static final Pattern NAME_ALONE = Pattern.compile("\\b(?:up|(?:pen|jvm|process)_\\w+)\\b(?!\\{)");
    private static final Pattern GROUPED =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right) \\(([^)]*)\\)");
    private static final Pattern BY = Pattern.compile("\\bby \\(([^)]+)\\)");
    private static final Pattern RANGED = Pattern.compile("(\\w+)\\([\\w:]+\\{[^}]*}\\[([^]]*)]");

    /** Ranks are left out, and so is what is weighed by the time for which each agent had the pen. */
    private static final Pattern ADDED =
            Pattern.compile("\\b(?:sum|count|avg)(?! by \\([^)]*\\binstance\\b)(?: (?:by|without) \\([^)]*\\))? ?"
                    + "\\((?!count_over_time)(?:\\w+\\()?(pen_(?!agent_)\\w+)\\{[^}]*}"
                    + "(?!\\[[^]]*] @)(?!\\[[^]]*]\\) \\* on \\(job, instance\\))");

    private static final Pattern ZERO = Pattern.compile("0 \\* sum\\([^)]*\\)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)");

    /** The names of all metrics. */
    Set<String> metrics() {
        Set<String> names = new TreeSet<>(found(SELECTED, text, 1).toList());
        names.addAll(metricsWithoutSelector());
        return names;
    }

    /** Those that take every job's series, and those that a slip has left without braces. */
    Set<String> metricsWithoutSelector() {
        String bare = QUOTED.matcher(text).replaceAll("");
        return found(NAME_ALONE, bare, 0).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What stands between the braces, of each metric. */
    List<String> selectors() {
        return found(SELECTED, text, 2).toList();
    }

    /** Labels by which series are grouped or matched. */
    Set<String> labels() {
        return found(GROUPED, text, 1)
                .flatMap(list -> Stream.of(list.split(", ?")))
                .filter(label -> !label.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Labels by which the result is grouped: in our tables the first grouping is the outermost. */
    Set<String> resultLabels() {
        return found(BY, text, 1)
                .findFirst()
                .map(list -> Set.of(list.split(", ")))
                .orElse(Set.of());
    }

    /** Metrics of pens that are added up as they are, once for each agent that shows them. */
    Set<String> countedPerAgent() {
        return found(ADDED, ZERO.matcher(text).replaceAll(""), 1).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Function and window, as in {@code rate [5m]}. */
    Set<String> windows() {
        return RANGED.matcher(text)
                .results()
                .map(match -> match.group(1) + " [" + match.group(2) + "]")
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** How many windows there are at all, of whatever. */
    long windowCount() {
        return QUOTED.matcher(text).replaceAll("").chars().filter(c -> c == '[').count();
    }

    /** Grafana's variables, by name. */
    Set<String> variables() {
        return found(VARIABLE, text, 1).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> found(Pattern pattern, String in, int group) {
        return pattern.matcher(in).results().map((MatchResult match) -> match.group(group));
    }
}
