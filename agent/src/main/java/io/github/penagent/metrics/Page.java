package io.github.penagent.metrics;

import io.github.penagent.fleet.PenState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The pens' part of the page: holds each pen's rendered rows and joins them, family by family, when somebody scrapes. A
 * pure function of the pens' states.
 */
public final class Page {
    private static final Family[] FAMILIES = Family.values();
    private static final byte[][] TEXT_HEADERS = headers(Format.TEXT);
    private static final byte[][] OPEN_METRICS_HEADERS = headers(Format.OPEN_METRICS);

    private final Map<String, Pen> pens = new ConcurrentHashMap<>();

    /** Renders one pen anew; its rows vanish from the page where the state no longer has them. */
    public void changed(PenState state) {
        pens.computeIfAbsent(state.name(), Pen::new).render(state);
    }

    /** One pen is not watched any more. */
    public void gone(String pen) {
        pens.remove(pen);
    }

    /**
     * The lines of the named pens, in that order.
     *
     * @param names which pens; those never heard of are left out
     * @param wanted which families, by the name on their lines
     */
    public byte[] render(List<String> names, Format format, Predicate<String> wanted) {
        List<PenRows> rows = new ArrayList<>(names.size());
        for (String name : names) {
            Pen pen = pens.get(name);
            if (pen != null) {
                rows.add(pen.rows());
            }
        }
        byte[][] headers = format == Format.OPEN_METRICS ? OPEN_METRICS_HEADERS : TEXT_HEADERS;
        LineWriter out = new LineWriter(16 * 1024);
        for (int f = 0; f < FAMILIES.length; f++) {
            if (wanted.test(FAMILIES[f].sampleName()) && any(rows, f)) {
                out.raw(headers[f]);
                for (PenRows pen : rows) {
                    pen.copyTo(out, f);
                }
            }
        }
        return out.toBytes();
    }

    private static boolean any(List<PenRows> rows, int family) {
        for (PenRows pen : rows) {
            if (pen.length(family) > 0) {
                return true;
            }
        }
        return false;
    }

    private static byte[][] headers(Format format) {
        byte[][] lines = new byte[FAMILIES.length][];
        for (int f = 0; f < FAMILIES.length; f++) {
            lines[f] = FAMILIES[f].header(format).getBytes(StandardCharsets.UTF_8);
        }
        return lines;
    }

    /** What one pen's next rendering needs of its last. */
    private static final class Pen {
        private final PenLabels labels;
        private final LineWriter scratch = new LineWriter(1024);
        private volatile PenRows rows;

        Pen(String name) {
            this.labels = new PenLabels(name);
            this.rows = PenRows.of(PenState.unknown(name), labels, scratch);
        }

        synchronized void render(PenState state) {
            rows = PenRows.of(state, labels, scratch);
        }

        PenRows rows() {
            return rows;
        }
    }
}
