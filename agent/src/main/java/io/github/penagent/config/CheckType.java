package io.github.penagent.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The types of checks, and the keys that each has beside those of all. */
enum CheckType {
    TCP,
    HTTP("method", "path", "host", "expect-status", "expect-body"),
    HTTPS("method", "path", "host", "expect-status", "expect-body", "min-days"),
    TLS("host", "min-days"),
    SMTP,
    DNS_UDP("query"),
    DNS_TCP("query");

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is.
    private final Set<String> keys;

    CheckType(String... keys) {
        this.keys = Set.of(keys);
    }

    boolean has(String key) {
        return keys.contains(key);
    }

    /** As it is written. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The types that have {@code key}, to be told to who wrote it elsewhere. */
    static String thoseWith(String key) {
        return Arrays.stream(values())
                .filter(type -> type.has(key))
                .map(CheckType::label)
                .collect(Collectors.joining(", "));
    }

    static String all() {
        return Arrays.stream(values()).map(CheckType::label).collect(Collectors.joining(", "));
    }
}
