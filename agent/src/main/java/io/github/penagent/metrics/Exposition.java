package io.github.penagent.metrics;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What a scrape is answered with: the pens' lines and, after them, the agent's own. The whole page is kept finished, so that what it
 * costs does not depend on how many pens there are, unless one of them has changed; parts of it are made when they are asked for.
 */
public final class Exposition implements AutoCloseable {
    /** Closes a page of OpenMetrics. */
    static final byte[] END = "# EOF\n".getBytes(StandardCharsets.UTF_8);

    private final Page page;
    private final AgentMeters meters;
    private final Supplier<List<String>> names;
    private final Rendering rendering;
    private final Map<Format, FinishedPage> finished = new EnumMap<>(Format.class);
    private final LineWriter own = new LineWriter(16 * 1024);
    private final KeptBuffer tail = new KeptBuffer();

    /** @param names of the pens in the order of the page; another list whenever they are others */
    public Exposition(Page page, AgentMeters meters, Supplier<List<String>> names) {
        this.page = page;
        this.meters = meters;
        this.names = names;
        rendering = new Rendering(page);
    }

    /**
     * All there is.
     *
     * @param gzip whether compressed, as one stream
     * @return to be released by who gets it, once it is sent
     */
    public synchronized ByteBuf whole(Format format, boolean gzip) {
        own.clear();
        meters.write(format, name -> true, own);
        FinishedPage pens = finished(format);
        ByteBuf lines = gzip ? pens.packed(names.get()) : pens.plain(names.get());
        if (gzip) {
            pens.end(own, tail.empty(Gzip.room(own.length())));
        } else {
            tail.empty(own.length()).writeBytes(own.array(), 0, own.length());
        }
        return Unpooled.compositeBuffer(2).addComponents(true, lines, tail.lent());
    }

    private FinishedPage finished(Format format) {
        FinishedPage known = finished.get(format);
        if (known == null) {
            known = new FinishedPage(page, rendering, format);
            finished.put(format, known);
        }
        return known;
    }

    /**
     * Parts of it.
     *
     * @param pens which pens; all of them and the agent's own lines if none is named
     * @param wanted which families, by the name on their lines
     */
    public synchronized ByteBuf some(Format format, Set<String> pens, Predicate<String> wanted) {
        boolean all = pens.isEmpty();
        List<String> shown =
                all ? names.get() : names.get().stream().filter(pens::contains).toList();
        ByteBuf out = Unpooled.buffer(16 * 1024);
        rendering.write(shown, format, wanted, out);
        if (all) {
            own.clear();
            meters.write(format, wanted, own);
            out.writeBytes(own.array(), 0, own.length());
        } else if (format == Format.OPEN_METRICS) {
            out.writeBytes(END);
        }
        return out;
    }

    /** Gives back what is kept, as far as nobody reads it. */
    @Override
    public synchronized void close() {
        finished.values().forEach(FinishedPage::close);
        finished.clear();
        tail.close();
    }
}
