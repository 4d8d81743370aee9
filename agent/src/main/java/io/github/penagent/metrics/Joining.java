package io.github.penagent.metrics;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The rows of some pens as they are at one time, joined family by family. May be begun again once it is closed; not thread-safe. */
final class Joining implements AutoCloseable {
    private static final Family[] FAMILIES = Family.values();
    private static final byte[][] TEXT_HEADERS = headers(Format.TEXT);
    private static final byte[][] OPEN_METRICS_HEADERS = headers(Format.OPEN_METRICS);

    private final Page page;
    private final List<PenLines> pens = new ArrayList<>();
    private final List<PenRows> rows = new ArrayList<>();

    Joining(Page page) {
        this.page = page;
    }

    /** Takes the present rows of the named pens, in that order; those never heard of are left out. */
    Joining of(List<String> names) {
        for (String name : names) {
            PenLines pen = page.find(name);
            if (pen != null) {
                pens.add(pen);
                rows.add(pen.lent());
            }
        }
        return this;
    }

    /** How many bytes the lines of all families can take at most. */
    int room(Format format) {
        int bytes = 0;
        for (byte[] header : headersOf(format)) {
            bytes += header.length;
        }
        for (PenRows pen : rows) {
            bytes += pen.length();
        }
        return bytes;
    }

    /**
     * Writes each family with its header, if there is any row of it.
     *
     * @param wanted which families, by the name on their lines
     */
    void write(Format format, Predicate<String> wanted, Sink out) {
        byte[][] headers = headersOf(format);
        for (int f = 0; f < FAMILIES.length; f++) {
            if (wanted.test(FAMILIES[f].sampleName())) {
                write(f, headers[f], out);
            }
        }
    }

    private void write(int family, byte[] header, Sink out) {
        boolean any = false;
        for (PenRows pen : rows) {
            if (pen.length(family) > 0) {
                if (!any) {
                    out.add(header, 0, header.length);
                    any = true;
                }
                pen.copyTo(out, family);
            }
        }
    }

    private static byte[][] headersOf(Format format) {
        return format == Format.OPEN_METRICS ? OPEN_METRICS_HEADERS : TEXT_HEADERS;
    }

    private static byte[][] headers(Format format) {
        byte[][] lines = new byte[FAMILIES.length][];
        for (int f = 0; f < FAMILIES.length; f++) {
            lines[f] = FAMILIES[f].header(format).getBytes(StandardCharsets.UTF_8);
        }
        return lines;
    }

    /** Gives the rows back. */
    @Override
    public void close() {
        for (int i = 0; i < rows.size(); i++) {
            pens.get(i).back(rows.get(i));
        }
        rows.clear();
        pens.clear();
    }
}
