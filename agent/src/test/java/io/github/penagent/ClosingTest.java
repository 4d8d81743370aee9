package io.github.penagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ClosingTest {
    private final Closing closing = new Closing(Duration.ofMillis(100));

    @Test
    void closing_nothing_is_in_order() {
        assertThat(closing.close()).isTrue();
    }

    @Test
    void what_runs_is_closed() {
        AtomicInteger closed = new AtomicInteger();
        closing.holds(new Closes(closed::incrementAndGet));

        assertThat(closing.close()).isTrue();
        assertThat(closed).hasValue(1);
    }

    @Test
    void what_cannot_be_closed_is_left_after_the_limit() {
        CountDownLatch never = new CountDownLatch(1);
        closing.holds(new Closes(() -> await(never)));

        assertThat(closing.close()).isFalse();
    }

    @Test
    void an_error_while_closing_is_not_in_order() {
        closing.holds(new Closes(() -> {
            throw new IllegalStateException("a bug");
        }));

        assertThat(closing.close()).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
