package io.github.penagent.fleet;

import static io.github.penagent.fleet.Samples.polled;
import static io.github.penagent.fleet.Samples.slots;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FleetTest {
    private static final int THREADS = 4;
    private static final int EACH = 2_000;

    @Test
    void nothing_is_lost_when_several_threads_learn_of_one_pen() throws Exception {
        List<PenState> told = new CopyOnWriteArrayList<>();
        List<Long> seen = new ArrayList<>();
        Fleet fleet = new Fleet(List.of("web", "mail"), state -> {
            if (state.name().equals("web")) {
                seen.add(skips(state));
                if (skips(state) % EACH == 0) {
                    told.add(state);
                }
            }
        });
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Long>> work = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                work.add(() -> skip(fleet));
            }
            for (Future<Long> done : threads.invokeAll(work)) {
                assertThat(done.get(10, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(EACH);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(skips(fleet.state("web"))).isEqualTo(THREADS * EACH);
        assertThat(skips(fleet.state("mail"))).isEqualTo(THREADS * EACH);
        assertThat(told).hasSize(THREADS + 1);
        assertThat(seen).as("each state is told once, in order").isSorted().doesNotHaveDuplicates();
    }

    @Test
    void pens_that_stay_go_on_and_others_are_forgotten_whoever_still_speaks_of_them() {
        List<String> told = new ArrayList<>();
        Fleet fleet = new Fleet(List.of("web", "mail"), new Fleet.Listener() {
            @Override
            public void changed(PenState pen) {
                told.add(pen.name() + " " + skips(pen));
            }

            @Override
            public void gone(String pen) {
                told.add(pen + " gone");
            }
        });
        fleet.accept(new Observation.Skipped("web", SkipReason.OVERLAP));
        fleet.accept(new Observation.Skipped("mail", SkipReason.OVERLAP));
        told.clear();

        fleet.watch(List.of("api", "web"));
        assertThat(fleet.accept(new Observation.Skipped("mail", SkipReason.OVERLAP)))
                .satisfies(pen -> assertThat(skips(pen)).isZero());
        assertThat(told).containsExactly("api 0", "mail gone");
        assertThat(fleet.states()).extracting(PenState::name).containsExactly("api", "web");
        assertThat(skips(fleet.state("web"))).isOne();
        assertThat(fleet.find("mail")).isEmpty();

        fleet.watch(List.of("mail"));
        assertThat(skips(fleet.state("mail"))).as("begins anew").isZero();
    }

    @Test
    void what_was_counted_of_a_pen_that_others_watch_meanwhile_goes_on_when_it_is_back() {
        Fleet fleet = new Fleet(List.of("web", "mail"), state -> {});
        fleet.accept(new Observation.Skipped("mail", SkipReason.OVERLAP));
        fleet.accept(polled("mail", 1, 7, slots("10.0.0.1:25", 100, 100)));
        Past handed = new Past(OptionalInt.of(7), 3, 50, 9, List.of());

        fleet.watch(List.of("web"), Set.of("mail"), pen -> Optional.empty());
        assertThat(fleet.find("mail")).isEmpty();
        assertThat(fleet.past("mail")).map(Past::processId).contains(OptionalInt.of(7));
        fleet.watch(List.of("web", "mail"), Set.of(), pen -> Optional.of(handed));

        PenState back = fleet.state("mail");
        assertThat(back.tried()).isFalse();
        assertThat(back.up()).isFalse();
        assertThat(skips(back)).isOne();
        assertThat(back.tally().polls()).isOne();
        assertThat(back.past()).isEqualTo(handed);
    }

    @Test
    void nobody_remembers_a_pen_that_is_configured_no_more() {
        Fleet fleet = new Fleet(List.of("web", "mail"), state -> {});
        fleet.watch(List.of("web"), Set.of("mail"), pen -> Optional.empty());
        fleet.watch(List.of("web"), Set.of(), pen -> Optional.empty());

        assertThat(fleet.past("mail")).isEmpty();
    }

    @Test
    void checks_of_a_pen_that_another_agent_had_for_a_while_are_counted_on() {
        Fleet fleet = new Fleet(List.of("web"), state -> {});
        fleet.accept(checked(5, 2));
        fleet.watch(List.of(), Set.of("web"), pen -> Optional.empty());
        fleet.watch(List.of("web"), Set.of(), pen -> Optional.empty());
        assertThat(fleet.state("web").checks().rows()).isEmpty();

        fleet.accept(checked(1, 0));
        fleet.accept(checked(3, 1));
        assertThat(fleet.state("web").checks()).isEqualTo(checked(8, 3).checks());
    }

    private static Observation.Checked checked(long checks, long failures) {
        return new Observation.Checked(
                "web",
                new Checks(List.of(new Checks.Row(
                        "127.0.0.1:80",
                        "home",
                        Checks.Standing.UP,
                        OptionalDouble.of(0.1),
                        checks,
                        failures,
                        "200",
                        OptionalLong.empty()))));
    }

    private static long skip(Fleet fleet) {
        long last = 0;
        for (int i = 0; i < EACH; i++) {
            fleet.accept(new Observation.Skipped("mail", SkipReason.OVERLAP));
            last = skips(fleet.accept(new Observation.Skipped("web", SkipReason.OVERLAP)));
        }
        return last;
    }

    private static long skips(PenState state) {
        return state.tally().skips().getOrDefault(SkipReason.OVERLAP, 0L);
    }
}
