package io.github.penagent.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.fleet.FailureReason;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Samples;
import io.github.penagent.health.Cause;
import io.github.penagent.health.Check;
import io.github.penagent.health.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

class DataPlaneTest {
    private static final String LISTEN = "10.0.0.100:80";
    private static final Check BANNER = new Check("banner", Set.of("web"), Set.of(), new Question.Smtp(), Probed.PACE);

    private final Probed network = new Probed();
    private final List<Optional<Boolean>> said = new ArrayList<>();
    private final List<String> own = new ArrayList<>();
    private boolean troubled;
    private PenState pen = PenState.unknown("web");
    private long bytes = 100;

    @Test
    void a_pen_whose_counters_move_is_never_sent_a_request() {
        watch(BANNER);
        for (int i = 0; i < 60; i++) {
            bytes++;
            poll();
        }

        assertThat(network.asked).isEmpty();
        assertThat(said).containsExactly(Optional.of(true));
    }

    @Test
    void a_silent_pen_gets_one_request_in_ten_seconds_at_its_own_address() {
        watch(Probed.TCP, BANNER);
        polls(62);

        assertThat(network.asked).extracting(Probed.Asked::address).containsOnly(LISTEN);
        assertThat(network.asked)
                .extracting(Probed.Asked::check)
                .as("a bare connect shows nothing")
                .containsOnly("banner");
        List<Long> times = network.timesOf(LISTEN);
        assertThat(times).hasSizeBetween(6, 7);
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isGreaterThanOrEqualTo(10_000);
        }
        assertThat(said).containsExactly(Optional.of(true));
        assertThat(own).hasSameSizeAs(times).containsOnly("web");
    }

    @Test
    void nothing_is_sent_through_a_pen_with_a_backend_that_fails() {
        troubled = true;
        watch(BANNER);
        polls(60);
        assertThat(network.asked).isEmpty();

        troubled = false;
        polls(1);
        assertThat(network.asked).hasSize(1);
    }

    @Test
    void a_pen_whose_checks_only_connect_gets_none() {
        watch(Probed.TCP);
        polls(30);

        assertThat(network.asked).isEmpty();
    }

    @Test
    void the_check_of_another_pen_is_not_used() {
        watch(new Check("mail", Set.of("mail"), Set.of(), new Question.Smtp(), Probed.PACE));
        polls(30);

        assertThat(network.asked).isEmpty();
    }

    @Test
    void a_pen_whose_clients_address_is_not_known_is_told_only_by_what_moves() {
        watch(Map.of(), BANNER);
        polls(30);
        assertThat(network.asked).isEmpty();
        assertThat(said).isEmpty();

        bytes++;
        poll();
        assertThat(said).containsExactly(Optional.of(true));
        polls(40);
        assertThat(said).as("it lapses").containsExactly(Optional.of(true), Optional.empty());
    }

    @Test
    void a_pen_that_stays_silent_is_said_again_with_every_poll_as_one_rescue_may_not_do() {
        network.bad.put(LISTEN, Cause.SILENT);
        watch(BANNER);
        polls(8);
        assertThat(said).as("one may be lost").isEmpty();
        polls(8);
        int before = said.size();
        polls(5);

        assertThat(said).hasSizeGreaterThanOrEqualTo(before + 5).containsOnly(Optional.of(false));
        assertThat(own).as("it may have been let in").hasSameSizeAs(network.asked);
    }

    @Test
    void a_refused_request_is_nobodys_connection() {
        network.bad.put(LISTEN, Cause.REFUSED);
        watch(BANNER);
        polls(3);

        assertThat(said).isNotEmpty().containsOnly(Optional.of(false));
        assertThat(own).isEmpty();
    }

    @Test
    void a_request_that_could_not_be_made_says_nothing() {
        network.troubled = true;
        watch(BANNER);
        polls(60);

        assertThat(network.asked).isNotEmpty();
        assertThat(said).isEmpty();
        assertThat(own).isEmpty();
    }

    @Test
    void when_pen_cannot_be_read_any_more_the_verdict_goes_away() {
        watch(BANNER);
        polls(3);
        assertThat(said).containsExactly(Optional.of(true));
        fail();
        fail();

        assertThat(said).containsExactly(Optional.of(true), Optional.empty());
    }

    @Test
    void an_answer_that_comes_when_pen_is_gone_brings_no_verdict() {
        network.takes = address -> Duration.ofMillis(1_500);
        watch(BANNER);
        polls(2);
        assertThat(network.open).isOne();
        fail();
        fail();

        assertThat(network.open).isZero();
        assertThat(said).isEmpty();
        assertThat(own).as("it counts as ours all the same").containsExactly("web");
    }

    @Test
    void nothing_is_sent_after_the_end() {
        Disposable running = watch(BANNER);
        polls(3);
        running.dispose();
        int before = network.asked.size();
        polls(30);

        assertThat(network.asked).hasSize(before);
    }

    private Disposable watch(Check... checks) {
        return watch(Map.of("web", LISTEN), checks);
    }

    private DataPlane plane = plane(Map.of());

    private Disposable watch(Map<String, String> listens, Check... checks) {
        plane = plane(listens, checks);
        return plane.run().subscribe();
    }

    private DataPlane plane(Map<String, String> listens, Check... checks) {
        DataPlane.Listener listener = new DataPlane.Listener() {
            @Override
            public void forwards(String name, Optional<Boolean> forwards) {
                said.add(forwards);
            }

            @Override
            public void asked(String name) {
                own.add(name);
            }
        };
        return new DataPlane(List.of(checks), listens, network, network.time, this::nanos, state -> troubled, listener);
    }

    private void polls(int count) {
        for (int i = 0; i < count; i++) {
            poll();
        }
    }

    private void poll() {
        long second = network.millis() / 1_000;
        tell(pen.next(Samples.polled("web", second, 7, Samples.slots("10.0.0.1:80", bytes, bytes))));
    }

    private void fail() {
        tell(pen.next(Samples.failed("web", FailureReason.TIMEOUT)));
    }

    private void tell(PenState next) {
        pen = next;
        plane.polled(pen);
        network.pass(Duration.ofSeconds(1));
    }

    private long nanos() {
        return network.time.now(TimeUnit.NANOSECONDS);
    }
}
