package io.github.penagent.metrics;

import java.util.List;

/** A label of which there are few values, all of them known; the same only as itself. */
final class FewWords {
    private final String label;
    private final List<String> words;

    FewWords(String label, List<String> words) {
        this.label = label;
        this.words = List.copyOf(words);
    }

    String label() {
        return label;
    }

    int size() {
        return words.size();
    }

    String get(int i) {
        return words.get(i);
    }
}
