package io.github.penagent.healing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.MetricsPage;
import io.github.penagent.peers.OpenLoad.Request;
import io.github.penagent.peers.Promtool;
import io.github.penagent.peers.Run;
import io.github.penagent.peers.RunningAgent;
import io.github.penagent.peers.Site;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * One of two backends fails under 100 requests a second: it refuses, it takes connections and never answers, or it answers with an
 * error. Three pens that one agent watches, and one that nobody does, all at once; {@code -Dhealing.requests=15000} makes the outage
 * and what follows last for so many requests to each.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(named = "full", matches = "true", disabledReason = "two minutes: mvn verify -Pfull")
class OutageIT {
    private static final int REQUESTS = Integer.getInteger("healing.requests", 6_000);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(REQUESTS / Site.PER_SECOND + 30);
    private static final Duration SOON = Duration.ofSeconds(20);

    /** Of a run this long, what is lost until even a wrong answer is believed is less than a hundredth. */
    private static final int LONG = 15_000;

    private final Site alone = Site.of(2);
    private final Site refusing = Site.of(2);
    private final Site silent = Site.of(2);
    private final Site wrong = Site.of(2);

    /** What is well: with the other six backends alone, no more than one could be out on the agent's word. */
    private final Site calm = Site.of(6);

    private final List<Site> all = List.of(alone, refusing, silent, wrong);
    private final RunningAgent agent = Settings.quick()
            .pen("refusing", refusing.pen)
            .pen("silent", silent.pen)
            .pen("wrong", wrong.pen)
            .pen("calm", calm.pen)
            .set("remediation { mode = enforce, pens { refusing = enforce, silent = enforce, wrong = enforce } }")
            .start();
    private long failed;
    private long back;
    private MetricsPage during = MetricsPage.parse("");
    private String page = "";

    @BeforeAll
    void anOutageAndItsEnd() {
        all.forEach(Site::underLoad);
        all.forEach(Site::awaitTraffic);
        agent.afterPolls(4, "refusing");

        failed = System.currentTimeMillis();
        alone.kill(0);
        refusing.kill(0);
        silent.backend(0).hang();
        wrong.backend(0).status(500);
        for (String pen : List.of("refusing", "silent", "wrong")) {
            story(pen).awaitWritten("eject", 0, failed, SOON);
        }
        await("half of it")
                .atMost(LONG_ENOUGH)
                .until(() -> since(refusing, failed).size() >= REQUESTS / 2);
        page = agent.page();
        during = MetricsPage.parse(page);

        back = System.currentTimeMillis();
        refusing.restart(0);
        silent.backend(0).revive();
        wrong.backend(0).status(200);
        await("all of it")
                .atMost(LONG_ENOUGH)
                .until(() -> since(refusing, failed).size() >= REQUESTS);
    }

    @AfterAll
    void end() {
        agent.close();
        all.forEach(Site::close);
        calm.close();
    }

    private Story story(String pen) {
        return Story.of(agent, pen);
    }

    private static List<Request> since(Site site, long millis) {
        return site.load().requests(request -> request.begunMillis() >= millis);
    }

    /** Of the time before and after, none; of the outage, those up to the ejection and a moment more. */
    private void failuresEndWithTheEjection(Site site, String pen, Duration detected, double share) {
        long ejected = Story.millis(story(pen).firstWritten("eject", 0, failed).orElseThrow());
        List<Request> requests = site.load().requests();
        List<Request> lost = requests.stream().filter(r -> !r.served()).toList();
        double served = 1 - (double) lost.size() / requests.size();
        long lastLost = lost.stream().mapToLong(Request::begunMillis).max().orElse(failed);
        long first = site.awaitServedBy(0, back, Settings.returnsWithin());
        System.out.printf(
                "%s: %d requests, %.2f %% served; ejected after %d ms, last failure begun after %d ms; back after %d ms%n",
                pen, requests.size(), 100 * served, ejected - failed, lastLost - failed, first - back);
        assertThat(ejected - failed).isBetween(0L, detected.toMillis());
        assertThat(lost)
                .allMatch(r -> r.endedMillis() >= failed && r.begunMillis() <= ejected + Settings.SLACK.toMillis());
        assertThat(served).isGreaterThanOrEqualTo(share);
        assertThat(first - back).isLessThanOrEqualTo(Settings.returnsWithin().toMillis());
    }

