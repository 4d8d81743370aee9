package io.github.penagent.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.health.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WitnessesTest {
    private final Probed network = new Probed();
    private final List<Boolean> reports = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();

    @Test
    void one_that_answers_or_refuses_is_enough() {
        network.bad.put("a:1", Cause.SILENT);
        network.bad.put("b:1", Cause.REFUSED);
        run("a:1", "b:1");

        assertThat(reports).containsOnly(true).hasSize(5);
    }

    @Test
    void silence_of_all_means_that_we_are_cut_off_and_is_reported_when_the_last_was_waited_for() {
        network.takes = address -> Duration.ofMillis(address.startsWith("a") ? 1500 : 1);
        network.bad.put("a:1", Cause.SILENT);
        network.troubled = true;
        run("a:1", "b:1");

        assertThat(reports).containsOnly(false);
        assertThat(times.get(0)).isEqualTo(1500);
        assertThat(times.get(1)).isEqualTo(3500);
    }

    @Test
    void without_witnesses_nothing_is_ever_said() {
        run();

        assertThat(reports).isEmpty();
    }

    private void run(String... addresses) {
        new Witnesses(
                        List.of(addresses),
                        network,
                        network.time,
                        () -> network.time.now(TimeUnit.NANOSECONDS),
                        (any, nanos) -> {
                            reports.add(any);
                            times.add(TimeUnit.NANOSECONDS.toMillis(nanos));
                        })
                .run()
                .subscribe();
        network.pass(Duration.ofMillis(9_900));
    }
}
