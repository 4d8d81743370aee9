package io.github.penagent.healing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.RunningAgent;
import io.github.penagent.peers.Site;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two agents that know of each other only by number never take out everything together. */
abstract class TwoAgentsCases {
    private static final Duration SOON = Duration.ofSeconds(25);

    /** When one slot was surely out by one lease, from the moment that pen had taken it. */
    private record Out(int slot, long fromMillis, long toMillis) {
        boolean at(long millis) {
            return fromMillis <= millis && millis < toMillis;
        }
    }

    private static RunningAgent agent(Site site, int index) {
        return Settings.quick()
                .pen("web", site.pen)
                .set("remediation { mode = enforce, pens { web = enforce }, agents = 2, index = " + index + " }")
                .start();
    }

    private static void afterPolls(int count, RunningAgent... agents) {
        for (RunningAgent agent : agents) {
            agent.afterPolls(count, "web");
        }
    }

    private static List<Out> leases(RunningAgent... agents) {
        return Stream.of(agents).flatMap(TwoAgentsCases::leases).toList();
    }

    private static Stream<Out> leases(RunningAgent agent) {
        Story story = Story.of(agent, "web");
        List<JsonObject> ended = story.written("lift");
        return Stream.concat(story.written("eject").stream(), story.written("renew").stream())
                .map(line -> lease(line, ended));
    }

    /** pen counts whole seconds: up to one less than was asked for. An agent may end its own before. */
    private static Out lease(JsonObject line, List<JsonObject> ended) {
        int slot = line.getInteger("server");
        long from = Story.millis(line);
        long until = from + 1_000L * line.getInteger("lease_seconds") - 1_500;
        long lifted = ended.stream()
                .filter(end -> end.getInteger("server") == slot && Story.millis(end) >= from)
                .mapToLong(Story::millis)
                .min()
                .orElse(until);
        return new Out(slot, from, Math.min(until, lifted));
    }

    private static long mostOut(List<Out> leases) {
        TreeMap<Long, Long> out = new TreeMap<>();
        for (Out lease : leases) {
            out.put(
                    lease.fromMillis(),
                    leases.stream()
                            .filter(other -> other.at(lease.fromMillis()))
                            .map(Out::slot)
                            .distinct()
                            .count());
        }
        return out.values().stream().max(Long::compare).orElse(0L);
    }

    private static long awaitOut(int slot, long since, RunningAgent... agents) {
        await("slot " + slot + " is out").atMost(SOON).until(() -> leases(agents).stream()
                .anyMatch(lease -> lease.slot() == slot && lease.fromMillis() >= since));
        return System.currentTimeMillis();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void two_backends_that_fail_in_turn_and_at_once_are_never_both_out() {
        try (Site site = Site.of(2).underLoad(40);
                RunningAgent first = agent(site, 0);
                RunningAgent second = agent(site, 1)) {
            site.awaitTraffic();
            afterPolls(4, first, second);

            long failed = System.currentTimeMillis();
            site.kill(0);
            long out = awaitOut(0, failed, first, second);
            site.restart(0);
            site.kill(1);
            awaitOut(1, out, first, second);
            site.kill(0);
            afterPolls(5, first, second);
            site.restart(0);
            site.restart(1);
            long back = System.currentTimeMillis();
            site.awaitServedBy(0, back, SOON);
            site.awaitServedBy(1, back, SOON);

            assertThat(mostOut(leases(first, second))).isEqualTo(1);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void of_three_backends_one_stays_in_whatever_happens() {
        try (Site site = Site.of(3).underLoad(40);
                RunningAgent first = agent(site, 0);
                RunningAgent second = agent(site, 1)) {
            site.awaitTraffic();
            afterPolls(4, first, second);

            long failed = System.currentTimeMillis();
            site.kill(0);
            awaitOut(0, failed, first, second);
            site.kill(1);
            first.afterPolls(5, "web");
            site.kill(2);
            afterPolls(5, first, second);
            for (int slot = 0; slot < 3; slot++) {
                site.restart(slot);
            }
            long back = System.currentTimeMillis();
            for (int slot = 0; slot < 3; slot++) {
                site.awaitServedBy(slot, back, SOON);
            }

            assertThat(mostOut(leases(first, second))).isBetween(1L, 2L);
            assertThat(leases(first, second)).noneMatch(lease -> lease.slot() == 2);
        }
    }
}
