package io.github.penagent.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of Prometheus' query language as is needed to take an expression of ours apart. */
final class PromQl {
    private static final String STRING = "\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'";

    /** Our metrics, those beside them and recorded ones; no label is called like one. */
    private static final Pattern SELECTOR =
            Pattern.compile("(?<![\\w:\"'])(?:up|(?:pen|jvm|process)_\\w+|\\w+:\\w+:\\w+)(?![\\w:(])(?:\\s*\\{(?:"
                    + STRING + "|[^\"'}])*})?");

    private static final Pattern TOKEN = Pattern.compile(STRING + "|[({\\[]|[)}\\]]|\\bor\\b");

    private PromQl() {}

    /** Every choice of series in it, each once, in its order. */
    static List<String> selectors(String expression) {
        return SELECTOR.matcher(expression)
                .results()
                .map(found -> found.group().strip())
                .distinct()
                .toList();
    }

    /** The operands of its outermost {@code or}; itself if there is none. */
    static List<String> alternatives(String expression) {
        List<String> alternatives = new ArrayList<>();
        int depth = 0;
        int from = 0;
        Matcher token = TOKEN.matcher(expression);
        while (token.find()) {
            switch (token.group().charAt(0)) {
                case '(', '{', '[' -> depth++;
                case ')', '}', ']' -> depth--;
                case 'o' -> {
                    if (depth == 0) {
                        alternatives.add(
                                expression.substring(from, token.start()).strip());
                        from = token.end();
                    }
                }
                default -> {
                    // A string.
                }
            }
        }
        alternatives.add(expression.substring(from).strip());
        return alternatives;
    }
}
