package io.github.penagent.demo;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How servers are picked, in the order in which {@code mode} lists the flags. */
enum Flag {
    HASH,
    ROUNDROBIN,
    STUBBORN,
    WEIGHT,
    PRIO;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The flag that a command names, if it names one. */
    static @Nullable Flag of(String word) {
        for (Flag flag : values()) {
            if (flag.word().equals(word)) {
                return flag;
            }
        }
        return null;
    }
}
