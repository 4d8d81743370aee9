package io.github.penagent.cluster.etcd;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/** The body of an answer, up to some length. */
final class Body {
    private final Buffer bytes = Buffer.buffer();
    private final Promise<Buffer> whole = Promise.promise();
    private final int max;

    private Body(int max) {
        this.max = max;
    }

    static Future<Buffer> whole(HttpClientResponse response, int max) {
        Body body = new Body(max);
        response.handler(body::add);
        response.endHandler(end -> body.whole.tryComplete(body.bytes));
        response.exceptionHandler(body.whole::tryFail);
        response.resume();
        return body.whole.future();
    }

    private void add(Buffer chunk) {
        if (bytes.length() + chunk.length() > max) {
            whole.tryFail(Fault.unanswered("answered more than " + max + " bytes"));
        } else {
            bytes.appendBuffer(chunk);
        }
    }
}
