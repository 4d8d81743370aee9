package io.github.penagent.metrics;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * The lines of all pens in one format, rendered once after a change rather than at each scrape, and outside the heap, from where
 * they are sent as they lie. Compressed once, too, if anybody asks for that. Not thread-safe.
 */
final class FinishedPage implements AutoCloseable {
    private static final int LIKELY_SHRINKAGE = 10;
    private static final int MIN_PLAIN = 16 * 1024;
    private static final int MIN_PACKED = 1024;

    private final Page page;
    private final Rendering rendering;
    private final Format format;
    private final KeptBuffer plain = new KeptBuffer();
    private final KeptBuffer packed = new KeptBuffer();
    private final Gzip gzip = new Gzip();
    private List<String> names = List.of();
    private long version = -1;
    private boolean unpacked = true;

    FinishedPage(Page page, Rendering rendering, Format format) {
        this.page = page;
        this.rendering = rendering;
        this.format = format;
    }

    /** The lines of now; to be released by who gets them. */
    ByteBuf plain(List<String> pens) {
        finish(pens);
        return plain.lent();
    }

    /** The same, as the beginning of a stream that {@link #end} ends. */
    ByteBuf packed(List<String> pens) {
        finish(pens);
        if (unpacked) {
            ByteBuf lines = plain.content();
            int likely = Math.max(packed.content().readableBytes(), lines.readableBytes() / LIKELY_SHRINKAGE);
            gzip.begin(lines, packed.empty(Math.max(MIN_PACKED, likely)));
            unpacked = false;
        }
        return packed.lent();
    }

    /** Ends the compressed page with these lines. */
    void end(LineWriter last, ByteBuf out) {
        gzip.end(last.array(), last.length(), out);
    }

    /** What changes while this runs is not in it, or is and will be again: the version was looked at before. */
    private void finish(List<String> pens) {
        long now = page.version();
        if (now == version && pens == names) {
            return;
        }
        int likely = Math.max(MIN_PLAIN, plain.content().readableBytes());
        rendering.write(pens, format, name -> true, plain.empty(likely));
        plain.fit();
        version = now;
        names = pens;
        unpacked = true;
    }

    @Override
    public void close() {
        plain.close();
        packed.close();
        gzip.close();
    }
}
