package io.github.penagent.metrics;

import io.github.penagent.fleet.PenState;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Writes the rows of some pens as they are at one time, family by family and in the order of the page, so that each byte is written
 * where the one before it is. Not thread-safe, and one at a time for each page.
 */
final class Rendering {
    private static final Family[] FAMILIES = Family.values();
    private static final byte[][] TEXT_HEADERS = headers(Format.TEXT);
    private static final byte[][] OPEN_METRICS_HEADERS = headers(Format.OPEN_METRICS);

    /** Of lines that the processor's cache holds. Each step out of the heap costs as much as some hundred bytes do. */
    private static final int GATHERED = 32 * 1024;

    private final Page page;
    private final LineWriter lines = new LineWriter(GATHERED + GATHERED / 4);
    private final List<PenState> states = new ArrayList<>();
    private final List<PenLabels> labels = new ArrayList<>();

    Rendering(Page page) {
        this.page = page;
    }

    /**
     * Appends each family that has a row with its header.
     *
     * @param names of the pens, in their order; those never heard of are left out
     * @param wanted which families, by the name on their lines
     */
    void write(List<String> names, Format format, Predicate<String> wanted, ByteBuf out) {
        byte[][] headers = format == Format.OPEN_METRICS ? OPEN_METRICS_HEADERS : TEXT_HEADERS;
        lines.clear();
        look(names);
        for (int f = 0; f < FAMILIES.length; f++) {
            if (wanted.test(FAMILIES[f].sampleName())) {
                write(FAMILIES[f], headers[f], out);
            }
        }
        bring(out);
        states.clear();
        labels.clear();
    }

    private void look(List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            PenEntry pen = page.find(names.get(i));
            if (pen != null) {
                states.add(pen.state());
                labels.add(pen.labels());
            }
        }
    }

    private void write(Family family, byte[] header, ByteBuf out) {
        int before = lines.length();
        lines.raw(header);
        int empty = lines.length();
        boolean any = false;
        for (int i = 0; i < states.size(); i++) {
            family.render(states.get(i), labels.get(i), lines);
            any |= lines.length() > empty;
            if (any && lines.length() > GATHERED) {
                bring(out);
            }
        }
        if (!any) {
            lines.cut(before);
        }
    }

    private void bring(ByteBuf out) {
        out.writeBytes(lines.array(), 0, lines.length());
        lines.clear();
    }

    private static byte[][] headers(Format format) {
        byte[][] lines = new byte[FAMILIES.length][];
        for (int f = 0; f < FAMILIES.length; f++) {
            lines[f] = FAMILIES[f].header(format).getBytes(StandardCharsets.UTF_8);
        }
        return lines;
    }
}
