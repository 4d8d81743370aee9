package io.github.penagent.healing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.MetricsPage.Sample;
import io.github.penagent.peers.OpenLoad.Request;
import io.github.penagent.peers.RunningAgent;
import io.github.penagent.peers.Site;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A pen that hung before its agent came: it takes connections, forwards none, and answers on its control port. */
abstract class HungPenCases {
    private static final Duration SOON = Duration.ofSeconds(20);

    /** Two requests through the pen go unanswered first, ten seconds apart, and none before the dead backend is out. */
    private static final Duration RECOGNISED = Duration.ofSeconds(40);

    /** Takes a second or two of requests; returns once nothing has been answered for a while. */
    private static Site hung() {
        Site site = Site.of(2).underLoad().awaitTraffic();
        site.kill(0);
        await("hung").atMost(SOON).until(() -> {
            List<Request> latest = latest(site, 150);
            return latest.size() == 150 && latest.stream().noneMatch(Request::served);
        });
        assertThat(site.pen.penctl("servers").exit()).isZero();
        return site;
    }

    private static List<Request> latest(Site site, int number) {
        List<Request> all = site.load().requests().stream()
                .sorted(Comparator.comparingLong(Request::endedMillis))
                .toList();
        return all.subList(Math.max(0, all.size() - number), all.size());
    }

    private static RunningAgent.Builder agent(Site site) {
        return Settings.quick()
                .listening("web", site.pen)
                .set("remediation { mode = enforce, pens { web = enforce } }");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void it_is_revived_and_stays_alive() {
        try (Site site = hung();
                RunningAgent agent = agent(site).start()) {
            long came = System.currentTimeMillis();
            long first = site.awaitServedBy(1, came, SOON);
            System.out.printf("hung pen: serves %d ms after its agent was ready%n", first - came);
            Story.of(agent, "web").awaitWritten("eject", 0, 0, SOON);
            await("all served").atMost(SOON).until(() -> latest(site, 150).stream()
                    .allMatch(Request::served));
            await("forwards").atMost(SOON).until(() -> agent.metrics().all("pen_data_plane_up", "pen", "web").stream()
                    .anyMatch(row -> row.number() == 1));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void it_is_recognised_where_it_must_not_be_revived() {
        try (Site site = hung();
                RunningAgent agent =
                        agent(site).set("remediation.pending-max = 0").start()) {
            long came = System.currentTimeMillis();
            await("recognised")
                    .atMost(RECOGNISED)
                    .until(() -> !dataPlane(agent).isEmpty()
                            && dataPlane(agent).get(0).number() == 0);
            System.out.printf("hung pen: recognised after %d ms%n", System.currentTimeMillis() - came);
            assertThat(agent.metrics().value("pen_up", "pen", "web")).isOne();
            assertThat(Story.of(agent, "web").decided("raise_pending")).isEmpty();
            assertThat(latest(site, 150)).noneMatch(Request::served);
        }
    }

    private static List<Sample> dataPlane(RunningAgent agent) {
        return agent.metrics().all("pen_data_plane_up", "pen", "web");
    }
}
