package io.github.penagent.cluster.etcd;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.util.Optional;

/** Questions to one member at a time; on the event loop alone. */
final class Http {
    /** Of one answer; a page of a listing is far below. */
    static final int MAX_ANSWER = 8 * 1024 * 1024;

    /** To one member: some transactions, a renewal that must not wait for them, and a watch. */
    private static final int CONNECTIONS = 16;

    private final Vertx vertx;
    private final HttpClient client;

    Http(Vertx vertx, EtcdSettings settings) {
        this.vertx = vertx;
        client = vertx.createHttpClient(options(settings), new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    }

    private static HttpClientOptions options(EtcdSettings settings) {
        HttpClientOptions options = new HttpClientOptions();
        if (settings.endpoints().stream().anyMatch(Http::isSecure)) {
            options.setSsl(true);
            settings.tls()
                    .authorities()
                    .ifPresent(pem -> options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(pem))));
            settings.tls()
                    .identity()
                    .ifPresent(own -> options.setKeyCertOptions(new PemKeyCertOptions()
                            .addCertValue(Buffer.buffer(own.certificate()))
                            .addKeyValue(Buffer.buffer(own.key().reveal()))));
        }
        return options;
    }

    private static boolean isSecure(URI member) {
        return member.getScheme().equals("https");
    }

    /** Asks for one answer, whole; fails with a {@link Fault}. */
    Future<Answer> ask(URI member, Call call, Optional<String> token, Deadline until) {
        Exchange exchange = new Exchange();
        Promise<Answer> promise = Promise.promise();
        exchange.response(
                        client, request(member, call, token, until), call.body().toBuffer())
                .compose(response ->
                        Body.whole(response, MAX_ANSWER).map(body -> Answer.read(response.statusCode(), body)))
                .onComplete(promise::tryComplete, promise::tryFail);
        return within(until, promise, exchange).onFailure(e -> exchange.end());
    }

    /** Asks for an answer without an end, line by line; completes when the first line says that it has begun. */
    Future<Stream> follow(URI member, Call call, Optional<String> token, Deadline until) {
        Exchange exchange = new Exchange();
        Promise<Stream> promise = Promise.promise();
        exchange.response(
                        client, request(member, call, token, until), call.body().toBuffer())
                .onComplete(response -> new Stream(exchange, promise).read(response), promise::tryFail);
        return within(until, promise, exchange).onFailure(e -> exchange.end());
    }

    private <T> Future<T> within(Deadline until, Promise<T> promise, Exchange exchange) {
        long limit = until.leftMillis();
        long timer = vertx.setTimer(
                limit, id -> promise.tryFail(Fault.unanswered(exchange.stage() + " within " + limit + " ms")));
        return promise.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private static RequestOptions request(URI member, Call call, Optional<String> token, Deadline until) {
        String host = member.getHost();
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
                .setPort(member.getPort())
                .setSsl(isSecure(member))
                .setURI("/v3/" + call.path())
                .setConnectTimeout(until.leftMillis())
                .putHeader("Content-Type", "application/json")
                // A member that is cut off from the others ends a watch instead of keeping it in the dark.
                .putHeader("Grpc-Metadata-hasleader", "true");
        token.ifPresent(word -> request.putHeader("Authorization", word));
        return request;
    }
}
