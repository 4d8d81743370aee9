package io.github.penagent.metrics;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * The lines of all pens in one format, joined once after each change rather than at each scrape, and outside the heap, from where
 * they are sent as they lie. Compressed once, too, if anybody asks for that. Not thread-safe.
 */
final class FinishedPage implements AutoCloseable {
    private static final int LIKELY_SHRINKAGE = 10;
    private static final int MIN_PACKED = 1024;

    private final Page page;
    private final Joining joining;
    private final Format format;
    private final KeptBuffer plain = new KeptBuffer();
    private final KeptBuffer packed = new KeptBuffer();
    private final Gzip gzip = new Gzip();
    private final OffHeapSink sink = new OffHeapSink();
    private List<String> names = List.of();
    private long version = -1;
    private boolean unpacked = true;

    FinishedPage(Page page, Format format) {
        this.page = page;
        joining = new Joining(page);
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
        try (Joining rows = joining.of(pens)) {
            sink.to(plain.empty(rows.room(format)));
            rows.write(format, name -> true, sink);
            sink.flush();
        }
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
