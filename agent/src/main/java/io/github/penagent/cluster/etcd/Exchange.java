package io.github.penagent.cluster.etcd;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import org.jspecify.annotations.Nullable;

/** One request on its way, which can be given up at any time. */
final class Exchange {
    private @Nullable HttpClientRequest request;
    private boolean over;

    Future<HttpClientResponse> response(HttpClient client, RequestOptions options, Buffer body) {
        // A client that is closed throws instead.
        return Future.succeededFuture(options).compose(client::request).compose(begun -> {
            request = begun;
            if (over) {
                end();
            }
            // Whoever waits for the response or its end is told there.
            begun.exceptionHandler(e -> {});
            // Stopped until somebody reads it: nothing of it is lost on the way there.
            return begun.send(body).onSuccess(HttpClientResponse::pause);
        });
    }

    /** What did not happen, for messages. */
    String stage() {
        return request == null ? "no connection" : "no answer";
    }

    /** Closes the connection, unless all was read. */
    void end() {
        over = true;
        if (request != null) {
            request.reset();
        }
    }
}
