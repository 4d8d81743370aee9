package io.github.penagent.penctl;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import jdk.net.ExtendedSocketOptions;

/** Where there is no native transport: the command is written as soon as the connect is done. */
final class ChannelConnection extends ChannelInboundHandlerAdapter implements Connection {
    private static final int READ_BYTES = 64 * 1024;

    private final Channel channel;
    private final Listener listener;
    private boolean closed;

    private ChannelConnection(Channel channel, Listener listener) {
        this.channel = channel;
        this.listener = listener;
    }

    static ChannelConnection open(EventLoop loop, SocketAddress address, byte[] line, Listener listener) {
        Channel channel = address instanceof InetSocketAddress ? tcp() : new NioDomainSocketChannel();
        channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(READ_BYTES));
        ChannelConnection connection = new ChannelConnection(channel, listener);
        connection.connect(loop, address, line);
        return connection;
    }

    private static Channel tcp() {
        NioSocketChannel channel = new NioSocketChannel();
        channel.config().setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_QUICKACK), false);
        return channel;
    }

    private void connect(EventLoop loop, SocketAddress address, byte[] line) {
        channel.pipeline().addLast(this);
        loop.register(channel);
        // Before the connect, so that it leaves in the tick in which the connect is done.
        channel.write(Unpooled.wrappedBuffer(line), channel.voidPromise());
        channel.connect(address).addListener(done -> {
            if (!done.isSuccess() && !closed) {
                listener.unreached(done.cause());
            }
        });
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf part = (ByteBuf) message;
        try {
            if (!closed) {
                listener.received(part.nioBuffer());
            }
        } finally {
            part.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!closed) {
            listener.ended();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (closed) {
            return;
        }
        if (!(cause instanceof IOException io)) {
            listener.bug(cause);
        } else if (channel.isActive()) {
            listener.broken(io);
        }
        // Of a command that was waiting for a connect that failed, the connect itself tells.
    }

    @Override
    public boolean unanswered() {
        return !channel.isActive();
    }

    @Override
    public void close() {
        closed = true;
        channel.close();
    }
}