    @Test
    void a_pen_alone_hangs_and_still_answers_on_its_control_port() {
        List<Request> requests = since(alone, failed);
        long lastServed = requests.stream()
                .filter(Request::served)
                .mapToLong(Request::endedMillis)
                .max()
                .orElseThrow();
        System.out.printf("alone: served for %d ms more, then nothing%n", lastServed - failed);
        assertThat(lastServed - failed).isLessThan(10_000);
        assertThat(requests.size()).isGreaterThan(REQUESTS / 2);
        assertThat(alone.pen.penctl("servers").output())
                .contains("port " + alone.backend(1).port() + " ");
    }

    @Test
    void a_backend_that_refuses_is_out_in_a_moment_and_returns_when_it_is_back() {
        failuresEndWithTheEjection(refusing, "refusing", Duration.ofSeconds(3), 0.98);
        assertThat(since(refusing, failed).size()).isGreaterThanOrEqualTo(6_000);
    }

    @Test
    void a_backend_that_is_silent_is_out_soon_and_returns_when_it_answers() {
        failuresEndWithTheEjection(silent, "silent", Duration.ofSeconds(6), REQUESTS >= LONG ? 0.98 : 0.95);
    }

    @Test
    void a_backend_that_answers_with_errors_for_five_seconds_is_out_and_returns_when_it_does_not() {
        failuresEndWithTheEjection(wrong, "wrong", Duration.ofSeconds(8), REQUESTS >= LONG ? 0.98 : 0.93);
        long ejected =
                Story.millis(story("wrong").firstWritten("eject", 0, failed).orElseThrow());
        assertThat(ejected - failed).isGreaterThanOrEqualTo(5_000);
    }

    @Test
    void every_lease_was_recorded_before_it_was_written_and_renewed_in_time() {
        for (String pen : List.of("refusing", "silent", "wrong")) {
            Story story = story(pen);
            assertThat(story.written("renew")).as(pen).isNotEmpty();
            story.written("eject").forEach(written -> assertThat(story.decided("eject"))
                    .anyMatch(decided -> decided.getLong("id").equals(written.getLong("id"))));
            List<Integer> slots = story.written("eject").stream()
                    .map(line -> line.getInteger("server"))
                    .toList();
            assertThat(slots).as("ejections of " + pen).containsExactly(0);
        }
    }

    @Test
    void the_page_tells_the_story_and_promtool_has_nothing_against_it() {
        assertThat(Promtool.checkMetrics(page)).isEqualTo(new Run(0, ""));
        for (String pen : List.of("refusing", "silent", "wrong")) {
            assertThat(during.value("pen_server_ejected", "pen", pen, "server", "0"))
                    .isOne();
            assertThat(during.value("pen_server_ejected", "pen", pen, "server", "1"))
                    .isZero();
            assertThat(during.value("pen_server_check_up", "pen", pen, "server", "0"))
                    .isZero();
            assertThat(during.value("pen_server_check_up", "pen", pen, "server", "1"))
                    .isOne();
            assertThat(during.value("pen_ejections_total", "pen", pen, "source", "check"))
                    .isOne();
            assertThat(during.value("pen_ejection_renewals_total", "pen", pen, "source", "check"))
                    .isPositive();
            assertThat(during.value("pen_remediation_mode", "pen", pen)).isEqualTo(3);
            assertThat(during.value("pen_remediation_panic", "pen", pen)).isZero();
            assertThat(during.value("pen_data_plane_up", "pen", pen)).isOne();
            assertThat(during.all("pen_server_ejection_expiry_timestamp_seconds", "pen", pen))
                    .hasSize(1);
            assertThat(during.value("pen_ejection_verify_failures_total", "pen", pen))
                    .isZero();
        }
    }

    @Test
    void every_decision_is_shown_with_its_evidence_and_all_guards() {
        assertThat(agent.decisions("wrong")).anySatisfy(eject -> {
            assertThat(eject.getString("decision")).isEqualTo("eject");
            assertThat(eject.getString("address")).isEqualTo(wrong.address(0));
            assertThat(eject.getString("mode")).isEqualTo("enforce");
            assertThat(eject.getString("source")).isEqualTo("check");
            assertThat(eject.getString("evidence")).contains("home", "500");
            assertThat(eject.getJsonArray("guards")).hasSizeGreaterThan(10);
            assertThat(eject.getInteger("leaseSeconds")).isEqualTo((int) Settings.LEASE.toSeconds());
            assertThat(eject.getString("outcome")).isEqualTo("written");
            assertThat(eject.containsKey("refusedBy")).isFalse();
        });
    }
}
