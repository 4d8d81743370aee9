package io.github.penagent.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.cluster.Agents.Member;
import io.github.penagent.cluster.etcd.Entry;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedWorkTest {
    private static final Duration SETTLED = Duration.ofSeconds(3);
    private static final Duration TAKEN_OVER = Duration.ofSeconds(15);

    private final Agents agents = new Agents(60);

    @Test
    void an_agent_alone_gets_everything_and_says_so() {
        Member a = agents.join("a");
        agents.pass(SETTLED);

        agents.assertShared();
        assertThat(a.work.owned()).isEqualTo(60);
        assertThat(a.work.moves()).isEqualTo(60);
        assertThat(a.work.coordinated()).isTrue();
        assertThat(a.work.members().addresses()).containsExactly(Map.entry("a", "a:9099"));
        assertThat(a.work.members().addressOf("pen7")).contains("a:9099");
    }

    @Test
    void one_that_joins_gets_its_share_and_nothing_else_moves() {
        Member a = agents.join("a");
        Member b = agents.join("b");
        Member c = agents.join("c");
        agents.pass(SETTLED);
        Set<String> ofA = a.watched();
        Set<String> ofB = b.watched();
        Set<String> ofC = c.watched();
        agents.forgetGaps();

        Member d = agents.join("d");
        agents.pass(SETTLED);

        agents.assertShared();
        assertThat(d.watched()).hasSizeBetween(7, 24);
        assertThat(ofA).containsAll(a.watched());
        assertThat(ofB).containsAll(b.watched());
        assertThat(ofC).containsAll(c.watched());
        assertThat(agents.longestGap()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void the_share_of_one_that_dies_is_taken_over_once_its_lease_has_run_out() {
        agents.join("a");
        Member b = agents.join("b");
        agents.pass(SETTLED);
        Set<String> before = b.watched();

        agents.kill("a");
        agents.pass(Duration.ofSeconds(5));
        assertThat(b.watched()).isEqualTo(before);

        agents.pass(TAKEN_OVER.minusSeconds(5));
        agents.assertShared();
        assertThat(b.work.members().addresses()).containsOnlyKeys("b");
    }

    @Test
    void one_that_leaves_in_order_is_replaced_at_once() {
        agents.join("a");
        agents.join("b");
        agents.pass(SETTLED);

        agents.leave("a");
        agents.pass(Duration.ofSeconds(1));

        agents.assertShared();
    }

    @Test
    void one_that_is_cut_off_watches_on_and_writes_no_more_before_others_do() {
        Member a = agents.join("a");
        agents.join("b");
        agents.pass(SETTLED);
        Set<String> ofA = a.watched();

        a.way.cut();
        agents.pass(Duration.ofSeconds(9));
        assertThat(a.watched()).isEqualTo(ofA);
        assertThat(a.actable()).isEmpty();
        assertThat(a.work.coordinated()).isFalse();

        agents.pass(TAKEN_OVER.minusSeconds(9));
        agents.assertShared();
        assertThat(a.watched()).isEqualTo(ofA);

        a.way.mend();
        agents.pass(SETTLED);
        agents.assertShared();
        assertThat(a.actable()).isEqualTo(ofA);
    }

    @Test
    void nothing_moves_while_etcd_is_gone_and_leases_outlive_its_restart() {
        Member a = agents.join("a");
        Member b = agents.join("b");
        agents.pass(SETTLED);
        Set<String> ofA = a.watched();
        long moves = a.work.moves() + b.work.moves();

        agents.etcd.crash();
        agents.pass(Duration.ofSeconds(60));
        assertThat(a.watched()).isEqualTo(ofA);
        assertThat(a.actable()).isEmpty();
        assertThat(b.work.proven()).isFalse();

        agents.etcd.restart();
        agents.pass(SETTLED);
        agents.assertShared();
        assertThat(a.work.moves() + b.work.moves()).isEqualTo(moves);
    }

    @Test
    void an_agent_that_starts_without_etcd_owns_nothing_until_it_is_there() {
        agents.etcd.crash();
        Member a = agents.join("a");
        agents.pass(Duration.ofSeconds(20));
        assertThat(a.watched()).isEmpty();

        agents.etcd.restart();
        agents.pass(SETTLED);
        agents.assertShared();
    }

    @Test
    void what_an_owner_leaves_goes_with_the_pen() {
        agents.pens.forEach(pen -> agents.truth.put(pen, pen + " seen by a"));
        Member a = agents.join("a");
        agents.pass(SETTLED);
        Member b = agents.join("b");
        agents.pass(SETTLED);

        assertThat(b.watched()).isNotEmpty().allSatisfy(pen -> assertThat(b.work.past(pen))
                .contains(pen + " seen by a"));
        assertThat(a.watched()).allSatisfy(pen -> assertThat(a.work.past(pen)).isEmpty());
    }

    @Test
    void what_was_to_be_remembered_is_there_when_its_owner_died_without_a_word() {
        Member a = agents.join("a");
        agents.pass(SETTLED);
        agents.truth.put("pen3", "rebased");
        a.work.remember("pen3");
        a.work.remember("pen3");
        agents.pass(Duration.ofSeconds(2));
        assertThat(agents.etcd.puts).isEqualTo(1);

        agents.kill("a");
        Member b = agents.join("b");
        agents.pass(TAKEN_OVER);

        assertThat(b.work.past("pen3")).contains("rebased");
    }

    @Test
    void what_comes_to_etcd_a_second_time_does_not_replace_what_a_later_owner_left() {
        Member a = agents.join("a");
        agents.pass(SETTLED);
        agents.truth.put("pen3", "as a saw it");
        a.work.remember("pen3");
        agents.pass(SETTLED);
        agents.kill("a");
        Member b = agents.join("b");
        agents.pass(TAKEN_OVER);
        agents.truth.put("pen3", "as b saw it");
        b.work.remember("pen3");
        agents.pass(SETTLED);

        a.way.repeat();
        agents.kill("b");
        Member c = agents.join("c");
        agents.pass(TAKEN_OVER);

        assertThat(c.work.past("pen3")).contains("as b saw it");
    }

    @Test
    void a_release_that_comes_to_etcd_a_second_time_takes_no_pen_away() {
        Member a = agents.join("a");
        agents.pass(SETTLED);
        List<Entry> first = agents.pens.stream()
                .map(pen -> agents.etcd.entry("/pen-agent/owners/" + pen))
                .toList();
        agents.join("b");
        agents.pass(SETTLED);
        agents.leave("b");
        agents.pass(SETTLED);
        Set<Entry> anew = agents.pens.stream()
                .map(pen -> agents.etcd.entry("/pen-agent/owners/" + pen))
                .filter(claim -> !first.contains(claim))
                .collect(Collectors.toSet());
        assertThat(anew).isNotEmpty();

        a.way.release(first.stream()
                        .filter(claim -> anew.stream().anyMatch(one -> one.key().equals(claim.key())))
                        .toList())
                .subscribe();
        agents.pass(SETTLED);

        assertThat(anew)
                .allSatisfy(claim -> assertThat(agents.etcd.entry(claim.key())).isEqualTo(claim));

        agents.assertShared();
    }

    @Test
    void what_has_not_changed_is_not_written_again() {
        agents.truth.put("pen3", "the same");
        Member a = agents.join("a");
        agents.pass(SETTLED);
        a.work.remember("pen3");
        agents.pass(Duration.ofSeconds(2));
        long puts = agents.etcd.puts;

        a.work.remember("pen3");
        agents.pass(Duration.ofSeconds(2));

        assertThat(agents.etcd.puts).isEqualTo(puts);
    }

    @Test
    void a_second_agent_of_the_same_name_waits_until_the_first_is_gone() {
        Member first = agents.join("a");
        agents.pass(SETTLED);
        Member second = agents.new Member("a");
        agents.pass(Duration.ofSeconds(20));
        assertThat(first.watched()).hasSize(60);
        assertThat(second.watched()).isEmpty();

        first.kill();
        agents.members.put("a", second);
        agents.pass(TAKEN_OVER);

        agents.assertShared();
    }

    @Test
    void pens_that_are_configured_later_are_shared_and_those_that_are_gone_are_given_up() {
        Member a = agents.join("a");
        Member b = agents.join("b");
        agents.pass(SETTLED);
        List<String> others = List.of("pen1", "new1", "new2", "new3", "new4", "new5");
        a.work.pens(others);
        b.work.pens(others);
        agents.pass(SETTLED);

        Set<String> watched = new HashSet<>();
        others.stream().filter(a.work::isOurs).forEach(watched::add);
        others.stream().filter(b.work::isOurs).forEach(watched::add);
        assertThat(watched).containsExactlyInAnyOrderElementsOf(others);
        assertThat(a.work.owned() + b.work.owned()).isEqualTo(6);
    }

    @Test
    void a_claim_that_somebody_deleted_by_hand_is_ours_no_more_until_it_is_made_again() {
        Member a = agents.join("a");
        agents.pass(SETTLED);

        a.way.release(List.of(agents.etcd.entry("/pen-agent/owners/pen1"))).subscribe();
        agents.pass(SETTLED);

        agents.assertShared();
        assertThat(a.work.moves()).isEqualTo(62);
    }

    /** Whoever asks late must not take it for a pen that was ours all the time. */
    @Test
    void a_pen_that_was_lost_for_a_moment_is_told_even_when_it_is_ours_again() {
        Member a = agents.join("a");
        agents.pass(SETTLED);
        assertThat(a.work.lost()).isEmpty();
        long lease = agents.etcd.entry("/pen-agent/owners/pen1").lease();

        a.way.revoke(lease).subscribe();
        agents.pass(Duration.ofSeconds(10));

        agents.assertShared();
        assertThat(a.work.lost()).containsExactlyInAnyOrderElementsOf(agents.pens);
        assertThat(a.work.lost()).isEmpty();
    }

    @Test
    void what_stands_in_etcd_is_named_as_documented() {
        agents.join("a");
        agents.pass(SETTLED);

        assertThat(agents.etcd.entry("/pen-agent/members/a").value()).isEqualTo("a:9099");
        assertThat(agents.etcd.entry("/pen-agent/owners/pen1").value()).isEqualTo("a");
    }

    /** Who may write is checked after each 20 ms. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void never_two_may_write_to_one_pen_whatever_happens(long seed) {
        Random random = new Random(seed);
        List<String> names = List.of("a", "b", "c", "d", "e");
        agents.join("a");
        for (int i = 0; i < 60; i++) {
            String name = names.get(random.nextInt(names.size()));
            Member member = agents.members.get(name);
            switch (random.nextInt(8)) {
                case 0 -> agents.kill(name);
                case 1 -> agents.leave(name);
                case 2 -> agents.etcd.crash();
                case 3 -> {
                    if (member != null) {
                        member.way.cut();
                    }
                }
                case 4 -> {
                    if (member != null) {
                        member.way.mend();
                    }
                }
                case 5 -> agents.ways.get(random.nextInt(agents.ways.size())).repeat();
                default -> {
                    if (member == null) {
                        agents.join(name);
                    }
                    agents.etcd.restart();
                }
            }
            agents.pass(Duration.ofMillis(random.nextInt(6_000)));
        }
        agents.members.values().forEach(member -> member.way.mend());
        if (agents.members.isEmpty()) {
            agents.join("a");
        }
        agents.etcd.restart();
        agents.pass(Duration.ofSeconds(20));
        agents.assertShared();
    }
}
