package io.github.penagent.web;

import io.github.bucket4j.Bucket;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands before everything that can be read: no bodies, the rate, who asks, and room for the answer. For one event loop.
 */
final class ReadGate implements Handler<HttpServerRequest> {
    private static final Logger log = LoggerFactory.getLogger(ReadGate.class);
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final String PLAIN = "text/plain; charset=utf-8";

    /** For a client that still sends to see the answer. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Gatekeeper gatekeeper;
    private final Visitors visitors;
    private final Outbox outbox;
    private final Handler<HttpServerRequest> routes;
    private final Loudness strangers = new Loudness(log);
    private Optional<RequestRate> rate = Optional.empty();
    private @Nullable Bucket bucket;

    ReadGate(Vertx vertx, Gatekeeper gatekeeper, Visitors visitors, Outbox outbox, Handler<HttpServerRequest> routes) {
        this.vertx = vertx;
        this.gatekeeper = gatekeeper;
        this.visitors = visitors;
        this.outbox = outbox;
        this.routes = routes;
    }

    @Override
    public void handle(HttpServerRequest request) {
        visitors.begins(request.connection());
        HttpServerResponse response = request.response();
        response.endHandler(end -> visitors.rests(request.connection()));
        SecurityHeaders.on(response, gatekeeper.access());
        boolean body = announcesBody(request);
        if (body) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            vertx.setTimer(LAST_WORDS.toMillis(), late -> Severing.close(request.connection()));
        }
        if (body && READS.contains(request.method())) {
            end(request, 413, "nothing here takes a body");
        } else if (!mayAsk()) {
            end(request, 429, "too many requests");
        } else {
            gatekeeper.who(request).onComplete(who -> {
                if (who.failed()) {
                    response.putHeader(HttpHeaders.RETRY_AFTER, "1");
                    end(request, 503, "too busy");
                } else if (who.result().isEmpty()) {
                    refuse(request);
                } else {
                    outbox.whenRoom(request, () -> routes.handle(request), () -> late(request));
                }
            });
        }
    }

    private static boolean announcesBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null || (length != null && !length.equals("0"));
    }

    private boolean mayAsk() {
        Optional<RequestRate> now = gatekeeper.access().rate();
        if (!now.equals(rate)) {
            rate = now;
            bucket = now.map(RequestRate::bucket).orElse(null);
        }
        return bucket == null || bucket.tryConsume(1);
    }

    private void refuse(HttpServerRequest request) {
        strangers
                .level(System.nanoTime())
                .addKeyValue("client", request.remoteAddress())
                .log("refused: no user's name and password, or wrong ones");
        gatekeeper.challenge().ifPresent(how -> request.response().putHeader("WWW-Authenticate", how));
        end(request, 401, "Unauthorized");
    }

    private static void late(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
        end(request, 503, "too many answers are under way");
    }

    private static void end(HttpServerRequest request, int status, String words) {
        if (!request.response().ended() && !request.response().closed()) {
            request.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, PLAIN);
            request.response().end(words + "\n");
        }
    }
}
