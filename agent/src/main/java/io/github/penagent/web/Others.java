package io.github.penagent.web;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The agents that share pens with this one.
 *
 * @param here this agent's own address among them
 * @param targets where each of them can be scraped, {@code host:port}, this one included; empty: there is this one alone
 * @param owners of pens that are watched elsewhere, by name: the address of that agent
 */
public record Others(String here, List<String> targets, Map<String, String> owners) {
    public static final Others NONE = new Others("", List.of(), Map.of());

    public Others {
        targets = List.copyOf(targets);
        owners = Collections.unmodifiableMap(new TreeMap<>(owners));
    }

    /** Why there is no such pen here. */
    String missing(String pen) {
        return Optional.ofNullable(owners.get(pen))
                .map(owner -> "pen " + pen + " is watched by the agent at " + owner)
                .orElse("no pen is called " + pen);
    }
}
