package io.github.penagent.health.probe;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.ReferenceCountUtil;

/** Counts what a peer sends, and passes on no more than {@value #MAX_BYTES} bytes of it. */
final class ByteLimit extends ChannelInboundHandlerAdapter {
    /** A body of 64 KiB fits in, chunked as finely as can be. */
    static final int MAX_BYTES = 1024 * 1024;

    private long bytes;

    long bytes() {
        return bytes;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        bytes += size(message);
        if (bytes <= MAX_BYTES) {
            context.fireChannelRead(message);
        } else {
            ReferenceCountUtil.release(message);
            context.fireExceptionCaught(
                    new TooLongFrameException("more than " + MAX_BYTES + " bytes without the end of an answer"));
        }
    }

    private static int size(Object message) {
        if (message instanceof ByteBuf part) {
            return part.readableBytes();
        }
        return message instanceof ByteBufHolder datagram ? datagram.content().readableBytes() : 0;
    }
}
