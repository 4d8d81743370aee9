package io.github.penagent.health;

import static io.github.penagent.fleet.Samples.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.fleet.Slots;
import org.junit.jupiter.api.Test;

/** Slot 0 is looked at, slot 1 is its peer; a window lasts a second unless said otherwise. */
class TrafficTest {
    private static final PassiveSettings PASSIVE = new PassiveSettings(true, 3, 1_000);
    private static final boolean HERE = false;
    private static final boolean ABSENT = true;

    private final long[] sent = {0, 0};
    private final long[] received = {0, 0};
    private String address = "10.0.0.1:80";
    private int connections = 1;
    private Slots before = slots();
    private Traffic traffic = Traffic.NONE;
    private long now;

    @Test
    void a_backend_that_was_not_seen_to_answer_in_three_windows_cannot_have_stopped() {
        windows(2, 100, 100);
        windows(60, 0, 100);
        assertThat(traffic.silent(now)).isFalse();

        windows(1, 100, 100);
        windows(200, 0, 100);
        assertThat(traffic.silent(now)).isTrue();
    }

    @Test
    void it_is_silent_only_after_clearly_longer_than_any_pause_while_others_answered() {
        windows(3, 100, 100);
        windows(9, 0, 100);
        windows(1, 100, 100);
        windows(14, 0, 100);
        assertThat(traffic.silent(now)).as("it paused for 10 s before").isFalse();
        windows(2, 0, 100);
        assertThat(traffic.silent(now)).isTrue();
    }

    @Test
    void silence_of_all_says_nothing_of_one() {
        windows(5, 100, 100);
        windows(100, 0, 0);
        assertThat(traffic.silent(now)).isFalse();
        assertThat(traffic.shareOfPeers()).isNaN();
        windows(1, 0, 100);
        assertThat(traffic.silent(now)).as("one window is not enough").isFalse();
        windows(1, 0, 100);
        assertThat(traffic.silent(now)).isTrue();
    }

    @Test
    void being_kept_out_is_no_habit() {
        windows(5, 100, 100);
        for (int i = 0; i < 60; i++) {
            window(0, 100, ABSENT);
        }
        windows(1, 0, 100);
        windows(1, 100, 100);
        assertThat(traffic.pauseNanos()).isLessThanOrEqualTo(2 * SECOND);
        windows(5, 0, 100);
        assertThat(traffic.silent(now))
                .as("a minute out of service is not what it takes")
                .isTrue();
    }

    @Test
    void what_still_comes_from_one_that_is_kept_out_teaches_nothing() {
        windows(5, 100, 100);
        long pause = traffic.pauseNanos();
        windows(20, 0, 100);
        window(100, 100, ABSENT);

        assertThat(traffic.pauseNanos()).isEqualTo(pause);
    }

    @Test
    void a_long_pause_is_forgotten_in_time() {
        windows(3, 100, 100);
        windows(60, 0, 100);
        windows(1, 100, 100);
        assertThat(traffic.pauseNanos()).isEqualTo(61 * SECOND);
        windows(1_000, 100, 100);

        assertThat(traffic.pauseNanos()).isEqualTo(SECOND);
    }

    @Test
    void it_carries_as_long_as_it_is_not_silent_for_longer_than_usual() {
        assertThat(traffic.carries(now)).isFalse();
        windows(3, 100, 100);
        assertThat(traffic.carries(now + SECOND)).isTrue();
        assertThat(traffic.carries(now + 2 * SECOND)).isFalse();
    }

    @Test
    void its_share_is_that_of_another_backend_that_moved() {
        windows(1, 50, 200);
        assertThat(traffic.shareOfPeers()).isEqualTo(0.25);
        windows(1, 0, 200);
        assertThat(traffic.shareOfPeers()).isZero();
        windows(1, 50, 0);
        assertThat(traffic.shareOfPeers()).isNaN();
    }

    @Test
    void one_that_is_fed_and_returns_nothing_in_so_many_windows_in_a_row_is_suspicious() {
        windows(3, 100, 100);
        feed(2);
        assertThat(traffic.suspicious(PASSIVE)).isFalse();
        feed(1);
        assertThat(traffic.swallowed()).isEqualTo(3);
        assertThat(traffic.suspicious(PASSIVE)).isTrue();
        assertThat(traffic.suspicious(new PassiveSettings(false, 3, 1_000))).isFalse();

        windows(1, 0, 100);
        assertThat(traffic.swallowed()).as("it was sent little").isZero();
        feed(3);
        windows(1, 1, 100);
        assertThat(traffic.suspicious(PASSIVE)).as("it answered").isFalse();
    }

    @Test
    void one_without_connections_swallows_nothing() {
        windows(3, 100, 100);
        connections = 0;
        feed(5);

        assertThat(traffic.suspicious(PASSIVE)).isFalse();
    }

    @Test
    void one_that_is_full_and_returns_nothing_is_stuck() {
        windows(3, 100, 100);
        connections = 20;
        windows(3, 0, 100);
        assertThat(traffic.stuck()).isEqualTo(3);
        assertThat(traffic.suspicious(PASSIVE)).isTrue();
        windows(1, 1, 100);
        assertThat(traffic.stuck()).as("full and busy is not stuck").isZero();
    }

    @Test
    void counts_that_go_back_are_no_movement() {
        windows(3, 100, 100);
        received[0] = 0;
        window(0, 100, HERE);

        assertThat(traffic.moved()).isFalse();
        assertThat(traffic.shareOfPeers()).isZero();
    }

    @Test
    void a_slot_with_another_backend_begins_anew() {
        windows(5, 100, 100);
        address = "10.0.0.9:80";
        windows(1, 100, 100);
        assertThat(traffic).isEqualTo(Traffic.NONE);
        windows(2, 100, 100);
        windows(60, 0, 100);

        assertThat(traffic.silent(now)).isFalse();
    }

    @Test
    void a_slot_that_the_first_reading_did_not_have_says_nothing_yet() {
        Slots one = Slots.builder(1).traffic(0, "10.0.0.2:80", 0, 0).build();
        Slots two = Slots.builder(2)
                .traffic(0, "10.0.0.2:80", 0, 100)
                .traffic(1, "10.0.0.1:80", 0, 100)
                .build();

        assertThat(traffic.next(new TrafficWindow(one, two, 0, SECOND), 1, HERE, PASSIVE))
                .isEqualTo(Traffic.NONE);
    }

    private void feed(int count) {
        for (int i = 0; i < count; i++) {
            sent[0] += 1_000;
            window(0, 100, HERE);
        }
    }

    private void windows(int count, long own, long peers) {
        for (int i = 0; i < count; i++) {
            window(own, peers, HERE);
        }
    }

    private void window(long own, long peers, boolean absent) {
        received[0] += own;
        received[1] += peers;
        Slots after = slots();
        traffic = traffic.next(new TrafficWindow(before, after, now, now + SECOND), 0, absent, PASSIVE);
        before = after;
        now += SECOND;
    }

    private Slots slots() {
        return Slots.builder(2)
                .traffic(0, address, sent[0], received[0])
                .gauges(0, connections, 0, 20, 1, Slots.ABSENT)
                .traffic(1, "10.0.0.2:80", sent[1], received[1])
                .gauges(1, 1, 0, 20, 1, Slots.ABSENT)
                .build();
    }
}
