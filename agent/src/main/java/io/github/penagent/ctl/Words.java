package io.github.penagent.ctl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The words behind a command's own, taken one after the other. What is left over or missing is a {@link Misuse}. */
final class Words {
    private final String command;
    private final String form;
    private final List<String> words;
    private int taken;

    /** @param form what {@code command} takes, for messages */
    Words(String command, String form, List<String> words) {
        this.command = command;
        this.form = form;
        this.words = List.copyOf(words);
    }

    boolean more() {
        return taken < words.size();
    }

    /** The next word, whatever it is. */
    String next() throws Misuse {
        if (!more()) {
            throw misuse("something is missing");
        }
        return words.get(taken++);
    }

    /** The next word and none behind it. */
    String last() throws Misuse {
        String word = next();
        end();
        return word;
    }

    int number() throws Misuse {
        return number(next());
    }

    int lastNumber() throws Misuse {
        return number(last());
    }

    int number(String word) throws Misuse {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw misuse("'" + word + "' is no whole number");
        }
    }

    void end() throws Misuse {
        if (more()) {
            throw misuse("'" + words.get(taken) + "' is too much");
        }
    }

    /** Pairs of a name and a value, in the order given, each name once. */
    Map<String, String> pairs(Set<String> names) throws Misuse {
        Map<String, String> pairs = new LinkedHashMap<>();
        while (more()) {
            String name = next();
            if (!names.contains(name)) {
                throw misuse("'" + name + "' is unknown");
            }
            if (pairs.put(name, next()) != null) {
                throw misuse("'" + name + "' is there twice");
            }
        }
        return pairs;
    }

    Misuse misuse(String why) {
        String takes = form.isEmpty() ? "' takes no arguments" : "' takes " + form;
        return new Misuse("'" + command + takes + "; " + why + ". Nothing was sent");
    }
}
