package io.github.penagent.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which key a misspelt one was meant to be. */
final class NearMiss {
    /** Two slips of the finger, or one swap; more is another word. */
    private static final int MAX_EDITS = 2;

    private NearMiss() {}

    static Optional<String> of(String written, Collection<String> known) {
        String plain = plain(written);
        return known.stream()
                .filter(key -> edits(plain, plain(key)) <= Math.min(MAX_EDITS, key.length() / 2))
                .min(Comparator.comparingInt(key -> edits(plain, plain(key))));
    }

    /** maxPenLoad and max_pen_load are max-pen-load. */
    private static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }

    /** The number of letters to insert, drop or replace (Levenshtein), one row of the table at a time. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(diagonal, row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
