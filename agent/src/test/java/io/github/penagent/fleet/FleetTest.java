package io.github.penagent.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
