package io.github.penagent.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndsOfPollsTest {
    private static final Observation POLLED = Samples.polled("web", 1, 7, Samples.slots("10.0.0.1:80", 1, 2));

    private final EndsOfPolls ends = new EndsOfPolls();
    private PenState web = PenState.unknown("web").next(POLLED);

    @Test
    void one_poll_is_one_end_however_often_the_pens_state_changes() {
        assertThat(ends.isOne(web)).isTrue();

        web = web.next(new Observation.Skipped("web", SkipReason.OVERLAP));
        assertThat(ends.isOne(web)).isFalse();
        web = web.next(new Observation.Forwards("web", Optional.of(true)));
        assertThat(ends.isOne(web)).isFalse();

        web = web.next(POLLED);
        assertThat(ends.isOne(web)).isTrue();
    }

    @Test
    void a_poll_that_failed_has_ended_too() {
        ends.isOne(web);

        assertThat(ends.isOne(web.next(Samples.failed("web", FailureReason.TIMEOUT))))
                .isTrue();
    }

    @Test
    void each_pen_is_told_by_itself() {
        ends.isOne(web);

        assertThat(ends.isOne(PenState.unknown("mail").next(Samples.failed("mail", FailureReason.TIMEOUT))))
                .isTrue();
        assertThat(ends.isOne(web)).isFalse();
    }
}
