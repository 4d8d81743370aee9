package io.github.penagent.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again at the files that say who may enter, and puts in force what is new, for connections and requests to come.
 * What makes no sense, such as a key that is not yet that of its certificate, changes nothing. For one event loop.
 */
final class AccessWatch {
    private static final Logger log = LoggerFactory.getLogger(AccessWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final String listener;
    private final HttpServer server;
    private final Gatekeeper gatekeeper;
    private final Predicate<Access> acceptable;
    private AccessSource source;
    private String problem = "";
    private boolean looking;
    private volatile boolean good = true;

    /**
     * @param listener its name in the configuration
     * @param acceptable what this listener demands of those who write such files
     */
    AccessWatch(
            Vertx vertx,
            String listener,
            AccessSource source,
            HttpServer server,
            Gatekeeper gatekeeper,
            Predicate<Access> acceptable) {
        this.vertx = vertx;
        this.listener = listener;
        this.source = source;
        this.server = server;
        this.gatekeeper = gatekeeper;
        this.acceptable = acceptable;
    }

    /** From now on, until the Vert.x that it was made with ends. */
    void begin() {
        vertx.setPeriodic(PERIOD.toMillis(), tick -> {
            if (!looking) {
                looking = true;
                look().onComplete(end -> looking = false);
            }
        });
    }

    /** Whether the files were in order when they were last looked at. From any thread. */
    boolean good() {
        return good;
    }

    /** Other files say it from now on; what is wrong with them, if anything. */
    Future<Optional<String>> turnTo(AccessSource other) {
        source = other;
        return look();
    }

    /** Completes with what is wrong; then all is as it was. */
    Future<Optional<String>> look() {
        return vertx.executeBlocking(() -> Reading.of(source))
                .compose(this::take)
                .recover(error -> Future.succeededFuture(Optional.of(String.valueOf(error.getMessage()))))
                .onSuccess(this::tell);
    }

    private Future<Optional<String>> take(Reading reading) {
        Access next = reading.access();
        Access now = gatekeeper.access();
        if (next.equals(now)) {
            return Future.succeededFuture(Optional.empty());
        }
        if (next.tls().isPresent() != now.tls().isPresent()) {
            return Future.succeededFuture(Optional.of("TLS cannot be switched on or off without a restart"));
        }
        if (!acceptable.test(next)) {
            return Future.succeededFuture(Optional.of("nobody would have to show who they are"));
        }
        Future<Boolean> shown = next.tls().equals(now.tls())
                ? Future.succeededFuture(true)
                : server.updateSSLOptions(reading.options().orElseThrow(), true);
        return shown.map(done -> {
            gatekeeper.admits(next);
            log.atInfo().addKeyValue("listener", listener).log("certificates, users or headers are new and in force");
            return Optional.empty();
        });
    }

    /** The first time loudly, until it is another trouble or none. */
    private void tell(Optional<String> found) {
        good = found.isEmpty();
        String now = found.orElse("");
        if (!now.isEmpty() && !now.equals(problem)) {
            log.atError()
                    .addKeyValue("listener", listener)
                    .addKeyValue("err", now)
                    .log("certificates or users cannot be taken over; the old ones stay");
        } else if (now.isEmpty() && !problem.isEmpty()) {
            log.atInfo().addKeyValue("listener", listener).log("certificates and users are in order again");
        }
        problem = now;
    }

    /** What the files say, and certificates taken apart, which takes its time. */
    private record Reading(Access access, Optional<ServerSSLOptions> options) {
        static Reading of(AccessSource source) {
            Access access = source.read();
            return new Reading(access, access.tls().map(TlsMaterial::of));
        }
    }
}
