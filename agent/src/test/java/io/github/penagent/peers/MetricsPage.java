package io.github.penagent.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A page of metrics, text or OpenMetrics, as its samples in their order. */
public final class MetricsPage {
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

    private final List<Sample> samples;

    /**
     * One line.
     *
     * @param value as it stands there: a double would not hold every counter
     */
    public record Sample(String name, Map<String, String> labels, String value) {
        boolean is(String wanted, String... pairs) {
            if (!name.equals(wanted)) {
                return false;
            }
            for (int i = 0; i < pairs.length; i += 2) {
                if (!pairs[i + 1].equals(labels.get(pairs[i]))) {
                    return false;
                }
            }
            return true;
        }

        public double number() {
            return Double.parseDouble(value);
        }
    }

    private MetricsPage(List<Sample> samples) {
        this.samples = samples;
    }

    /** Fails on a line that is neither a comment nor a sample. */
    public static MetricsPage parse(String page) {
        List<Sample> samples = new ArrayList<>();
        for (String line : page.split("\n", -1)) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher m = SAMPLE.matcher(line);
            if (!m.matches()) {
                throw new AssertionError("not a sample: " + line);
            }
            samples.add(new Sample(m.group(1), labels(m.group(2) == null ? "" : m.group(2)), m.group(3)));
        }
        return new MetricsPage(samples);
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        Matcher m = LABEL.matcher(text);
        int end = 0;
        while (m.lookingAt()) {
            labels.put(m.group(1), m.group(2));
            end = m.end();
            m.region(end, text.length());
        }
        if (end != text.length()) {
            throw new AssertionError("not labels: " + text);
        }
        return labels;
    }

    /** Every sample. */
    public List<Sample> samples() {
        return samples;
    }

    /** The samples of this name with these labels (names and values in turn), whatever others they have. */
    public List<Sample> all(String name, String... labels) {
        return samples.stream().filter(s -> s.is(name, labels)).toList();
    }

    /** The samples whose name begins so. */
    public List<Sample> beginning(String prefix) {
        return samples.stream().filter(s -> s.name().startsWith(prefix)).toList();
    }

    /** The only such sample. */
    public Sample one(String name, String... labels) {
        List<Sample> found = all(name, labels);
        if (found.size() != 1) {
            throw new AssertionError(
                    found.size() + " samples of " + name + " " + String.join(" ", labels) + ": " + found);
        }
        return found.get(0);
    }

    /** The number of the only such sample. */
    public double value(String name, String... labels) {
        return one(name, labels).number();
    }

    /** The samples' values by what they have for {@code label}. */
    public Map<String, String> by(String label, String name, String... labels) {
        return all(name, labels).stream()
                .collect(Collectors.toMap(s -> s.labels().getOrDefault(label, ""), Sample::value));
    }
}
