package io.github.penagent.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Event loops to run parts of the demo on, and a way to wait for what they promise. */
final class Loop implements AutoCloseable {
    private static final long LIMIT_SECONDS = 10;

    final Vertx vertx = Vertx.vertx();

    /** Runs {@code action} on some event loop and awaits its result. */
    <T> T run(Supplier<Future<T>> action) throws TimeoutException {
        CompletableFuture<T> result = new CompletableFuture<>();
        vertx.deployVerticle(
                        context -> action.get().onSuccess(result::complete).onFailure(result::completeExceptionally))
                .onFailure(result::completeExceptionally);
        try {
            return result.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
