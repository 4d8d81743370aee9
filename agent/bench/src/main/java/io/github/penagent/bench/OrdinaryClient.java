package io.github.penagent.bench;

import io.github.penagent.penctl.Endpoint;
import io.github.penagent.penctl.LoopbackPen;
import io.github.penagent.penctl.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * A client of the same stack as the agent's, written as one is usually written: connect, and send the command once that is done. If it
 * is told to, it warms up as the agent does, by polling a listener of its own.
 */
final class OrdinaryClient implements Asker {
    private static final int WARM_UP_POLLS = 300;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final List<Integer> ports;
    private final boolean warmsUp;
    private final AtomicReferenceArray<String> replies;

    OrdinaryClient(List<Integer> ports, boolean warmsUp) {
        this.ports = ports;
        this.warmsUp = warmsUp;
        this.replies = new AtomicReferenceArray<>(ports.size());
    }

    @Override
    public void prepare() {
        if (warmsUp) {
            warmUp();
        }
    }

    private void warmUp() {
        try (Transport transport = Transport.create(1);
                LoopbackPen pen = LoopbackPen.open(transport).blockOptional().orElseThrow()) {
            int port = ((Endpoint.Tcp) pen.endpoint()).port();
            Flux.range(0, WARM_UP_POLLS).concatMap(i -> reply(port)).blockLast();
        }
    }

    @Override
    public Mono<Integer> ask(int pen) {
        return reply(ports.get(pen)).map(reply -> {
            replies.set(pen, reply);
            return (int) reply.lines().count();
        });
    }

    @Override
    public Totals last(int pen) {
        return Totals.of(replies.get(pen));
    }

    private Mono<String> reply(int port) {
        return Mono.create(sink -> new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .handler(new Exchange(sink))
                .connect(new InetSocketAddress("127.0.0.1", port))
                .addListener((ChannelFutureListener) connected -> {
                    if (!connected.isSuccess()) {
                        sink.error(connected.cause());
                    }
                }));
    }

    private static final class Exchange extends SimpleChannelInboundHandler<ByteBuf> {
        private final MonoSink<String> sink;
        private final StringBuilder reply = new StringBuilder();

        Exchange(MonoSink<String> sink) {
            this.sink = sink;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(Unpooled.copiedBuffer("servers\n", StandardCharsets.US_ASCII));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf part) {
            reply.append(part.toString(StandardCharsets.US_ASCII));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            sink.success(reply.toString());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            sink.error(cause);
            context.close();
        }
    }

    @Override
    public void close() {
        loop.shutdownGracefully().awaitUninterruptibly(2_000);
    }
}
