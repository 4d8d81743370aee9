package io.github.penagent.alerts;

import java.util.regex.Pattern;

/** Plays each series of a unit test of rules twice, as if two agents watched the same pens. */
final class Twins {
    private static final Pattern SERIES =
            Pattern.compile("      - series: '[^']*instance=\"agent:10911\"[^']*'\\n +values: .*\\n");

    private Twins() {}

    static String of(String test) {
        return SERIES.matcher(test)
                .replaceAll(found -> found.group() + found.group().replace("agent:10911", "twin:10911"));
    }
}
