package io.github.penagent.alerts;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an expression names; as much of the language as these rules use. */
final class PromQl {
    private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
    private static final Pattern METRIC =
            Pattern.compile("(?<![\\w:\"])(?:up|[a-z]+_[a-z_]+|[a-z]+:\\w+:\\w+)(?![\\w:(]| \\()");
    private static final Pattern RECORDED = Pattern.compile("\\bALERTS\\b|\\b[a-z]+:\\w+:\\w+");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right) ?\\(([^)]*)\\)");
    private static final Pattern SELECTOR = Pattern.compile("\\{([^}]*)}");
    private static final Pattern LABEL = Pattern.compile("\\w+");

    private PromQl() {}

    /** Metrics and what is recorded. */
    static Set<String> metrics(String expr) {
        String bare = TEXT.matcher(expr).replaceAll("");
        bare = GROUPING.matcher(bare).replaceAll(" ");
        bare = SELECTOR.matcher(bare).replaceAll("");
        return found(METRIC, bare).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What an expression of a test is about: what is recorded, or alerts. */
    static Set<String> recorded(String expr) {
        Set<String> names = found(RECORDED, expr).collect(Collectors.toCollection(TreeSet::new));
        return names.isEmpty() ? Set.of(expr) : names;
    }

    /** Labels in selectors and groupings. */
    static Set<String> labels(String expr) {
        String bare = TEXT.matcher(expr).replaceAll("");
        return Stream.of(GROUPING, SELECTOR)
                .flatMap(where -> where.matcher(bare).results())
                .flatMap(match -> found(LABEL, match.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group);
    }
}
