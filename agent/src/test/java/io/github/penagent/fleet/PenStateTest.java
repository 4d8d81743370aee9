package io.github.penagent.fleet;

import static io.github.penagent.fleet.Samples.polled;
import static io.github.penagent.fleet.Samples.slots;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PenStateTest {
    private static final String A = "10.0.0.1:80";

    private final PenState up = PenState.unknown("web").next(polled("web", 1, 7, slots(A, 100, 100)));

    @Test
    void a_pen_that_was_never_asked_is_neither_up_nor_tried() {
        PenState unknown = PenState.unknown("web");

        assertThat(unknown.up()).isFalse();
        assertThat(unknown.tried()).isFalse();
        assertThat(unknown.reading()).isEmpty();
    }

    @Test
    void what_a_pen_said_is_absent_while_it_does_not_answer_and_back_when_it_does() {
        PenState down = up.next(Samples.failed("web", FailureReason.TIMEOUT));

        assertThat(down.up()).isFalse();
        assertThat(down.reading()).isEmpty();
        assertThat(down.last()).isPresent();
        assertThat(down.failure().map(Observation.Failed::reason)).contains(FailureReason.TIMEOUT);

        PenState back = down.next(polled("web", 9, 7, slots(A, 100, 100)));
        assertThat(back.reading()).isPresent();
        assertThat(back.failure()).isEmpty();
    }

    @Test
    void polls_failures_and_skips_are_counted_apart() {
        PenState state = up.next(Samples.failed("web", FailureReason.TIMEOUT))
                .next(Samples.failed("web", FailureReason.TIMEOUT))
                .next(Samples.failed("web", FailureReason.TOO_LARGE))
                .next(new Observation.Skipped("web", SkipReason.OVERLAP));

        assertThat(state.tally().polls()).isEqualTo(4);
        assertThat(state.tally().failures())
                .hasSize(FailureReason.values().length)
                .containsEntry(FailureReason.TIMEOUT, 2L)
                .containsEntry(FailureReason.TOO_LARGE, 1L)
                .containsEntry(FailureReason.RESET, 0L);
        assertThat(state.tally().skips())
                .containsEntry(SkipReason.OVERLAP, 1L)
                .containsEntry(SkipReason.LOAD_BUDGET, 0L);
    }

    @Test
    void settings_and_clients_stay_until_read_again() {
        PenSettings settings =
                new PenSettings("80", "8888", "no hash", OptionalInt.of(500), OptionalInt.of(2048), OptionalInt.of(30));
        Clients clients = new Clients(3, 2, List.of(), 0);
        PenState state = up.next(new Observation.SettingsRead("web", settings))
                .next(new Observation.ClientsRead("web", clients))
                .next(polled("web", 2, 7, slots(A, 100, 100)));

        assertThat(state.reading().flatMap(Reading::settings)).contains(settings);
        assertThat(state.reading().flatMap(Reading::clients)).contains(clients);
    }

    @Test
    void a_reading_is_doubted_exactly_when_it_could_come_from_another_process() {
        assertThat(up.doubts(slots(A, 100, 100))).isFalse();
        assertThat(up.doubts(slots(A, 101, 100))).isFalse();
        assertThat(up.doubts(slots(A, 99, 100))).as("count fell").isTrue();
        assertThat(up.doubts(slots(A, 100, 99))).as("count fell").isTrue();
        assertThat(up.doubts(slots("10.0.0.9:80", 100, 100)))
                .as("address changed")
                .isTrue();
        assertThat(up.doubts(slots(A, 100, 100, A, 0, 0))).as("slots changed").isTrue();
        assertThat(up.next(Samples.failed("web", FailureReason.RESET)).doubts(slots(A, 100, 100)))
                .as("first answer after a failure")
                .isTrue();
        assertThat(PenState.unknown("web").doubts(slots(A, 100, 100)))
                .as("first answer")
                .isTrue();
    }

    @Test
    void the_fleet_tells_of_each_change_and_knows_when_all_were_tried() {
        List<PenState> told = new ArrayList<>();
        Fleet fleet = new Fleet(List.of("web", "mail"), told::add);
        assertThat(told).extracting(PenState::name).containsExactly("web", "mail");
        assertThat(fleet.allTried()).isFalse();

        fleet.accept(polled("web", 1, 7, slots(A, 1, 1)));
        assertThat(fleet.allTried()).isFalse();
        fleet.accept(Samples.failed("mail", FailureReason.CONNECT));

        assertThat(fleet.allTried()).isTrue();
        assertThat(told).hasSize(4);
        assertThat(fleet.states()).extracting(PenState::name).containsExactly("web", "mail");
        assertThat(fleet.find("nobody")).isEqualTo(Optional.empty());
    }
}
