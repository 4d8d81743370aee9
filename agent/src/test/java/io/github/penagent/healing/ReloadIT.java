package io.github.penagent.healing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.HttpBackend;
import io.github.penagent.peers.MetricsPage;
import io.github.penagent.peers.RealPen;
import io.github.penagent.peers.RunningAgent;
import io.github.penagent.peers.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Another configuration takes over while the agent works, on real pens. */
class ReloadIT {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final int RELOADS = Boolean.getBoolean("full") ? 50 : 10;
    private static final String ENFORCE = "remediation { mode = enforce, pens { web = enforce } }";
    private static final String SUCCESSFUL = "pen_agent_config_last_reload_successful";

    private static RunningAgent.Builder web(Site site) {
        return Settings.quick().pen("web", site.pen).set(ENFORCE);
    }

    @Test
    @EnabledIfSystemProperty(named = "full", matches = "true", disabledReason = "half a minute: mvn verify -Pfull")
    void reloads_under_scrapes_and_polls_lose_no_scrape_no_counter_and_no_lease() {
        try (Site site = Site.of(3).underLoad();
                HttpBackend backend = HttpBackend.start();
                RealPen other = RealPen.with().backend(backend).start();
                RunningAgent agent = web(site).start();
                Scrapes scrapes = Scrapes.of(agent)) {
            Story story = Story.of(agent, "web");
            site.awaitTraffic();
            long failed = System.currentTimeMillis();
            site.kill(0);
            story.awaitWritten("eject", 0, failed, SOON);
            long out = System.currentTimeMillis();

            for (int i = 0; i < RELOADS; i++) {
                agent.write(variant(i, site, other));
                agent.reload();
                agent.afterPolls(1, "web");
            }

            agent.write(web(site));
            agent.reload();
            MetricsPage page = agent.afterPolls(2, "web");
            scrapes.end();
            System.out.printf("%d scrapes during %d reloads%n", scrapes.count(), RELOADS);
            assertThat(scrapes.count()).isGreaterThan(RELOADS);
            assertThat(scrapes.faults()).isEmpty();
            assertThat(page.value("pen_server_ejected", "pen", "web", "server", "0"))
                    .isOne();
            assertThat(page.value("pen_process_id_changes_total", "pen", "web")).isZero();
            assertThat(page.all("pen_up", "pen", "other")).isEmpty();
            assertThat(story.written("eject")).as("never let go").hasSize(1);
            assertThat(story.written("release")).isEmpty();
            assertThat(story.written("renew")).as("and renewed").isNotEmpty();
            assertThat(site.load().requests(r -> !r.served() && r.begunMillis() > out + 1_000))
                    .as("no client has noticed")
                    .isEmpty();
        }
    }

    /** Each differs from the one before in something else, and in none is the word on the backend that is out withdrawn. */
    private static RunningAgent.Builder variant(int i, Site site, RealPen other) {
        RunningAgent.Builder builder = web(site);
        if (i % 2 == 0) {
            builder.pen("other", other)
                    .set("checks += { name = second, type = tcp, pens = [other], interval = " + (1 + i % 4) + "s }");
        }
        return builder.set("poll.interval = " + (i % 3 == 0 ? "400ms" : "700ms"))
                .set("poll.deadline = " + (i % 5 == 0 ? "900ms" : "1s"))
                .set("recent-clients.top = " + i % 4)
                .set("recent-clients.enabled = " + (i % 7 != 0))
                .set("passive.reads = " + (3 + i % 2))
                .set("remediation.warm-up = " + i % 3 + "s");
    }

    @Test
    void pens_come_go_and_move_and_the_others_do_not_notice() {
        try (HttpBackend backend = HttpBackend.start();
                RealPen one = RealPen.with().backend(backend).start();
                RealPen two =
                        RealPen.with().backend(backend).backend("127.0.0.1:9").start();
                RealPen three = RealPen.with().backend(backend).start();
                RunningAgent agent = RunningAgent.with()
                        .set("poll.interval = 100ms")
                        .pen("stays", one)
                        .pen("goes", two)
                        .pen("moves", three)
                        .start()) {
            double polls = agent.afterPolls(3, "stays").value("pen_polls_total", "pen", "stays");

            agent.write(RunningAgent.with()
                    .set("poll.interval = 100ms")
                    .pen("moves", two)
                    .pen("stays", one)
                    .pen("comes", three));
            agent.reload();
            MetricsPage page = agent.afterPolls(3, "comes");

            assertThat(page.by("pen", "pen_up")).containsOnlyKeys("stays", "moves", "comes");
            assertThat(page.samples())
                    .noneMatch(row -> "goes".equals(row.labels().get("pen")));
            assertThat(page.value("pen_polls_total", "pen", "stays")).isGreaterThan(polls);
            assertThat(page.value("pen_process_id_changes_total", "pen", "stays"))
                    .isZero();
            assertThat(page.value("pen_servers", "pen", "moves")).isEqualTo(2);
            assertThat(page.value("pen_process_id_changes_total", "pen", "moves"))
                    .as("another pen under the old name begins anew")
                    .isOne();
            assertThat(page.value("pen_polls_total", "pen", "comes"))
                    .isLessThan(page.value("pen_polls_total", "pen", "stays"));
        }
    }

