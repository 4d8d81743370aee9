package io.github.penagent.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RendezvousTest {
    private static final List<String> NAMES =
            IntStream.range(0, 5_000).mapToObj(i -> "pen-" + i).toList();

    @Test
    void shares_are_about_equal() {
        Map<String, Integer> counts = counts(List.of("a:9099", "b:9099", "c:9099", "d:9099", "e:9099"));

        assertThat(counts).hasSize(5);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(900, 1_100));
    }

    @Test
    void whoever_joins_takes_from_all_and_nobody_takes_from_another() {
        List<String> before = List.of("a", "b", "c", "d");
        List<String> after = List.of("d", "x", "c", "b", "a");

        long moved = NAMES.stream()
                .filter(name -> !Rendezvous.owner(name, before).equals(Rendezvous.owner(name, after)))
                .peek(name -> assertThat(Rendezvous.owner(name, after)).contains("x"))
                .count();

        assertThat(moved).isBetween(900L, 1_100L);
    }

    @Test
    void nobody_owns_anything_where_nobody_is() {
        assertThat(Rendezvous.owner("web", List.of())).isEmpty();
    }

    /** Other releases of the agent work beside this one: these must never change. */
    @Test
    void the_answer_is_the_same_in_every_release() {
        assertThat(Rendezvous.owner("web", List.of("a:9099", "b:9099", "c:9099")))
                .contains("a:9099");
        assertThat(IntStream.range(0, 8)
                        .map(i -> Rendezvous.shard("pen-" + i, 5))
                        .toArray())
                .containsExactly(4, 2, 4, 4, 5, 2, 3, 1);
    }

    @Test
    void fixed_shares_are_disjoint_and_complete() {
        List<FixedShare> shares =
                IntStream.rangeClosed(1, 5).mapToObj(i -> new FixedShare(i, 5)).toList();

        assertThat(NAMES).allSatisfy(name -> assertThat(
                        shares.stream().filter(share -> share.isOurs(name) && share.mayAct(name)))
                .hasSize(1));
        assertThat(shares)
                .allSatisfy(share ->
                        assertThat(NAMES.stream().filter(share::isOurs).count()).isBetween(900L, 1_100L));
    }

    @Test
    void there_is_no_sixth_share_of_five() {
        assertThatThrownBy(() -> new FixedShare(6, 5)).hasMessage("shard must be between 1 and 5");
        assertThatThrownBy(() -> new FixedShare(0, 5)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Map<String, Integer> counts(List<String> members) {
        Map<String, Integer> counts = new HashMap<>();
        NAMES.forEach(name -> counts.merge(Rendezvous.owner(name, members).orElseThrow(), 1, Integer::sum));
        return counts;
    }
}
