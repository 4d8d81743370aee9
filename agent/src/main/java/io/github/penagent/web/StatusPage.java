package io.github.penagent.web;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The page for people, three files of our own. They hold no data: what the page shows comes from {@link LiveEvents} and becomes text,
 * never markup. Browsers ask each time whether there is a newer one, so that after an update nobody looks through an old page.
 */
final class StatusPage {
    /** Nothing but our own files, and no markup that says what to run or how to look. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private StatusPage() {}

    static void routes(Router router, LiveEvents events) {
        read(router, "/", file("page.html", "text/html; charset=utf-8"));
        read(router, "/page.css", file("page.css", "text/css; charset=utf-8"));
        read(router, "/page.js", file("page.js", "text/javascript; charset=utf-8"));
        read(router, "/api/v1/events", events::listen);
    }

    private static void read(Router router, String path, Handler<RoutingContext> handler) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
    }

    private static Handler<RoutingContext> file(String name, String type) {
        Buffer body = Buffer.buffer(bytes(name));
        String tag = '"' + digest(body.getBytes()) + '"';
        return context -> {
            HttpServerResponse response = context.response()
                    .putHeader("Content-Security-Policy", POLICY)
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .putHeader("Referrer-Policy", "no-referrer")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                    .putHeader(HttpHeaders.ETAG, tag);
            if (tag.equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
                response.setStatusCode(304).end();
                return;
            }
            response.putHeader(HttpHeaders.CONTENT_TYPE, type);
            if (HttpMethod.HEAD.equals(context.request().method())) {
                response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
                        .end();
            } else {
                response.end(body);
            }
        };
    }

    private static byte[] bytes(String name) {
        try (InputStream in = StatusPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JVM has SHA-256", e);
        }
    }
}
