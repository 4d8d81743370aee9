package io.github.penagent.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.cluster.Commands.Write;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Three agents from the jar that share sixty pens on a real etcd, while one thing after another goes wrong. What must hold throughout
 * is looked at after each.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SharedPensIT {
    /** Within it every pen is polled again. */
    private static final Duration TAKEN_OVER = Duration.ofSeconds(15);

    /** JVMs start, on two processors that others use. */
    private static final Duration STARTED = Duration.ofSeconds(60);

    /** What an agent waits for before it takes out a backend of a pen that was another's, and two ejections that a minute has no room for. */
    private static final Duration ACTED_UPON = Duration.ofSeconds(80);

    private static final Duration STOPPED = Duration.ofSeconds(60);

    /** One poll may be missed: two intervals and a tenth of each, threefold for a machine that is busy. */
    private static final long ONE_MISSED_MILLIS = 3 * 2_500;

    private final SharedPens pens = new SharedPens();
    private long begun;

    @BeforeAll
    void start() {
        for (int agent = 0; agent < 3; agent++) {
            pens.start(agent);
        }
        pens.awaitShared(STARTED, 0, 1, 2);
        pens.readdress();
    }

    @BeforeEach
    void begin() {
        pens.awaitShared(STARTED, 0, 1, 2);
        begun = System.currentTimeMillis();
    }

    @AfterAll
    void end() {
        pens.close();
    }

    private Set<String> enforcedOf(int agent) {
        return pens.enforced.stream()
                .filter(pen -> pens.owner(pen, 0, 1, 2).equals(pens.address(agent)))
                .collect(Collectors.toSet());
    }

    @Test
    @Order(1)
    void all_members_are_known_to_each_and_a_pen_asked_at_the_wrong_one_names_its_owner() {
        for (int asked = 0; asked < 3; asked++) {
            JsonObject group =
                    new JsonArray(pens.agent(asked).get("/sd/targets").body()).getJsonObject(0);
            assertThat(group.getJsonArray("targets").stream().map(String::valueOf))
                    .containsExactlyInAnyOrderElementsOf(pens.members(0, 1, 2));
            String us = pens.address(asked);
            for (String pen : SharedPens.names()) {
                String owner = pens.owner(pen, 0, 1, 2);
                String probed = pens.agent(asked).get("/probe?target=" + pen).body();
                String shown = pens.agent(asked).get("/api/v1/pens/" + pen).body();
                if (owner.equals(us)) {
                    assertThat(probed).contains("pen_up{pen=\"" + pen + "\"} 1");
                } else {
                    assertThat(probed).contains(owner);
                    assertThat(shown).contains(owner);
                }
            }
        }
    }

    @Test
    @Order(2)
    void one_that_is_killed_leaves_its_pens_to_the_others() {
        pens.awaitOut(pens.enforced, ACTED_UPON);
        pens.kill(0);
        pens.awaitShared(TAKEN_OVER, 1, 2);
        pens.restart(0);
        pens.awaitShared(STARTED, 0, 1, 2);
    }

    @Test
    @Order(3)
    void one_that_is_cut_off_from_etcd_watches_on_and_does_not_fight() {
        pens.awaitOut(pens.enforced, ACTED_UPON);
        Set<String> shown = pens.fresh(SharedPens.BEHIND_DOOR).get(0).up();
        pens.door.cut();
        long cut = System.currentTimeMillis();
        await("it says so").atMost(TAKEN_OVER).until(() -> coordination(SharedPens.BEHIND_DOOR) == 0);
        pens.awaitShared(TAKEN_OVER, 0, 1);
        assertThat(pens.fresh(SharedPens.BEHIND_DOOR).get(0).up()).isEqualTo(shown);
        awaitOthersAct(SharedPens.BEHIND_DOOR, cut);
        assertThat(acts(SharedPens.BEHIND_DOOR)).noneMatch(act -> act.millis > cut + SharedPens.TTL.toMillis());
        pens.door.mend();
        pens.awaitShared(STARTED, 0, 1, 2);
        await("it says so").atMost(TAKEN_OVER).until(() -> coordination(SharedPens.BEHIND_DOOR) == 1);
    }

    @Test
    @Order(4)
    @EnabledIfSystemProperty(named = "full", matches = "true", disabledReason = "half a minute: mvn verify -Pfull")
    void one_that_is_stopped_and_goes_on_does_not_act_on_what_it_had() {
        pens.awaitOut(pens.enforced, ACTED_UPON);
        pens.agent(1).stop();
        long until = System.currentTimeMillis() + STOPPED.toMillis();
        pens.awaitShared(TAKEN_OVER, 0, 2);
        await("the stop is over")
                .atMost(STOPPED.plusSeconds(20))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> System.currentTimeMillis() > until);
        pens.agent(1).cont();
        pens.awaitShared(STARTED, 0, 1, 2);
    }

    @Test
    @Order(5)
    @EnabledIfSystemProperty(named = "full", matches = "true", disabledReason = "half a minute: mvn verify -Pfull")
    void without_etcd_all_watch_on_and_nobody_acts_until_it_is_back() {
        pens.awaitOut(pens.enforced, ACTED_UPON);
        pens.etcd.kill();
        long killed = System.currentTimeMillis();
        for (int agent = 0; agent < 3; agent++) {
            int which = agent;
            await("it says so").atMost(TAKEN_OVER).until(() -> coordination(which) == 0);
        }
        await("longer than any lease").atMost(TAKEN_OVER).until(() -> System.currentTimeMillis() - killed > 8_000);
        assertThat(SharedPens.owned(pens.fresh(0, 1, 2))).isEqualTo(SharedPens.PENS);
        pens.commands.forEach((pen, told) -> assertThat(told.writes())
                .as(pen)
                .noneMatch(write -> write.millis() > killed + SharedPens.TTL.toMillis()));
        pens.etcd.restart();
        for (int agent = 0; agent < 3; agent++) {
            int which = agent;
            await("it says so").atMost(TAKEN_OVER).until(() -> coordination(which) == 1);
        }
        pens.awaitShared(TAKEN_OVER, 0, 1, 2);
    }

    @Test
    @Order(6)
    void a_fourth_takes_a_quarter_and_no_pen_misses_more_than_a_poll() {
        pens.start(3);
        pens.awaitShared(STARTED, 0, 1, 2, 3);
        long joined = System.currentTimeMillis();
        double took = SharedPens.owned(pens.fresh(3));
        await("it has polled").atMost(TAKEN_OVER).until(() -> System.currentTimeMillis() - joined > 5_000);

        assertThat(took).isBetween(8.0, 24.0);
        assertThat(SharedPens.names().stream()
                        .filter(pen -> pens.owner(pen, 0, 1, 2, 3).equals(pens.address(3)))
                        .count())
                .isEqualTo((long) took);
        assertThat(longestGap()).isLessThanOrEqualTo(ONE_MISSED_MILLIS);
        System.out.printf("a fourth agent took %.0f of %d pens%n", took, SharedPens.PENS);
    }

    /** Whoever has this agent's pens now acts upon those that it acted upon. */
    private void awaitOthersAct(int agent, long since) {
        await("others act")
                .atMost(ACTED_UPON)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> pens.agents().keySet().stream()
                        .filter(other -> other != agent)
                        .flatMap(other -> acts(other).stream())
                        .filter(act -> act.millis > since)
                        .map(Act::pen)
                        .collect(Collectors.toSet())
                        .containsAll(enforcedOf(agent)));
    }

    private double coordination(int agent) {
        List<Pages.Page> fresh = pens.fresh(agent);
        return fresh.isEmpty() ? -1 : fresh.get(0).all().value("pen_agent_coordination_up");
    }

    private long longestGap() {
        long now = System.currentTimeMillis();
        return pens.commands.values().stream()
                .mapToLong(pen -> pen.longestGapMillis(begun - 2_000, now))
                .max()
                .orElseThrow();
    }

    /** One of an agent's decisions that it was about to put into force. */
    private record Act(long millis, int agent, String pen, int slot) {}

    private List<Act> acts(int agent) {
        return pens.agent(agent).audit().stream()
                .filter(line -> List.of("eject", "renew", "lift").contains(line.getString("decision")))
                .filter(line -> List.of("written", "confirmed", "unknown").contains(line.getString("outcome", "")))
                .map(line -> new Act(
                        Instant.parse(line.getString("time")).toEpochMilli(),
                        agent,
                        line.getString("pen"),
                        line.getInteger("server")))
                .toList();
    }

    @AfterEach
    void every_pen_was_polled_again_in_time() {
        long gap = longestGap();
        System.out.printf("no pen was left alone for longer than %.1f s%n", gap / 1e3);
        assertThat(gap).isLessThanOrEqualTo(TAKEN_OVER.toMillis());
    }

    @AfterEach
    void never_was_more_out_than_one_agent_alone_may_take_out() {
        pens.enforced.forEach(
                pen -> assertThat(pens.told(pen).mostOut()).as(pen).isLessThanOrEqualTo(1));
        pens.commands.forEach((pen, told) -> {
            if (!pens.enforced.contains(pen)) {
                assertThat(told.writes()).as(pen).isEmpty();
            }
        });
    }

    @AfterEach
    void whoever_acts_on_a_pen_waits_for_a_lease_after_anybody_else() {
        List<Act> all = new ArrayList<>();
        pens.agents().keySet().forEach(agent -> all.addAll(acts(agent)));
        for (String pen : pens.enforced) {
            List<Act> acts = all.stream()
                    .filter(act -> act.pen.equals(pen))
                    .sorted(Comparator.comparingLong(Act::millis))
                    .toList();
            List<Write> writes = pens.told(pen).writes();
            assertThat(writes.size())
                    .as("every command of %s is in an audit", pen)
                    .isLessThanOrEqualTo(acts.size() + 2);
            for (int i = 1; i < acts.size(); i++) {
                Act one = acts.get(i - 1);
                Act next = acts.get(i);
                assertThat(next.agent == one.agent || next.millis - one.millis >= SharedPens.LEASE.toMillis())
                        .as("%s, then %s", one, next)
                        .isTrue();
            }
        }
    }

    @AfterEach
    void no_counter_went_backwards() {
        assertThat(pens.pages.wrong()).isEmpty();
        double most = pens.pages.most(series -> series.contains(pens.newAddress)
                && pens.readdressed.stream().anyMatch(pen -> series.contains("pen=" + pen)));
        assertThat(most).as("bytes of new backends, without those of the old").isBetween(1.0, 1e6);
    }

    @AfterEach
    void nobody_logged_an_error() {
        pens.agents().forEach((which, agent) -> assertThat(agent.log())
                .as("agent %d", which)
                .doesNotContain("level=error", "level=ERROR", "Exception", "\tat "));
    }
}
