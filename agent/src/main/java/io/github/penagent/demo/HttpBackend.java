package io.github.penagent.demo;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A web server that may close while clients connect. Vert.x's own drops the connections that reach it in that instant
 * with a complaint in the log, since it lets its workers go before its listener; here one loop accepts and serves, so a
 * connection is either served or refused.
 */
final class HttpBackend implements DemoBackend {
    private static final int IDLE_SECONDS = 10;

    private final Vertx vertx;
    private final EventLoop loop;
    private final RandomGenerator random;
    private @Nullable Listener listener;
    private int port;

    private record Listener(Channel channel, ChannelGroup clients) {}

    /** @param loop a NIO one */
    HttpBackend(Vertx vertx, EventLoop loop, RandomGenerator random) {
        this.vertx = vertx;
        this.loop = loop;
        this.random = random;
    }

    @Override
    public Future<Void> open() {
        ChannelGroup clients = new DefaultChannelGroup(loop, true);
        CompletableFuture<Listener> bound = new CompletableFuture<>();
        new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel client) {
                        clients.add(client);
                        client.pipeline()
                                .addLast(
                                        new IdleStateHandler(0, 0, IDLE_SECONDS),
                                        new HttpServerCodec(),
                                        new HttpServerKeepAliveHandler(),
                                        new FlowControlHandler(),
                                        new HttpAnswers(random));
                    }
                })
                .bind(new InetSocketAddress(NetUtil.LOCALHOST4, port))
                .addListener((ChannelFuture done) -> {
                    if (done.isSuccess()) {
                        bound.complete(new Listener(done.channel(), clients));
                    } else {
                        bound.completeExceptionally(done.cause());
                    }
                });
        return Future.fromCompletionStage(bound, vertx.getOrCreateContext()).map(opened -> {
            listener = opened;
            port = ((InetSocketAddress) opened.channel().localAddress()).getPort();
            return null;
        });
    }

    @Override
    public Future<Void> close() {
        Listener closing = listener;
        listener = null;
        if (closing == null) {
            return Future.succeededFuture();
        }
        CompletableFuture<Void> closed = new CompletableFuture<>();
        closing.channel()
                .close()
                .addListener(refusing -> closing.clients().close().addListener(done -> closed.complete(null)));
        return Future.fromCompletionStage(closed, vertx.getOrCreateContext());
    }

    @Override
    public int port() {
        return port;
    }
}
