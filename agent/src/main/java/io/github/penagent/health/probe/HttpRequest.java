package io.github.penagent.health.probe;

import io.github.penagent.health.Cause;
import io.github.penagent.health.Question;
import io.github.penagent.health.Question.StatusRange;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One HTTP/1.1 request. The answer is judged when it is whole, or when as much of its body as counts is there. */
final class HttpRequest implements Dialogue {
    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final int MAX_LINE_BYTES = 4 * 1024;
    private static final int MAX_HEADER_BYTES = 32 * 1024;
    private static final int SWITCHING_PROTOCOLS = 101;

    private final Question.Http question;
    private final String host;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean interim;
    private int status;
    private long bodyBytes;

    /** @param host the Host header */
    HttpRequest(Question.Http question, String host) {
        this.question = question;
        this.host = host;
    }

    @Override
    public void prepare(ChannelPipeline pipeline) {
        HttpDecoderConfig limits =
                new HttpDecoderConfig().setMaxInitialLineLength(MAX_LINE_BYTES).setMaxHeaderSize(MAX_HEADER_BYTES);
        pipeline.addLast(new HttpClientCodec(limits, false, false));
    }

    @Override
    public Optional<Verdict> begin(ChannelHandlerContext context) {
        var request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.valueOf(question.method()), question.path(), Unpooled.EMPTY_BUFFER);
        request.headers()
                .set(HttpHeaderNames.HOST, host)
                .set(HttpHeaderNames.USER_AGENT, "pen-agent")
                .set(HttpHeaderNames.ACCEPT, "*/*")
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.writeAndFlush(request);
        return Optional.empty();
    }

    @Override
    public Optional<Verdict> heard(Object message) {
        if (message instanceof HttpObject object && object.decoderResult().isFailure()) {
            return Optional.of(unreadable(object.decoderResult().cause()));
        }
        if (message instanceof HttpResponse response && !begun(response)) {
            return Optional.of(Verdict.bad(Cause.WRONG, "status " + status + ", expected " + expected()));
        }
        return message instanceof HttpContent content ? continued(content) : Optional.empty();
    }

    /** Of bytes that are no HTTP, or not enough of it. */
    private static Verdict unreadable(Throwable cause) {
        return cause instanceof PrematureChannelClosureException
                ? Verdict.bad(Cause.CLOSED, "closed before the whole answer, inside its headers")
                : Verdict.bad(Cause.WRONG, "expected an HTTP answer: " + Faults.seen(cause));
    }

    /** Whether the answer may still be good. */
    private boolean begun(HttpResponse response) {
        status = response.status().code();
        interim = status < 200 && status != SWITCHING_PROTOCOLS;
        return interim || question.statuses().stream().anyMatch(range -> range.contains(status));
    }

    private Optional<Verdict> continued(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        if (interim) {
            interim = !last;
            return Optional.empty();
        }
        keep(content.content());
        return last || bodyBytes >= MAX_BODY_BYTES ? Optional.of(judge()) : Optional.empty();
    }

    private void keep(ByteBuf part) {
        int room = MAX_BODY_BYTES - body.size();
        byte[] kept = new byte[question.body().isPresent() ? Math.min(room, part.readableBytes()) : 0];
        part.getBytes(part.readerIndex(), kept);
        body.writeBytes(kept);
        bodyBytes += part.readableBytes();
    }

    private Verdict judge() {
        return question.body().map(this::judge).orElseGet(() -> Verdict.good("status " + status));
    }

    private Verdict judge(String pattern) {
        String text = body.toString(StandardCharsets.UTF_8);
        try {
            return Pattern.compile(pattern).matcher(new BoundedText(text)).find()
                    ? Verdict.good("status " + status + ", body as expected")
                    : Verdict.bad(
                            Cause.WRONG,
                            "body without " + pattern + ", in its first " + body.size() + " bytes: " + text);
        } catch (BoundedText.Exhausted | StackOverflowError e) {
            return Verdict.unknown("expect-body takes too many steps on this body: " + pattern);
        }
    }

    private String expected() {
        return question.statuses().stream().map(StatusRange::toString).collect(Collectors.joining(","));
    }
}
