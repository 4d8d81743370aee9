package io.github.penagent.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.health.Cause;
import io.github.penagent.health.Check;
import io.github.penagent.health.Pace;
import io.github.penagent.health.Question;
import io.github.penagent.health.Result;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;

/** The real examiner on a Vert.x of its own. */
final class Examination implements AutoCloseable {
    static final Duration PATIENT = Duration.ofSeconds(20);
    static final Duration SHORT = Duration.ofMillis(300);

    final Vertx vertx;
    final NetExaminer examiner;

    Examination() {
        this(Optional.empty());
    }

    Examination(Optional<KeyStore> authorities) {
        this(false, authorities);
    }

    /** Over Linux's own sockets rather than Java's, if so wished. */
    Examination(boolean epoll, Optional<KeyStore> authorities) {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(epoll));
        assertThat(vertx.isNativeTransportEnabled()).isEqualTo(epoll);
        examiner = new NetExaminer(vertx, Clock.systemUTC(), System::nanoTime, authorities);
    }

    Result of(Question question, String address, Duration timeout) {
        Result result = Objects.requireNonNull(begun(question, address, timeout).block(Duration.ofSeconds(60)));
        assertThat(result.message())
                .hasSizeLessThanOrEqualTo(Result.MAX_MESSAGE)
                .matches("[ -~]+");
        assertThat(result.endedNanos()).isGreaterThanOrEqualTo(result.startedNanos());
        return result;
    }

    Mono<Result> begun(Question question, String address, Duration timeout) {
        Pace pace = new Pace(Duration.ofSeconds(5), Duration.ofMillis(200), timeout, 3, 2);
        return examiner.examine(new Check("home", Set.of(), Set.of(), question, pace), address);
    }

    Result of(Question question, String address) {
        return of(question, address, PATIENT);
    }

    static Question.Http get(String body) {
        Optional<String> pattern = body.isEmpty() ? Optional.empty() : Optional.of(body);
        return new Question.Http(
                false,
                "GET",
                "/healthz?a=b",
                Optional.empty(),
                List.of(new Question.StatusRange(200, 399)),
                pattern,
                0);
    }

    static void assertBad(Result result, Cause cause, String message) {
        assertThat(result).isInstanceOfSatisfying(Result.Bad.class, bad -> {
            assertThat(bad.message()).contains(message);
            assertThat(bad.cause()).isEqualTo(cause);
        });
    }

    static void assertGood(Result result, String message) {
        assertThat(result).isInstanceOf(Result.Good.class);
        assertThat(result.message()).contains(message);
    }

    static void assertUnknown(Result result, String message) {
        assertThat(result).isInstanceOf(Result.Unknown.class);
        assertThat(result.message()).contains(message);
    }

    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
