package io.github.penagent.health.probe;

import static io.github.penagent.health.probe.Probed.PACE;
import static io.github.penagent.health.probe.Probed.TCP;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.fleet.Checks.Standing;
import io.github.penagent.health.Cause;
import io.github.penagent.health.Check;
import io.github.penagent.health.Pace;
import io.github.penagent.health.Question;
import io.github.penagent.health.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProberTest {
    private final Probed probed = new Probed(TCP);

    @Test
    void new_backends_have_a_result_within_a_second_and_not_all_at_once() {
        String[] many = addresses(20);
        probed.watch("web", many);

        probed.pass(Duration.ofSeconds(1));

        assertThat(probed.heard).extracting(Probed.Heard::address).containsExactlyInAnyOrder(many);
        assertThat(probed.asked.stream().map(Probed.Asked::millis).distinct().count())
                .isGreaterThan(10);
        assertThat(probed.view("web", "a0").standing()).isEqualTo(Standing.UP);
    }

    @Test
    void each_is_asked_once_an_interval_give_or_take_a_tenth() {
        probed.watch("web", "a", "b");

        probed.pass(Duration.ofMinutes(10));

        List<Long> gaps = gaps(probed.timesOf("a"));
        assertThat(gaps).hasSizeBetween(115, 125).allMatch(gap -> gap >= 4_500 && gap <= 5_500);
        assertThat(new HashSet<>(gaps)).hasSizeGreaterThan(50);
    }

    @Test
    void a_failure_hurries_the_next_ones_until_the_verdict_is_there_and_a_success_does_too() {
        probed.watch("web", "a");
        probed.pass(Duration.ofSeconds(20));
        probed.bad.put("a", Cause.REFUSED);
        probed.asked.clear();

        probed.pass(Duration.ofSeconds(30));
        List<Long> down = gaps(probed.timesOf("a"));
        assertThat(probed.view("web", "a").standing()).isEqualTo(Standing.DOWN);
        assertThat(down.subList(0, 2)).allMatch(gap -> gap >= 179 && gap <= 221);
        assertThat(down.subList(2, down.size())).isNotEmpty().allMatch(gap -> gap >= 4_499);

        probed.bad.clear();
        probed.asked.clear();
        probed.pass(Duration.ofSeconds(30));
        List<Long> up = gaps(probed.timesOf("a"));
        assertThat(probed.view("web", "a").standing()).isEqualTo(Standing.UP);
        assertThat(up.get(0)).isBetween(179L, 221L);
        assertThat(up.subList(1, up.size())).isNotEmpty().allMatch(gap -> gap >= 4_499);
    }

    @Test
    void silence_is_asked_about_quickly_for_five_seconds_before_it_is_believed() {
        probed.watch("web", "a");
        probed.pass(Duration.ofSeconds(10));
        probed.bad.put("a", Cause.SILENT);

        probed.pass(Duration.ofSeconds(5));
        assertThat(probed.view("web", "a").standing()).isEqualTo(Standing.UP);
        probed.pass(Duration.ofSeconds(6));

        assertThat(probed.view("web", "a").standing()).isEqualTo(Standing.DOWN);
    }

    @Test
    void troubles_of_our_own_are_not_made_worse_by_hurry() {
        probed.troubled = true;
        probed.watch("web", "a");

        probed.pass(Duration.ofMinutes(1));

        assertThat(probed.timesOf("a")).hasSizeLessThan(15);
        assertThat(probed.view("web", "a")).satisfies(view -> {
            assertThat(view.standing()).isEqualTo(Standing.UNKNOWN);
            assertThat(view.checks()).isZero();
            assertThat(view.failures()).isZero();
            assertThat(view.unknowns()).isGreaterThan(10);
            assertThat(view.lastMessage()).isEqualTo("no file descriptor");
            assertThat(view.lastDurationSeconds()).isNaN();
        });
    }

    @Test
    void a_hurry_ends_once_its_failures_are_stale() {
        probed.watch("web", "a");
        probed.pass(Duration.ofSeconds(10));
        probed.bad.put("a", Cause.REFUSED);
        probed.prober.recheck("web");
        probed.pass(Duration.ofMillis(2));
        probed.troubled = true;
        probed.pass(Duration.ofSeconds(15));
        probed.asked.clear();

        probed.pass(Duration.ofSeconds(60));

        assertThat(probed.timesOf("a")).hasSizeBetween(10, 14);
    }

    @Test
    void an_exchange_longer_than_the_interval_is_not_overlapped_and_the_next_follows_at_once() {
        probed.takes = address -> Duration.ofSeconds(7);
        probed.watch("web", "a");

        probed.pass(Duration.ofMinutes(2));

        assertThat(probed.mostOpen).isOne();
        assertThat(gaps(probed.timesOf("a"))).isNotEmpty().allMatch(gap -> gap == 7_000);
    }

    @Test
    void a_backend_that_is_gone_is_asked_no_more_and_what_is_still_to_come_of_it_is_dropped() {
        probed.takes = address -> Duration.ofMillis(1_900);
        probed.watch("web", "a", "b");
        probed.pass(Duration.ofSeconds(1));
        assertThat(probed.open).isEqualTo(2);

        probed.watch("web", "b");
        assertThat(probed.cancelled).isOne();
        int asked = probed.timesOf("a").size();
        probed.pass(Duration.ofSeconds(30));

        assertThat(probed.timesOf("a")).hasSize(asked);
        assertThat(probed.heard).extracting(Probed.Heard::address).containsOnly("b");
        assertThat(probed.prober.views("web")).hasSize(1);
    }

    @Test
    void the_same_set_again_changes_nothing_and_those_that_stay_keep_their_history() {
        probed.watch("web", "a");
        probed.pass(Duration.ofSeconds(20));
        CheckView before = probed.view("web", "a");

        probed.watch("web", "a");
        probed.watch("web", "a", "b");
        probed.watch("mail", "a");

        assertThat(probed.view("web", "a").checks()).isEqualTo(before.checks()).isPositive();
        assertThat(probed.view("web", "b").checks()).isZero();
        assertThat(probed.view("mail", "a").lastMessage()).isEmpty();
    }

    @Test
    void a_recheck_asks_all_of_one_pen_now_but_not_those_just_asked() {
        probed.watch("web", "a", "b");
        probed.watch("mail", "c");
        probed.pass(Duration.ofMillis(1_500));
        probed.asked.clear();

        probed.prober.recheck("web");
        probed.pass(Duration.ofMillis(10));
        assertThat(probed.asked).extracting(Probed.Asked::address).containsExactlyInAnyOrder("a", "b");

        probed.prober.recheck("web");
        probed.pass(Duration.ofMillis(30));
        assertThat(probed.asked).hasSize(2);

        probed.pass(Duration.ofMillis(20));
        probed.prober.recheck("web");
        probed.pass(Duration.ofMillis(10));
        assertThat(probed.asked).hasSize(4);
        probed.pass(Duration.ofSeconds(4));
        assertThat(probed.asked).as("the interval begins anew").hasSize(5);
    }

    @Test
    void a_recheck_does_not_double_what_is_in_flight() {
        probed.takes = address -> Duration.ofMillis(500);
        probed.watch("web", "a");
        probed.pass(Duration.ofSeconds(1));
        probed.pass(Duration.ofMillis(500));
        probed.prober.recheck("web");
        probed.pass(Duration.ofMillis(100));

        probed.prober.recheck("web");
        probed.pass(Duration.ofMillis(100));

        assertThat(probed.mostOpen).isOne();
    }

    @Test
    void checks_ask_only_the_pens_and_addresses_that_they_name() {
        Check one = new Check("one", Set.of("web"), Set.of("b", "x"), new Question.Tcp(), PACE);
        Probed narrow = new Probed(one, TCP);
        narrow.watch("web", "a", "b");
        narrow.watch("mail", "b");

        assertThat(narrow.prober.views("web"))
                .extracting(view -> view.check() + " " + view.address())
                .containsExactlyInAnyOrder("tcp a", "tcp b", "one b");
        assertThat(narrow.prober.views("mail")).extracting(CheckView::check).containsExactly("tcp");
        assertThat(narrow.prober.views("other")).isEmpty();
    }

    @Test
    void under_overload_checks_are_skipped_and_nobody_is_blamed() {
        Pace pace = new Pace(Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofSeconds(10), 3, 2);
        Probed busy = new Probed(new Check("slow", Set.of(), Set.of(), new Question.Tcp(), pace));
        busy.takes = address -> Duration.ofSeconds(4);
        busy.watch("web", addresses(1_000));

        busy.pass(Duration.ofMinutes(2));

        assertThat(busy.mostOpen).isEqualTo(Prober.MAX_IN_FLIGHT);
        assertThat(busy.heard).isNotEmpty().allMatch(heard -> heard.result() instanceof Result.Good);
        assertThat(busy.prober.views("web")).allMatch(view -> view.failures() == 0 && view.unknowns() == 0);
        assertThat(busy.prober.views("web").stream().mapToLong(CheckView::skips).sum())
                .isPositive();
        assertThat(busy.prober.views("web")).as("none starves").allMatch(view -> view.checks() > 0);
    }

    @Test
    void numbers_and_times_are_those_of_the_results() {
        probed.takes = address -> Duration.ofMillis(25);
        probed.bad.put("a", Cause.REFUSED);
        probed.watch("web", "a");

        probed.pass(Duration.ofSeconds(3));

        assertThat(probed.view("web", "a")).satisfies(view -> {
            assertThat(view.checks()).isEqualTo(view.failures()).isEqualTo(probed.heard.size());
            assertThat(view.lastDurationSeconds()).isEqualTo(0.025);
            assertThat(view.lastMessage()).isEqualTo("not fine");
            assertThat(view.standing()).isEqualTo(Standing.DOWN);
        });
    }

    @Test
    void a_verdict_is_shown_only_while_it_is_fresh() {
        probed.watch("web", "a");
        probed.pass(Duration.ofSeconds(1));
        probed.troubled = true;

        probed.pass(Duration.ofSeconds(14));

        assertThat(probed.view("web", "a").standing()).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void nothing_is_asked_before_the_start_nor_after_the_end() {
        probed.takes = address -> Duration.ofMillis(1_900);
        probed.watch("web", addresses(5));
        probed.pass(Duration.ofSeconds(1));
        probed.stop();
        int asked = probed.asked.size();
        assertThat(probed.open).isZero();

        probed.pass(Duration.ofMinutes(1));
        probed.prober.recheck("web");
        probed.pass(Duration.ofMinutes(1));

        assertThat(probed.asked).hasSize(asked);
    }

    @Test
    void checks_that_ask_as_before_go_on_and_only_new_ones_begin() {
        Probed probed = new Probed(TCP);
        probed.watch("web", "10.0.0.1:80");
        probed.pass(Duration.ofSeconds(12));
        long before = probed.view("web", "10.0.0.1:80").checks();
        Check same = new Check("tcp", Set.of("web", "mail"), Set.of(), new Question.Tcp(), PACE);
        Check added = new Check("added", Set.of(), Set.of(), new Question.Smtp(), PACE);
        probed.asked.clear();

        probed.prober.check(List.of(same, added));
        probed.pass(Duration.ofSeconds(1));
        assertThat(probed.asked).extracting(Probed.Asked::check).containsOnlyOnce("added");
        assertThat(probed.prober.views("web")).extracting(CheckView::check).containsExactlyInAnyOrder("tcp", "added");
        assertThat(probed.view("web", "10.0.0.1:80").checks()).isGreaterThanOrEqualTo(before);

        Check slower = new Check(
                "tcp",
                Set.of(),
                Set.of(),
                new Question.Tcp(),
                new Pace(Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofSeconds(1), 3, 2));
        probed.prober.check(List.of(slower));
        probed.pass(Duration.ofMillis(1));
        assertThat(probed.prober.views("web"))
                .as("another rhythm, another verdict")
                .singleElement()
                .satisfies(view -> assertThat(view.checks()).isZero());
        probed.prober.check(List.of());
        probed.pass(Duration.ofSeconds(10));
        assertThat(probed.prober.views("web")).isEmpty();
        assertThat(probed.open).isZero();
    }

    @Test
    void a_seed_decides_everything() {
        assertThat(course()).isEqualTo(course());
    }

    private static List<Probed.Asked> course() {
        Probed probed = new Probed(TCP);
        probed.bad.put("a3", Cause.SILENT);
        probed.watch("web", addresses(10));
        probed.pass(Duration.ofMinutes(1));
        return new ArrayList<>(probed.asked);
    }

    private static String[] addresses(int count) {
        return IntStream.range(0, count).mapToObj(i -> "a" + i).toArray(String[]::new);
    }

    private static List<Long> gaps(List<Long> times) {
        return IntStream.range(1, times.size())
                .mapToObj(i -> times.get(i) - times.get(i - 1))
                .toList();
    }
}
