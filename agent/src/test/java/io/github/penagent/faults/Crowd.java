package io.github.penagent.faults;

import io.github.penagent.penctl.Endpoint;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Many pens in good health, each on a port of its own and all on one thread. They note when they are asked. */
final class Crowd implements AutoCloseable {
    private static final Map<String, String> REPLIES = Map.of(
            "servers",
            "0 addr 127.0.0.1 port 80 conn 0 max 0 hard 0 weight 0 prio 0 sx 1 rx 2\n",
            "recent",
            "127.0.0.1 connects 1 sx 2 rx 1\n",
            "mode",
            "no hash roundrobin no stubborn no weight no prio\n",
            "pid",
            "1\n",
            "listen",
            "127.0.0.1:80\n",
            "control",
            "127.0.0.1:8888\n",
            "conn_max",
            "500\n",
            "clients_max",
            "2048\n",
            "blacklist",
            "30\n");

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    private final Map<String, Endpoint> pens = new LinkedHashMap<>();
    private final Map<String, ConcurrentLinkedQueue<Long>> asked = new LinkedHashMap<>();
    private final AtomicLong longestSilence = new AtomicLong();

    private Crowd() {}

    static Crowd of(int size) {
        Crowd crowd = new Crowd();
        for (int i = 0; i < size; i++) {
            crowd.join("crowd-" + i, Map.of());
        }
        return crowd;
    }

    /** One pen whose listener has an option of the kernel's. */
    static <T> Crowd ofOne(String name, ChannelOption<T> option, T value) {
        Crowd crowd = new Crowd();
        crowd.join(name, Map.of(option, value));
        return crowd;
    }

    @SuppressWarnings("unchecked")
    private void join(String name, Map<ChannelOption<?>, ?> options) {
        ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();
        ServerBootstrap listener = new ServerBootstrap()
                .group(loop)
                .channel(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection.pipeline().addLast(new Replies(times));
                    }
                });
        options.forEach((option, value) -> listener.option((ChannelOption<Object>) option, value));
        Channel bound = listener.bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
        InetSocketAddress place = (InetSocketAddress) bound.localAddress();
        pens.put(name, new Endpoint.Tcp("127.0.0.1", place.getPort()));
        asked.put(name, times);
    }

    Map<String, Endpoint> pens() {
        return pens;
    }

    /** When each was asked for its servers, in nanoseconds, from {@code since} on. */
    List<List<Long>> askedSince(long since) {
        List<List<Long>> times = new ArrayList<>();
        asked.values()
                .forEach(all ->
                        times.add(all.stream().filter(time -> time - since >= 0).toList()));
        return times;
    }

    /** The longest time for which one of them was not asked between {@code since} and {@code end}. */
    Duration longestGap(long since, long end) {
        long longest = 0;
        for (List<Long> times : askedSince(since)) {
            long last = since;
            for (long time : times) {
                longest = Math.max(longest, Math.min(time, end) - last);
                last = Math.min(time, end);
            }
            longest = Math.max(longest, end - last);
        }
        return Duration.ofNanos(longest);
    }

    /** The longest that a command was waited for after its connection was accepted: so long a pen would have stood. */
    Duration longestSilence() {
        return Duration.ofNanos(longestSilence.get());
    }

    /** So that what is measured is not this side's own loading of code. */
    void warmUp(int commands) throws IOException {
        for (int i = 0; i < commands; i++) {
            for (Endpoint pen : pens.values()) {
                Endpoint.Tcp place = (Endpoint.Tcp) pen;
                try (Socket client = new Socket(InetAddress.getLoopbackAddress(), place.port())) {
                    client.getOutputStream().write("pid\n".getBytes(StandardCharsets.US_ASCII));
                    client.getInputStream().readAllBytes();
                }
            }
        }
        forgetSilence();
    }

    void forgetSilence() {
        longestSilence.set(0);
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5_000);
    }

    private final class Replies extends SimpleChannelInboundHandler<ByteBuf> {
        private final ConcurrentLinkedQueue<Long> times;
        private long accepted;

        Replies(ConcurrentLinkedQueue<Long> times) {
            this.times = times;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            accepted = System.nanoTime();
            context.fireChannelActive();
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf command) {
            long now = System.nanoTime();
            longestSilence.accumulateAndGet(now - accepted, Math::max);
            String verb = command.toString(StandardCharsets.US_ASCII).strip().split(" ", 2)[0];
            if (verb.equals("servers")) {
                times.add(now);
            }
            context.writeAndFlush(Unpooled.copiedBuffer(REPLIES.getOrDefault(verb, ""), StandardCharsets.US_ASCII))
                    .addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
