package io.github.penagent.metrics;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;

/** One family of the agent's own metrics. Not thread-safe. */
final class MeterFamily {
    private final String base;
    private final String name;
    private final byte[] text;
    private final byte[] openMetrics;
    private final List<Rows> rows = new ArrayList<>();

    /** Lines with the values of now. */
    interface Rows {
        void write(LineWriter out);
    }

    /** @param base the name without the suffix that its type adds */
    MeterFamily(Family.Type type, String base, String help) {
        this.base = base;
        name = base + type.suffix;
        text = type.header(Format.TEXT, base, help).getBytes(StandardCharsets.UTF_8);
        openMetrics = type.header(Format.OPEN_METRICS, base, help).getBytes(StandardCharsets.UTF_8);
    }

    /** The name that stands on its lines. */
    String name() {
        return name;
    }

    MeterFamily rows(Rows more) {
        rows.add(more);
        return this;
    }

    /** A line with this value. */
    MeterFamily row(String labels, DoubleSupplier value) {
        return row("", labels, value);
    }

    /** A line whose name has a suffix of its own. */
    MeterFamily row(String suffix, String labels, DoubleSupplier value) {
        byte[] head = head(name + suffix, labels);
        return rows(out -> out.raw(head).value(value.getAsDouble()).end());
    }

    /** What stands before a value. */
    static byte[] head(String name, String labels) {
        return (labels.isEmpty() ? name + " " : name + "{" + labels + "} ").getBytes(StandardCharsets.UTF_8);
    }

    void write(Format format, Predicate<String> wanted, LineWriter out) {
        if (wanted.test(name) || wanted.test(base)) {
            out.raw(format == Format.OPEN_METRICS ? openMetrics : text);
            for (int i = 0; i < rows.size(); i++) {
                rows.get(i).write(out);
            }
        }
    }
}
