package io.github.penagent.penctl;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * A listener of the agent's own, on loopback, that answers the reading commands with fixed replies: the code that polls
 * is loaded and compiled against it before it meets a real pen.
 */
public final class LoopbackPen implements AutoCloseable {
    private static final int SERVERS = 10;
    private static final Map<String, String> REPLIES = Map.of(
            "servers", servers(),
            "recent", "127.0.0.1 connects 1 sx 100 rx 100\n",
            "mode", "no hash roundrobin no stubborn no weight no prio\n",
            "pid", "1\n",
            "listen", "127.0.0.1:80\n",
            "control", "127.0.0.1:8888\n",
            "conn_max", "500\n",
            "clients_max", "2048\n",
            "blacklist", "30\n");

    private final Channel channel;

    private LoopbackPen(Channel channel) {
        this.channel = channel;
    }

    /** Binds a free loopback port; an error signal if that cannot be had. */
    public static Mono<LoopbackPen> open(Transport transport) {
        return Mono.create(sink -> transport
                .listen(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection.pipeline().addLast(new Replies());
                    }
                })
                .addListener((Future<Channel> bound) -> {
                    if (bound.isSuccess()) {
                        sink.success(new LoopbackPen(bound.getNow()));
                    } else {
                        sink.error(bound.cause());
                    }
                }));
    }

    public Endpoint endpoint() {
        InetSocketAddress bound = (InetSocketAddress) channel.localAddress();
        return new Endpoint.Tcp(bound.getAddress().getHostAddress(), bound.getPort());
    }

    @Override
    public void close() {
        channel.close();
    }

    private static String servers() {
        StringBuilder reply = new StringBuilder();
        for (int i = 0; i < SERVERS; i++) {
            // Joined and not formatted, for which the JVM would load the words and digits of all languages.
            reply.append(i)
                    .append(" addr 127.0.0.1 port ")
                    .append(8000 + i)
                    .append(" conn 0 max 0 hard 0 weight 0 prio 0 sx ")
                    .append(123_456_789L * i)
                    .append(" rx ")
                    .append(9_876_543_210L * i)
                    .append('\n');
        }
        return reply.toString();
    }

    private static final class Replies extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf command) {
            String verb = command.toString(StandardCharsets.US_ASCII).strip().split(" ", 2)[0];
            String reply = REPLIES.getOrDefault(verb, "");
            context.writeAndFlush(Unpooled.copiedBuffer(reply, StandardCharsets.US_ASCII))
                    .addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
