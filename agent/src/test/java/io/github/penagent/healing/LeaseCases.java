package io.github.penagent.healing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.OpenLoad.Request;
import io.github.penagent.peers.RunningAgent;
import io.github.penagent.peers.Site;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Leases end by themselves, whatever happens to the agent, and neither pen's restart nor people are worked against. */
abstract class LeaseCases {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String ENFORCE = "remediation { mode = enforce, pens { web = enforce } }";

    /** Ended with the first backend out. */
    private static Story outage(Site site, RunningAgent agent) {
        Story story = Story.of(agent, "web");
        site.awaitTraffic();
        agent.afterPolls(4, "web");
        long failed = System.currentTimeMillis();
        site.kill(0);
        story.awaitWritten("eject", 0, failed, SOON);
        return story;
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void what_is_out_returns_after_its_agent_was_killed_and_the_audit_file_says_what_was_done() {
        try (Site site = Site.of(2).underLoad();
                RunningAgent agent =
                        Settings.quick().pen("web", site.pen).set(ENFORCE).start()) {
            Story story = outage(site, agent);
            site.restart(0);
            long killed = System.currentTimeMillis();
            agent.kill();
            long first = site.awaitServedBy(0, killed, Settings.LEASE.plus(SOON));
            System.out.printf("agent killed: its lease ended after %d ms%n", first - killed);
            assertThat(first - killed)
                    .isLessThanOrEqualTo(Settings.LEASE.plus(Settings.SLACK).toMillis());

            List<JsonObject> records = story.records();
            List<Long> ids = records.stream().map(line -> line.getLong("id")).toList();
            for (JsonObject written : story.written("eject")) {
                JsonObject decided = records.get(ids.indexOf(written.getLong("id")));
                assertThat(decided.getString("phase")).isEqualTo("decided");
                assertThat(decided.getString("address")).isEqualTo(site.address(0));
            }
            assertThat(story.written("eject")).hasSize(1);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void an_agent_that_slept_through_its_lease_writes_nothing_late_and_decides_anew() {
        try (Site site = Site.of(2).underLoad();
                RunningAgent agent =
                        Settings.quick().pen("web", site.pen).set(ENFORCE).start()) {
            Story story = outage(site, agent);
            long stopped = System.currentTimeMillis();
            agent.stop();
            await("the lease has ended")
                    .atMost(Settings.LEASE.plus(SOON))
                    .until(() -> site.load()
                                    .requests(r -> !r.served() && r.begunMillis() > stopped + 2_000)
                                    .size()
                            > 5);
            long woken = System.currentTimeMillis();
            agent.cont();
            JsonObject again = story.awaitWritten("eject", 0, woken, Duration.ofSeconds(30));
            System.out.printf(
                    "agent slept for %d ms: ejected again %d ms after it woke%n",
                    woken - stopped, Story.millis(again) - woken);
            List<Long> decided = story.records().stream()
                    .filter(line -> line.getString("phase").equals("decided") && Story.millis(line) >= woken)
                    .map(line -> line.getLong("id"))
                    .toList();
            assertThat(story.records())
                    .filteredOn(line -> line.getString("phase").equals("outcome") && Story.millis(line) >= woken)
                    .filteredOn(line -> !line.getString("outcome").equals("not_written"))
                    .allMatch(line -> decided.contains(line.getLong("id")));
            assertThat(agent.decisions("web"))
                    .anyMatch(line -> line.getString("decision").equals("panic")
                            || line.getString("decision").equals("lost")
                            || line.getString("decision").equals("return"));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void a_pen_that_started_anew_is_given_its_lease_again_and_its_room_for_failed_connects() {
        try (Site site = Site.of(2).underLoad();
                RunningAgent agent =
                        Settings.quick().pen("web", site.pen).set(ENFORCE).start()) {
            Story story = outage(site, agent);
            long restarted = System.currentTimeMillis();
            site.pen.restart();
            JsonObject again = story.awaitWritten("eject", 0, restarted, SOON);
            System.out.printf("pen restarted: ejected again after %d ms%n", Story.millis(again) - restarted);
            assertThat(story.decided("lost")).hasSize(1);
            assertThat(story.written("raise_pending"))
                    .filteredOn(line -> Story.millis(line) >= restarted)
                    .hasSize(1);
            assertThat(agent.metrics().value("pen_process_id_changes_total", "pen", "web"))
                    .isOne();
        }
    }

    private static String page(Path folder) throws IOException {
        // pen gives up its privileges, and has to write its page here.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        return folder.resolve("page.html").toString();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void a_backend_that_a_person_let_in_again_is_left_in(@TempDir Path folder) throws IOException {
        try (Site site = Site.of(2, "-w", page(folder)).underLoad();
                RunningAgent agent = Settings.quick()
                        .pen("web", site.pen)
                        .set(ENFORCE)
                        .set("remediation.lease = 20s")
                        .start()) {
            Story story = outage(site, agent);
            assertThat(story.written("eject").get(0).getString("outcome")).isEqualTo("confirmed");
            site.restart(0);
            site.pen.penctl("server", "0", "blacklist", "0");
            long letIn = System.currentTimeMillis();
            site.kill(0);
            await("the agent sees it").atMost(SOON).until(() -> !story.decided("hold")
                    .isEmpty());
            long seen = Story.millis(story.decided("hold").get(0));
            System.out.printf("let in by a person: seen after %d ms%n", seen - letIn);
            await("and is asked for it").atMost(SOON).until(() -> agent.decisions("web").stream()
                    .anyMatch(line -> "hold".equals(line.getString("refusedBy"))));
            assertThat(story.written("eject")).hasSize(1);
            assertThat(story.written("renew")).isEmpty();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void what_a_person_took_out_is_neither_touched_nor_forgotten(@TempDir Path folder) throws IOException {
        try (Site site = Site.of(2, "-w", page(folder)).underLoad();
                RunningAgent agent =
                        Settings.quick().pen("web", site.pen).set(ENFORCE).start()) {
            Story story = Story.of(agent, "web");
            site.awaitTraffic();
            site.pen.penctl("server", "1", "blacklist", "3600");
            await("seen").atMost(SOON).until(() -> agent.metrics().all("pen_foreign_blacklists", "pen", "web").stream()
                    .anyMatch(row -> row.number() == 1));
            long failed = System.currentTimeMillis();
            site.kill(0);
            await("refused").atMost(SOON).until(() -> story.decided("eject").stream()
                    .anyMatch(line -> line.getString("refused_by") != null));
            agent.afterPolls(3, "web");
            assertThat(story.written("eject")).isEmpty();
            site.restart(0);
            long back = System.currentTimeMillis();
            site.awaitServedBy(0, back, SOON);
            List<Request> other = site.servedBy(1, failed);
            assertThat(other).isEmpty();
            assertThat(agent.metrics().value("pen_foreign_blacklists", "pen", "web"))
                    .isOne();
        }
    }
}
