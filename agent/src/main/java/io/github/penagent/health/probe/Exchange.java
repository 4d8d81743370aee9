package io.github.penagent.health.probe;

import io.github.penagent.health.Cause;
import io.github.penagent.health.Result;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.vertx.core.internal.resolver.NameResolver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.MonoSink;

/** One check of one backend, from the connect to the verdict. Confined to its loop; used once. */
final class Exchange extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(Exchange.class);

    /** How long a peer gets to answer a farewell; that the check was good is settled by then. */
    private static final int FAREWELL_MILLIS = 200;

    /** What all exchanges share. */
    record Means(NameResolver names, Trust trust, Clock clock, LongSupplier nanos) {}

    private final Means means;
    private final EventLoop loop;
    private final Plan plan;
    private final Duration timeout;
    private final long startedNanos;
    private final MonoSink<Result> sink;
    private final Deadline deadline;
    private final ByteLimit received = new ByteLimit();

    private @Nullable Channel channel;
    private @Nullable SslHandler secured;
    private @Nullable Result settled;
    private boolean connected;
    private boolean over;

    Exchange(Means means, EventLoop loop, Plan plan, Duration timeout, long startedNanos, MonoSink<Result> sink) {
        this.means = means;
        this.loop = loop;
        this.plan = plan;
        this.timeout = timeout;
        this.startedNanos = startedNanos;
        this.sink = sink;
        this.deadline = new Deadline(loop, means.nanos(), startedNanos, timeout, this::expire);
    }

    void start() {
        deadline.begin();
        attempt(this::begin);
    }

    private void begin() {
        if (deadline.heldUp()) {
            expire();
        } else if (plan.tls().isPresent()) {
            means.trust()
                    .loaded()
                    .onComplete(loaded -> resume(() -> {
                        if (loaded.succeeded()) {
                            find(loaded.result());
                        } else {
                            finish(Verdict.unknown("our trusted certificates: " + Faults.seen(loaded.cause())));
                        }
                    }));
        } else {
            find(null);
        }
    }

    private void find(@Nullable TrustManagerFactory authorities) {
        Place place = plan.place();
        if (place instanceof Place.Ip ip) {
            open(authorities, new InetSocketAddress(ip.host(), ip.port()), ip.port());
        } else if (place instanceof Place.Unix unix && !plan.udp()) {
            open(authorities, Sockets.unixAddress(loop, unix.path()), -1);
        } else if (place instanceof Place.Named named) {
            means.names()
                    .resolve(named.host())
                    .onComplete(found -> resume(() -> {
                        if (found.succeeded()) {
                            open(authorities, new InetSocketAddress(found.result(), named.port()), named.port());
                        } else {
                            finish(Verdict.unknown("name not found: " + named.host()));
                        }
                    }));
        } else {
            finish(Verdict.unknown("cannot be asked at this address: " + place));
        }
    }

    private void resume(Runnable step) {
        loop.execute(() -> attempt(step));
    }

    /** Whatever goes wrong, there is a result. */
    private void attempt(Runnable step) {
        if (over) {
            return;
        }
        try {
            step.run();
        } catch (RuntimeException e) {
            unexpected(e);
        }
    }

    private void unexpected(Throwable cause) {
        if (!loop.isShuttingDown()) {
            log.atError().setCause(cause).log("unexpected error in a check");
        }
        finish(Verdict.unknown("unexpected: " + Faults.seen(cause)));
    }

    private void open(@Nullable TrustManagerFactory authorities, SocketAddress address, int port) {
        Channel opened;
        try {
            opened = plan.udp()
                    ? Sockets.udp(loop)
                    : address instanceof InetSocketAddress ? Sockets.tcp(loop) : Sockets.unix(loop);
            channel = opened;
            prepare(opened, authorities, port);
        } catch (SSLException | RuntimeException e) {
            finish(Verdict.unknown("no socket: " + Faults.seen(e)));
            return;
        }
        ChannelFuture registered = loop.register(opened);
        if (registered.cause() != null) {
            finish(Verdict.unknown("no socket: " + Faults.seen(registered.cause())));
            return;
        }
        opened.connect(address).addListener((Future<? super Void> done) -> {
            if (!done.isSuccess()) {
                finish(Faults.of(done.cause()));
            }
        });
    }

    private void prepare(Channel opened, @Nullable TrustManagerFactory authorities, int port) throws SSLException {
        ChannelPipeline pipeline = opened.pipeline().addLast(received);
        if (authorities != null) {
            SslHandler handler = plan.tls().orElseThrow().handler(Trust.context(authorities), opened.alloc(), port);
            pipeline.addLast(handler);
            secured = handler;
        }
        plan.dialogue().prepare(pipeline);
        pipeline.addLast(this);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        connected = true;
        if (over) {
            return;
        }
        SocketAddress own = context.channel().localAddress();
        if (!plan.udp()
                && own instanceof InetSocketAddress
                && own.equals(context.channel().remoteAddress())) {
            // Where nothing listens, a socket whose own port happens to be that one meets itself.
            finish(Verdict.bad(Cause.REFUSED, "connection refused: met only ourselves"));
        } else if (secured == null) {
            plan.dialogue().begin(context).ifPresent(this::finish);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        SslHandler handler = secured;
        if (over || handler == null || !(event instanceof SslHandshakeCompletionEvent handshake)) {
            return;
        }
        Tls tls = plan.tls().orElseThrow();
        if (handshake.isSuccess()) {
            shaken(context, tls, handler).ifPresent(this::finish);
        } else if (!context.channel().isActive()) {
            finish(Verdict.bad(Cause.CLOSED, "closed during the TLS handshake"));
        } else {
            finish(tls.failed(handshake.cause()));
        }
    }

    private Optional<Verdict> shaken(ChannelHandlerContext context, Tls tls, SslHandler handler) {
        try {
            Instant now = means.clock().instant();
            Instant end = Tls.end(handler);
            Optional<Verdict> objection = tls.objection(end, now);
            return objection.isPresent()
                    ? objection
                    : plan.dialogue()
                            .beginSecured(context, Duration.between(now, end).toDays());
        } catch (SSLException e) {
            return Optional.of(tls.failed(e));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (settled != null) {
                leave();
            } else if (!over) {
                plan.dialogue().heard(message).ifPresent(this::finish);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        finish(Verdict.bad(Cause.CLOSED, "closed before the whole answer, bytes received: " + received.bytes()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (over) {
            return;
        }
        if (cause instanceof IOException) {
            // A connect that failed tells so itself, and better.
            if (connected && !(cause instanceof SSLException)) {
                finish(Faults.of(cause));
            }
        } else if (cause instanceof DecoderException) {
            // Of a handshake its own event tells.
            if (secured == null || secured.handshakeFuture().isSuccess()) {
                finish(Verdict.bad(Cause.WRONG, "unreadable answer: " + Faults.seen(cause)));
            }
        } else {
            unexpected(cause);
        }
    }

    private void expire() {
        finish(Verdict.bad(
                Cause.SILENT,
                connected
                        ? "no whole answer within " + timeout.toMillis() + " ms, bytes received: " + received.bytes()
                        : "no answer to the connect within " + timeout.toMillis() + " ms"));
    }

    private void finish(Verdict verdict) {
        if (settled != null) {
            leave();
        }
        if (over) {
            return;
        }
        Result result = fair(verdict).at(startedNanos, means.nanos().getAsLong());
        String farewell = plan.dialogue().farewell();
        Channel open = channel;
        if (result instanceof Result.Good && !farewell.isEmpty() && open != null) {
            settled = result;
            open.writeAndFlush(Unpooled.copiedBuffer(farewell, StandardCharsets.US_ASCII));
            loop.schedule(this::leave, FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
            return;
        }
        settled = result;
        leave();
    }

    /** Nobody is to blame for what happened while we were away, except for a refusal: that is an answer. */
    private Verdict fair(Verdict verdict) {
        boolean blames = verdict instanceof Verdict.Bad bad && bad.cause() != Cause.REFUSED;
        if (blames && loop.isShuttingDown()) {
            // That closes our sockets, too.
            return Verdict.unknown("the agent is stopping");
        }
        return blames && deadline.heldUp()
                ? Verdict.unknown("this agent was held up for too long to judge")
                : beforeConnect(verdict);
    }

    /** Without a connect sent, silence is that of our own name server or disk. */
    private Verdict beforeConnect(Verdict verdict) {
        return channel == null && verdict instanceof Verdict.Bad
                ? Verdict.unknown("not ready to connect within " + timeout.toMillis() + " ms")
                : verdict;
    }

    private void leave() {
        Result result = settled;
        if (over || result == null) {
            return;
        }
        end();
        sink.success(result);
    }

    /** The asker went away. */
    void abandon() {
        if (!over) {
            end();
        }
    }

    private void end() {
        over = true;
        deadline.cancel();
        Channel open = channel;
        if (open != null) {
            open.close();
        }
    }
}
