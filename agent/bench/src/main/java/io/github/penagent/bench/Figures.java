package io.github.penagent.bench;

import java.util.HashMap;
import java.util.Map;

/** What one run of one way came to: numbers by name, whose units the names tell. */
record Figures(Map<String, Double> byName) {
    Figures {
        byName = Map.copyOf(byName);
    }

    static Figures of(String name, double value) {
        return new Figures(Map.of(name, value));
    }

    /** The words {@code name=number} of a text; others are stepped over. */
    static Figures read(String text) {
        Map<String, Double> found = new HashMap<>();
        for (String word : text.split("\\s+")) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                try {
                    found.put(word.substring(0, equals), Double.valueOf(word.substring(equals + 1)));
                } catch (NumberFormatException e) {
                    // A word about the run, no figure.
                }
            }
        }
        return new Figures(found);
    }

    Figures with(String name, double value) {
        Map<String, Double> more = new HashMap<>(byName);
        more.put(name, value);
        return new Figures(more);
    }

    double get(String name) {
        Double value = byName.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no figure '" + name + "' among " + byName.keySet());
        }
        return value;
    }
}