    @Test
    void a_file_with_problems_changes_nothing_and_says_so_until_it_is_mended() {
        try (HttpBackend backend = HttpBackend.start();
                RealPen pen = RealPen.with().backend(backend).start();
                RunningAgent agent = RunningAgent.with().pen("web", pen).start()) {
            double loaded = agent.reloaded();
            String config = agent.get("/config").body();

            agent.write("pen-agent { pens = [{ name = web, control = \"%s\" }], poll { intervall = 1s }\n oops = 2 }"
                    .formatted(pen.controlEndpoint()));
            agent.signal("HUP");
            await("refused").atMost(SOON).until(() -> agent.metrics().value(SUCCESSFUL) == 0);

            assertThat(agent.reloaded()).isEqualTo(loaded);
            assertThat(agent.get("/config").body()).isEqualTo(config);
            await("said").atMost(SOON).untilAsserted(() -> assertThat(agent.log())
                    .contains("level=error")
                    .contains("intervall")
                    .contains("oops"));
            agent.afterPolls(1, "web");

            agent.write(RunningAgent.with().pen("web", pen).set("poll.interval = 150ms"));
            agent.reload();
            assertThat(agent.metrics().value(SUCCESSFUL)).isOne();
            assertThat(agent.get("/config").body()).contains("150ms");
            agent.afterPolls(20, "web");
        }
    }

    @Test
    void a_watched_file_is_taken_over_by_itself_also_where_a_link_is_turned_as_in_a_configmap(@TempDir Path folder)
            throws IOException {
        try (HttpBackend backend = HttpBackend.start();
                RealPen pen = RealPen.with().backend(backend).start();
                RealPen added = RealPen.with().backend(backend).start();
                RunningAgent agent = RunningAgent.with()
                        .pen("web", pen)
                        .set("reload.watch = 1s")
                        .set("poll.interval = 150ms")
                        .set("include file(\"" + folder.resolve("data/more.conf") + "\")")
                        .start()) {
            assertThat(agent.metrics().by("pen", "pen_up")).containsOnlyKeys("web");
            Path next = Files.createDirectory(folder.resolve("next"));
            Files.writeString(
                    next.resolve("more.conf"),
                    "pens += { name = added, control = \"%s\" }".formatted(added.controlEndpoint()));
            Path link = Files.createSymbolicLink(folder.resolve("link"), next);

            Files.move(link, folder.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
            await("seen")
                    .atMost(SOON)
                    .until(() -> agent.metrics().by("pen", "pen_up").containsKey("added"));

            // Longer than two looks at the file take.
            agent.afterPolls(20, "added");
            Files.delete(folder.resolve("data"));
            await("gone again")
                    .atMost(SOON)
                    .until(() -> !agent.metrics().by("pen", "pen_up").containsKey("added"));
            await("said").atMost(SOON).until(() -> reloads(agent) >= 2);
            assertThat(reloads(agent)).as("taken once each, not at each look").isEqualTo(2);
        }
    }

    /** How often the log says that the file was taken over: a moment after it is in force. */
    private static int reloads(RunningAgent agent) {
        return agent.log().split("configuration reloaded", -1).length - 1;
    }

    @Test
    void the_address_of_a_listener_waits_for_a_restart_and_the_rest_does_not() {
        try (HttpBackend backend = HttpBackend.start();
                RealPen pen = RealPen.with().backend(backend).start();
                RunningAgent agent = RunningAgent.with().pen("web", pen).start()) {
            agent.write(
                    "pen-agent { web.listen = \"127.0.0.1:1\", poll.interval = 123ms, pens = [{ name = web, control = \"%s\" }] }"
                            .formatted(pen.controlEndpoint()));
            agent.reload();

            await("said").atMost(SOON).untilAsserted(() -> assertThat(agent.log())
                    .contains("waits for a restart")
                    .contains("pen-agent.web: another address"));
            assertThat(agent.get("/config").body()).contains("123ms");
            assertThat(List.of(agent.get("/-/healthy").statusCode())).containsExactly(200);
        }
    }
}
