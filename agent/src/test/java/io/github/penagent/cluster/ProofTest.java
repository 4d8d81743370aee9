package io.github.penagent.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProofTest {
    private long nanos = Long.MAX_VALUE - 5;
    private Instant wall = Instant.parse("2026-01-31T12:00:00Z");
    private final Proof proof = new Proof(Duration.ofSeconds(10), () -> nanos, () -> wall);

    private void pass(Duration time) {
        nanos += time.toNanos();
        wall = wall.plus(time);
    }

    @Test
    void there_is_none_before_the_first_answer() {
        Runnable proven = proof.begin();
        assertThat(proof.holds()).isFalse();
        proven.run();
        assertThat(proof.holds()).isTrue();
    }

    @Test
    void it_counts_from_when_the_renewal_was_sent_and_ends_a_margin_before_the_lease() {
        Runnable proven = proof.begin();
        pass(Duration.ofSeconds(3));
        proven.run();

        pass(Duration.ofMillis(4_999));
        assertThat(proof.holds()).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(proof.holds()).isFalse();
    }

    @Test
    void a_machine_that_was_suspended_has_none_although_its_clock_stood_still() {
        proof.begin().run();
        wall = wall.plusSeconds(60);
        assertThat(proof.holds()).isFalse();
    }

    @Test
    void a_time_of_day_that_is_set_back_lengthens_nothing() {
        proof.begin().run();
        wall = wall.minusSeconds(3_600);
        nanos += Duration.ofSeconds(8).toNanos();
        assertThat(proof.holds()).isFalse();
    }

    @Test
    void the_margin_of_a_short_lease_is_a_second() {
        Proof shorter = new Proof(Duration.ofSeconds(3), () -> nanos, () -> wall);
        shorter.begin().run();
        pass(Duration.ofMillis(1_999));
        assertThat(shorter.holds()).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(shorter.holds()).isFalse();
    }

    @Test
    void it_is_over_at_once_when_the_lease_is() {
        proof.begin().run();
        proof.end();
        assertThat(proof.holds()).isFalse();
    }
}
