package io.github.penagent.health.probe;

import io.github.penagent.health.Check;
import io.github.penagent.health.Result;
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.security.KeyStore;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;

/**
 * Asks over the network: plain Netty on Vert.x's event loops, since only there a connect can be given up at once and the
 * operating system's error reaches us unchanged. No proxy is ever used and no redirect followed.
 */
public final class NetExaminer implements Examiner {
    private final VertxInternal vertx;
    private final Exchange.Means means;

    /**
     * Certificates are checked against the authorities that this Java trusts.
     *
     * @param clock for how long certificates are valid
     * @param nanos monotonic, the time of results
     */
    public NetExaminer(Vertx vertx, Clock clock, LongSupplier nanos) {
        this(vertx, clock, nanos, Optional.empty());
    }

    /** @param authorities the only ones trusted; empty for those of this Java */
    NetExaminer(Vertx vertx, Clock clock, LongSupplier nanos, Optional<KeyStore> authorities) {
        this.vertx = (VertxInternal) vertx;
        this.means = new Exchange.Means(this.vertx.nameResolver(), new Trust(vertx, authorities), clock, nanos);
    }

    @Override
    public Mono<Result> examine(Check check, String address) {
        return Mono.create(sink -> {
            long started = means.nanos().getAsLong();
            EventLoop loop = vertx.nettyEventLoopGroup().next();
            Plan plan = Plan.of(check.question(), address);
            Exchange exchange = new Exchange(means, loop, plan, check.pace().timeout(), started, sink);
            try {
                loop.execute(exchange::start);
                sink.onCancel(() -> cancel(loop, exchange));
            } catch (RejectedExecutionException e) {
                sink.success(Verdict.unknown("the agent is stopping").at(started, started));
            }
        });
    }

    private static void cancel(EventLoop loop, Exchange exchange) {
        // A loop that takes no more work has closed its sockets.
        if (!loop.isShuttingDown()) {
            loop.execute(exchange::abandon);
        }
    }
}
