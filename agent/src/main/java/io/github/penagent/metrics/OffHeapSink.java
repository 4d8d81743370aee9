package io.github.penagent.metrics;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Brings many short pieces out of the heap. Each step over that border costs as much as some hundred bytes do, so pieces are gathered
 * first, in an array that the processor's cache holds. Not thread-safe.
 */
final class OffHeapSink implements Sink {
    private final byte[] gathered = new byte[32 * 1024];
    private int length;
    private ByteBuf out = Unpooled.EMPTY_BUFFER;

    /** From now on there. */
    void to(ByteBuf buffer) {
        out = buffer;
    }

    @Override
    public void add(byte[] bytes, int from, int to) {
        int more = to - from;
        if (more > gathered.length - length) {
            flush();
        }
        if (more > gathered.length) {
            out.writeBytes(bytes, from, more);
        } else {
            System.arraycopy(bytes, from, gathered, length, more);
            length += more;
        }
    }

    /** Brings the rest. */
    void flush() {
        out.writeBytes(gathered, 0, length);
        length = 0;
    }
}
