package io.github.penagent.demo;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Pen's whole numbers, each with its value at start and the rule by which a command changes it. */
enum Setting {
    /** For how many seconds a failed server is avoided. */
    BLACKLIST(30, Rule.ANY),
    /** After how many seconds a connect has failed. */
    TIMEOUT(3, Rule.ANY),
    /** For how many seconds clients are remembered; 0 is for ever. */
    TRACKING(0, Rule.ANY),
    CLIENT_ACL(0, Rule.LIST),
    CONTROL_ACL(0, Rule.LIST),
    CLIENTS_MAX(2048, Rule.GROWN),
    CONN_MAX(500, Rule.GROWN),
    /** How many connects may be under way. Pen prints no value for it. */
    PENDING_MAX(100, Rule.POSITIVE),
    DEBUG(0, Rule.ANY);

    /** Real pens die of larger tables; this one would only fill the memory of its host. */
    static final int MAX_TABLE = 65_536;

    private static final int LISTS = 10;

    private final int atStart;
    private final Rule rule;

    Setting(int atStart, Rule rule) {
        this.atStart = atStart;
        this.rule = rule;
    }

    int atStart() {
        return atStart;
    }

    int changed(int old, int wanted) {
        return switch (rule) {
            case ANY -> wanted;
            case LIST -> wanted < 0 || wanted >= LISTS ? 0 : wanted;
            case GROWN -> wanted > MAX_TABLE ? old : Math.max(old, wanted);
            case POSITIVE -> Math.max(1, wanted);
        };
    }

    static @Nullable Setting of(String word) {
        for (Setting setting : values()) {
            if (setting.name().toLowerCase(Locale.ROOT).equals(word)) {
                return setting;
            }
        }
        return null;
    }

    private enum Rule {
        ANY,
        /** The number of an access list; others mean the first. */
        LIST,
        GROWN,
        POSITIVE
    }
}
