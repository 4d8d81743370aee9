package io.github.penagent.web;

import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** Ends a connection at once: an ordinary close waits until everything is sent, which is what some never let happen. */
final class Severing {
    private Severing() {}

    /** What we did not send yet is forgotten; what the kernel has, it still tries to bring. */
    static void close(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            base.channelHandlerContext().close();
        } else {
            connection.close();
        }
    }

    /** How many bytes the kernel has not taken yet. */
    static long unsent(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            ChannelOutboundBuffer buffer = base.channel().unsafe().outboundBuffer();
            return buffer == null ? 0 : buffer.totalPendingWriteBytes();
        }
        return 0;
    }

    /** The kernel forgets it, too, which is megabytes for one who does not read. */
    static void reset(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            base.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        close(connection);
    }
}
