package io.github.penagent.healing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.penagent.peers.MetricsPage;
import io.github.penagent.peers.MetricsPage.Sample;
import io.github.penagent.peers.NamespacedAgent;
import io.github.penagent.peers.OpenLoad.Request;
import io.github.penagent.peers.Site;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The agent has a network of its own, in which no backend is; pen it reaches all the same, by its control socket. What it sees of
 * the backends is its own trouble.
 */
abstract class CutOffCases {
    private static final Duration SOON = Duration.ofSeconds(20);

    @BeforeAll
    static void privileged() {
        boolean possible = NamespacedAgent.possible();
        if (Boolean.getBoolean("full")) {
            assertThat(possible)
                    .as("network namespaces: needs root, and apt-get install -y iproute2 util-linux")
                    .isTrue();
        }
        assumeTrue(possible, "only with -Pfull: no right to make a network namespace here");
    }

    private static NamespacedAgent agent(Site site, boolean route) {
        return NamespacedAgent.start(route, """
                poll { interval = 1s, deadline = 1s }
                pens = [{ name = web, control = "%s" }]
                checks = [{ name = home, type = http, interval = 500ms, timeout = 400ms }]
                remediation { mode = enforce, pens { web = enforce }, lease = 6s, warm-up = 1s }
                """.formatted(site.pen.controlEndpoint()));
    }

    private static void unharmed(Site site, NamespacedAgent agent) {
        double polls = agent.metrics().value("pen_polls_total", "pen", "web");
        await("some more polls")
                .atMost(SOON)
                .until(() -> agent.metrics().value("pen_polls_total", "pen", "web") > polls + 4);
        assertThat(agent.audit())
                .noneMatch(line -> line.getString("decision").equals("eject")
                        && line.getString("phase").equals("outcome"));
        MetricsPage page = agent.metrics();
        assertThat(page.value("pen_up", "pen", "web")).isOne();
        assertThat(page.all("pen_server_ejected"))
                .allSatisfy(row -> assertThat(row.number()).isZero());
        assertThat(page.value("pen_data_plane_up", "pen", "web")).isOne();
        long now = System.currentTimeMillis();
        site.awaitServedBy(0, now, SOON);
        site.awaitServedBy(1, now, SOON);
        assertThat(site.load().requests()).hasSizeGreaterThan(100).allMatch(Request::served);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void an_agent_that_all_backends_seem_to_refuse_takes_none_out_and_says_why() {
        try (Site site = Site.withControlSocket(2).underLoad(40);
                NamespacedAgent agent = agent(site, true)) {
            site.awaitTraffic();
            await("both look dead")
                    .atMost(SOON)
                    .until(() -> agent.metrics().value("pen_remediation_panic", "pen", "web") == 1);
            unharmed(site, agent);
            List<JsonObject> ejects = agent.decisions("web").stream()
                    .filter(line -> line.getString("decision").equals("eject"))
                    .toList();
            assertThat(ejects).isNotEmpty().allMatch(line -> line.containsKey("refusedBy"));
            System.out.println("cut off: refused by "
                    + ejects.stream().map(line -> line.getString("refusedBy")).toList());
            assertThat(agent.decisions("web")).anySatisfy(line -> assertThat(line.getString("evidence"))
                    .contains("2 of 2 backends look failing"));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void an_agent_without_a_route_thinks_nothing_of_any_backend() {
        try (Site site = Site.withControlSocket(2).underLoad(40);
                NamespacedAgent agent = agent(site, false)) {
            site.awaitTraffic();
            await("tried").atMost(SOON).until(() -> {
                List<Sample> rows = agent.metrics().all("pen_server_checks_total", "pen", "web");
                return rows.size() == 2 && rows.stream().allMatch(row -> row.number() > 5);
            });
            unharmed(site, agent);
            assertThat(agent.get("/api/v1/pens/web")).containsIgnoringCase("unreachable");
            MetricsPage page = agent.metrics();
            assertThat(page.all("pen_server_check_up")).isEmpty();
            assertThat(page.all("pen_server_check_failures_total"))
                    .allSatisfy(row -> assertThat(row.number()).isZero());
            assertThat(agent.decisions("web"))
                    .noneMatch(line -> List.of("eject", "failing").contains(line.getString("decision")));
        }
    }
}
