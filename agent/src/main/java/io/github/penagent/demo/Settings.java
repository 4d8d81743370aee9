package io.github.penagent.demo;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What commands have set so far. */
final class Settings {
    private final Map<Setting, Integer> numbers = new EnumMap<>(Setting.class);
    private final Set<Flag> flags = EnumSet.noneOf(Flag.class);

    int get(Setting setting) {
        return numbers.getOrDefault(setting, setting.atStart());
    }

    void set(Setting setting, int wanted) {
        numbers.put(setting, setting.changed(get(setting), wanted));
    }

    boolean is(Flag flag) {
        return flags.contains(flag);
    }

    void set(Flag flag, boolean on) {
        if (on) {
            flags.add(flag);
        } else {
            flags.remove(flag);
        }
    }

    /** The flags as {@code mode} prints them, without the line end. */
    String mode() {
        StringBuilder line = new StringBuilder();
        for (Flag flag : Flag.values()) {
            line.append(line.isEmpty() ? "" : " ").append(is(flag) ? "" : "no ").append(flag.word());
        }
        return line.toString();
    }
}
