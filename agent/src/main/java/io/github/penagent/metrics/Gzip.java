package io.github.penagent.metrics;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Makes one gzip stream of a long part that stays for a while and a short one that is new each time: a part that ends at the border
 * of a byte may be followed by one that was compressed by itself. Not thread-safe.
 */
final class Gzip implements AutoCloseable {
    /** Deflate, no name, no time, fastest, no system. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, (byte) 0xff};

    private static final int TRAILER = 8;
    private static final int STEP = 64 * 1024;
    private static final int[] CRC = table();

    /** A page of metrics shrinks eleven times at the cheapest level; the others cost more than they save. */
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);

    /** The long part's checksum and length. */
    private int crc;

    private int length;

    /** Writes the header and the long part. */
    void begin(ByteBuf part, ByteBuf out) {
        CRC32 sum = new CRC32();
        sum.update(part.nioBuffer());
        crc = (int) sum.getValue();
        length = part.readableBytes();
        out.writeBytes(HEADER);
        deflater.reset();
        deflater.setInput(part.nioBuffer());
        // As long as the output is filled to its end there may be more of it.
        while (!deflate(Deflater.SYNC_FLUSH, out)) {
            out.ensureWritable(Math.max(STEP, out.readableBytes() / 2));
        }
    }

    /** For how many bytes there has to be room after the long part. */
    static int room(int bytes) {
        return bytes + bytes / 8 + 64 + TRAILER;
    }

    /** Writes the short part and the end, of which there may be several after one beginning. */
    void end(byte[] part, int bytes, ByteBuf out) {
        deflater.reset();
        deflater.setInput(part, 0, bytes);
        deflater.finish();
        deflate(Deflater.NO_FLUSH, out);
        out.writeIntLE(crc(crc, part, bytes)).writeIntLE(length + bytes);
    }

    /** Whether there was room for all of it. */
    private boolean deflate(int flush, ByteBuf out) {
        ByteBuffer room = out.nioBuffer(out.writerIndex(), out.writableBytes());
        int written = deflater.deflate(room, flush);
        out.writerIndex(out.writerIndex() + written);
        return out.isWritable();
    }

    /** The checksum of what had this one and is followed by {@code bytes} of {@code part}; the JVM's own cannot go on from a value. */
    private static int crc(int before, byte[] part, int bytes) {
        int crc = ~before;
        for (int i = 0; i < bytes; i++) {
            crc = CRC[(crc ^ part[i]) & 0xff] ^ (crc >>> 8);
        }
        return ~crc;
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ 0xedb88320;
            }
            table[i] = crc;
        }
        return table;
    }

    @Override
    public void close() {
        deflater.end();
    }
}
