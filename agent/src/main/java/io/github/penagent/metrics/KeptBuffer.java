package io.github.penagent.metrics;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A buffer outside the heap that is used again and again. Who still reads what was in it keeps that, and another takes its place.
 * Not thread-safe, but readers may let go from any thread.
 */
final class KeptBuffer implements AutoCloseable {
    private static final int SMALL = 64 * 1024;

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;

    /** Empty, with room for so many bytes and not for very many more. */
    ByteBuf empty(int bytes) {
        boolean fits = buffer.capacity() >= bytes && buffer.capacity() <= Math.max(SMALL, 2L * bytes);
        if (!fits || buffer.refCnt() > 1) {
            buffer.release();
            buffer = Unpooled.directBuffer(bytes + bytes / 8);
        }
        return buffer.clear();
    }

    /** Gives room back of which what is in it, and nobody reads yet, needs less than half. */
    void fit() {
        if (buffer.capacity() > Math.max(SMALL, 2L * buffer.readableBytes())) {
            ByteBuf large = buffer;
            buffer = Unpooled.directBuffer(large.readableBytes() + large.readableBytes() / 8)
                    .writeBytes(large);
            large.release();
        }
    }

    /** What is in it, to be released by who gets it. */
    ByteBuf lent() {
        return buffer.retainedDuplicate();
    }

    /** What is in it, to be looked at only until it is emptied. */
    ByteBuf content() {
        return buffer;
    }

    @Override
    public void close() {
        buffer.release();
        buffer = Unpooled.EMPTY_BUFFER;
    }
}
