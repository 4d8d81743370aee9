package io.github.penagent.remediation;

import static io.github.penagent.remediation.Decisions.dryRun;
import static io.github.penagent.remediation.Decisions.ofPen;
import static io.github.penagent.remediation.Decisions.refused;
import static io.github.penagent.remediation.Decisions.taken;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.remediation.Decision.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecisionTextTest {
    private static final String WHY = ": check home: refused 3 times in a row";

    @Test
    void an_ejection_says_what_from_where_for_how_long_and_why() {
        assertThat(DecisionText.of(taken(Kind.EJECT)))
                .isEqualTo("ejecting 10.0.0.12:80 from web for 20 s" + WHY + "; all guards agree");
        assertThat(DecisionText.of(taken(Kind.RENEW)))
                .isEqualTo("keeping 10.0.0.12:80 out of web for another 20 s" + WHY + "; all guards agree");
        assertThat(DecisionText.of(taken(Kind.LIFT)))
                .isEqualTo("letting 10.0.0.12:80 back into web before its lease ends" + WHY + "; all guards agree");
    }

    @Test
    void a_dry_run_says_the_same_of_what_would_have_been() {
        assertThat(DecisionText.of(dryRun(Kind.EJECT)))
                .isEqualTo(
                        "would eject 10.0.0.12:80 from web for 20 s" + WHY + "; all guards agree but for the dry run");
        assertThat(DecisionText.of(dryRun(Kind.RENEW)))
                .startsWith("would keep 10.0.0.12:80 out of web for another 20 s: ");
        assertThat(DecisionText.of(dryRun(Kind.LIFT))).startsWith("would let 10.0.0.12:80 back into web ");
    }

    @ParameterizedTest
    @EnumSource(names = {"ENFORCE", "DRY_RUN"})
    void a_refusal_gives_the_guard_that_refused_first_and_its_words(Mode mode) {
        assertThat(DecisionText.of(refused(Kind.EJECT, mode)))
                .isEqualTo("not ejecting 10.0.0.12:80 from web: cap: 2 of 3 would be out, 1 may be; "
                        + Decisions.EVIDENCE);
    }

    @Test
    void a_refusal_by_a_guard_that_left_no_words_still_names_it() {
        Decision silent = new Decision(
                1,
                0,
                "web",
                1,
                "a:80",
                Kind.EJECT,
                Mode.ENFORCE,
                Optional.empty(),
                "",
                List.of(),
                Optional.of("rate"),
                6);

        assertThat(DecisionText.of(silent)).isEqualTo("not ejecting a:80 from web: rate");
    }

    @Test
    void only_a_dry_run_would_have_done_it() {
        Decision downgraded = new Decision(
                1,
                0,
                "web",
                1,
                "a:80",
                Kind.RENEW,
                Mode.OBSERVE,
                Optional.empty(),
                "",
                List.of(),
                Optional.of("mode"),
                6);

        assertThat(DecisionText.of(downgraded)).isEqualTo("not keeping a:80 out of web: mode");
    }

    @Test
    void verdicts_and_ends_name_the_backend_and_its_pen() {
        assertThat(DecisionText.of(taken(Kind.FAILING))).isEqualTo("10.0.0.12:80 of web is failing" + WHY);
        assertThat(DecisionText.of(taken(Kind.HEALTHY))).isEqualTo("10.0.0.12:80 of web is healthy again" + WHY);
        assertThat(DecisionText.of(taken(Kind.RETURN))).isEqualTo("10.0.0.12:80 is back in web" + WHY);
        assertThat(DecisionText.of(taken(Kind.LOST)))
                .isEqualTo("no longer keeping 10.0.0.12:80 out of web, the lease is gone" + WHY);
        assertThat(DecisionText.of(taken(Kind.FLAPPING)))
                .isEqualTo("10.0.0.12:80 of web comes and goes too often to be acted upon" + WHY);
        assertThat(DecisionText.of(taken(Kind.HOLD))).isEqualTo("10.0.0.12:80 of web is held" + WHY);
    }

    @Test
    void what_is_about_a_pen_names_the_pen_alone() {
        assertThat(DecisionText.of(ofPen(Kind.PANIC, "all of 3 fail at once")))
                .isEqualTo(
                        "suspecting this agent rather than the backends of web, acting on none: all of 3 fail at once");
        assertThat(DecisionText.of(ofPen(Kind.CALM, ""))).isEqualTo("trusting this agent's view of web again");
        assertThat(DecisionText.of(ofPen(Kind.RAISE_PENDING, "100 places would not last")))
                .isEqualTo("raising pending_max of web: 100 places would not last");
        assertThat(DecisionText.of(ofPen(Kind.MODE, "kill switch")))
                .isEqualTo("the mode of web is enforce now: kill switch");
        assertThat(DecisionText.of(ofPen(Kind.BLACKLIST_TIME, "30 s, was 0 s")))
                .isEqualTo("the blacklist time of web has changed: 30 s, was 0 s");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void every_kind_is_one_line_whatever_became_of_it(Kind kind) {
        for (Decision decision : List.of(taken(kind), dryRun(kind), refused(kind, Mode.ENFORCE), ofPen(kind, ""))) {
            assertThat(DecisionText.of(decision)).contains("web").doesNotContain("\n", "null", "Optional");
        }
    }
}
