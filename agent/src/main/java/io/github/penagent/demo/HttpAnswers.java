package io.github.penagent.demo;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Answers {@code /healthz} at once and everything else after a moment, with a page of varying size; one by one. */
final class HttpAnswers extends SimpleChannelInboundHandler<HttpObject> {
    private static final int MAX_BODY_BYTES = 24 * 1024;
    private static final int MIN_DELAY_MILLIS = 20;
    private static final int MAX_DELAY_MILLIS = 1_500;
    private static final ByteBuf PAGE = page("pen".repeat(MAX_BODY_BYTES / 3));
    private static final ByteBuf OK = page("ok\n");

    private final RandomGenerator random;
    private HttpVersion version = HttpVersion.HTTP_1_1;
    private boolean healthCheck;

    HttpAnswers(RandomGenerator random) {
        this.random = random;
    }

    private static ByteBuf page(String text) {
        return Unpooled.unreleasableBuffer(
                Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII)).asReadOnly());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext client, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            client.close();
            return;
        }
        if (part instanceof HttpRequest request) {
            version = request.protocolVersion();
            healthCheck = request.uri().equals("/healthz");
        }
        if (part instanceof LastHttpContent) {
            whole(client);
        }
    }

    private void whole(ChannelHandlerContext client) {
        if (healthCheck) {
            answer(client, OK.duplicate());
            return;
        }
        ByteBuf body = PAGE.slice(0, random.nextInt(1, MAX_BODY_BYTES));
        // The next request waits its turn.
        client.channel().config().setAutoRead(false);
        client.executor()
                .schedule(
                        () -> {
                            answer(client, body);
                            client.channel().config().setAutoRead(true);
                        },
                        random.nextInt(MIN_DELAY_MILLIS, MAX_DELAY_MILLIS),
                        TimeUnit.MILLISECONDS);
    }

    private void answer(ChannelHandlerContext client, ByteBuf body) {
        FullHttpResponse response = new DefaultFullHttpResponse(version, HttpResponseStatus.OK, body);
        HttpUtil.setContentLength(response, body.readableBytes());
        client.writeAndFlush(response);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext client, Object event) {
        if (event instanceof IdleStateEvent) {
            client.close();
        }
    }

    /** A client that left in the middle: its right. */
    @Override
    public void exceptionCaught(ChannelHandlerContext client, Throwable cause) {
        client.close();
    }
}
