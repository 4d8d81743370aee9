package io.github.penagent.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DecisionLogTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    private final DecisionLog log = new DecisionLog();

    @Test
    void nothing_was_decided_at_first() {
        assertThat(log.newestFirst()).isEmpty();
        log.outcome(1, WriteOutcome.CONFIRMED, "seen");
        assertThat(log.newestFirst()).isEmpty();
    }

    @Test
    void the_newest_comes_first_and_the_oldest_make_room() {
        for (long id = 1; id <= DecisionLog.CAPACITY + 5; id++) {
            log.add(Decisions.withId(id), AT.plusSeconds(id));
        }

        List<DecisionLog.Entry> kept = log.newestFirst();

        assertThat(kept).hasSize(DecisionLog.CAPACITY);
        assertThat(kept)
                .extracting(entry -> entry.decision().id())
                .startsWith(1005L, 1004L)
                .endsWith(7L, 6L);
        assertThat(kept.get(0).at()).isEqualTo(AT.plusSeconds(1005));
    }

    @Test
    void what_became_of_a_decision_is_told_with_it_and_with_no_other() {
        log.add(Decisions.withId(3), AT);
        log.add(Decisions.withId(4), AT);

        log.outcome(3, WriteOutcome.CONFIRMED, "blacklisted for 20 s");

        List<DecisionLog.Entry> kept = log.newestFirst();
        assertThat(kept.get(0).end()).isEmpty();
        assertThat(kept.get(1).end()).contains(new DecisionLog.End(WriteOutcome.CONFIRMED, "blacklisted for 20 s"));
        assertThat(kept.get(1).at()).isEqualTo(AT);
    }

    @Test
    void an_outcome_that_comes_after_its_decision_made_room_changes_nothing() {
        for (long id = 1; id <= DecisionLog.CAPACITY + 1; id++) {
            log.add(Decisions.withId(id), AT);
        }

        log.outcome(1, WriteOutcome.CONFIRMED, "late");

        assertThat(log.newestFirst()).allMatch(entry -> entry.end().isEmpty());
    }

    @Test
    void a_list_that_was_handed_out_does_not_change_any_more() {
        log.add(Decisions.withId(1), AT);
        List<DecisionLog.Entry> before = log.newestFirst();

        log.outcome(1, WriteOutcome.UNKNOWN, "no answer");
        log.add(Decisions.withId(2), AT);

        assertThat(before).hasSize(1).allMatch(entry -> entry.end().isEmpty());
    }

    @Test
    void none_is_lost_when_several_threads_add_at_once() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(t -> new Thread(() -> {
                    await(go);
                    for (int i = 0; i < 200; i++) {
                        log.add(Decisions.withId(t * 1000L + i), AT);
                        log.outcome(t * 1000L + i, WriteOutcome.WRITTEN, "sent");
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(log.newestFirst()).hasSize(800).allMatch(entry -> entry.end().isPresent());
        assertThat(log.newestFirst()).extracting(entry -> entry.decision().id()).doesNotHaveDuplicates();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
