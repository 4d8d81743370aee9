package io.github.penagent.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the status page is good for, and when it is not asked for. */
class HandStatusTest {
    private final TestPen pen;

    HandStatusTest(@TempDir Path folder) {
        pen = new TestPen(folder.resolve("audit.jsonl"));
        pen.page = true;
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0, 20700",
        "0, -12600",
        "0, 50400",
        "60, 0",
        "60, -34200",
        "-300, 3600",
        "-660, 0",
        "-660, 19800",
        "90000, 0"
    })
    void a_lease_is_confirmed_whatever_pens_clock_and_zone(long ahead, long zone) {
        pen.clockAhead = ahead;
        pen.zone = zone;
        Event.Done done = pen.done(pen.hand.carryOut(pen.eject(1)));
        assertThat(done.seen()).startsWith("the status page shows ");
        assertThat(done.outcome()).isEqualTo(WriteOutcome.CONFIRMED);
        assertThat(pen.done(pen.hand.carryOut(pen.release(1))).outcome()).isEqualTo(WriteOutcome.CONFIRMED);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 60, -60, 300, -660, 4_000})
    void after_a_write_of_our_own_pens_clock_is_known(long ahead) {
        pen.clockAhead = ahead;
        pen.zone = -12_600;
        pen.eject();
        pen.time.advanceTimeBy(Duration.ofSeconds(5));
        Event.StatusRead read = pen.result(pen.hand.status("web")).orElseThrow();
        assertThat(read.clockOffsetSeconds()).hasValue((double) ahead);
        assertThat(read.secondsLeft()).containsEntry(1, 15).containsOnlyKeys(0, 1, 2);
        assertThat(read.secondsLeft().get(0)).isNegative();
        assertThat(read.incarnation()).isEqualTo(1);
    }

    @Test
    void a_command_that_had_no_effect_is_contradicted() {
        pen.next("server 1", command -> "");
        Event.Done done = pen.done(pen.hand.carryOut(pen.eject(1)));
        assertThat(done.outcome()).isEqualTo(WriteOutcome.CONTRADICTED);
        assertThat(done.seen()).isEqualTo("the status page shows no blacklist");
        pen.eject();
        pen.next("server 1", command -> "");
        done = pen.done(pen.hand.carryOut(pen.release(1)));
        assertThat(done.outcome()).isEqualTo(WriteOutcome.CONTRADICTED);
        assertThat(done.seen()).isEqualTo("the status page shows 20 s left");
    }

    @Test
    void a_lost_reply_is_made_up_for_by_what_the_page_shows() {
        pen.next("server 1", command -> {
            pen.obey(command);
            return "!";
        });
        assertThat(pen.eject()).isEqualTo(WriteOutcome.CONFIRMED);
        pen.next("server 2", command -> "!");
        assertThat(pen.done(pen.hand.carryOut(pen.eject(2))).outcome()).isEqualTo(WriteOutcome.UNKNOWN);
    }

    @Test
    void somebody_elses_blacklist_is_reported() {
        pen.obey("server 2 blacklist 300");
        assertThat(pen.result(pen.hand.status("web")).orElseThrow().secondsLeft())
                .containsEntry(2, 300);
    }

    @Test
    void a_page_that_is_not_there_is_asked_for_once_per_run_and_ten_minutes() {
        pen.page = false;
        pen.eject();
        pen.eject();
        assertThat(pen.result(pen.hand.status("web"))).isEmpty();
        assertThat(pen.control.times("status")).isOne();
        pen.time.advanceTimeBy(Duration.ofSeconds(601));
        pen.eject();
        assertThat(pen.control.times("status")).isEqualTo(2);
        pen.restart(101);
        pen.incarnation = 2;
        pen.eject();
        assertThat(pen.control.times("status")).isEqualTo(3);
    }

    @Test
    void a_page_that_would_be_too_long_is_never_asked_for() {
        pen.rows = 300;
        assertThat(pen.eject()).isEqualTo(WriteOutcome.WRITTEN);
        assertThat(pen.result(pen.hand.status("web"))).isEmpty();
        assertThat(pen.control.times("status")).isZero();
    }

    @Test
    void a_page_that_took_too_long_is_not_asked_for_again_soon() {
        pen.control.takes(Duration.ofMillis(30), Duration.ofMillis(11));
        assertThat(pen.eject()).isEqualTo(WriteOutcome.CONFIRMED);
        assertThat(pen.eject()).isEqualTo(WriteOutcome.WRITTEN);
        assertThat(pen.control.times("status")).isOne();
    }

    @Test
    void the_share_of_pens_time_limits_it_further() {
        assertThat(new LoadAllowance(0.01, 20).allows(LoadAllowance.MOST_NANOS)).isTrue();
        assertThat(new LoadAllowance(0.5, 300).allows(LoadAllowance.MOST_NANOS + 1))
                .isFalse();
        assertThat(new LoadAllowance(0.0002, 20).allows(2_000_000)).isTrue();
        assertThat(new LoadAllowance(0.0002, 20).allows(2_000_001)).isFalse();
    }

    @Test
    void a_page_of_a_pen_that_restarts_meanwhile_says_nothing() {
        pen.next("status", command -> {
            pen.restart(101);
            return pen.obey(command);
        });
        assertThat(pen.result(pen.hand.status("web"))).isEmpty();
        pen.next("status", command -> {
            pen.incarnation = 2;
            return pen.obey(command);
        });
        assertThat(pen.result(pen.hand.status("web"))).isEmpty();
    }
}
