package io.github.penagent.remediation;

import io.github.penagent.fleet.Checks.Standing;
import io.github.penagent.health.Cause;
import io.github.penagent.health.Check;
import io.github.penagent.health.CheckHistory;
import io.github.penagent.health.Result;
import io.github.penagent.health.Traffic;
import io.github.penagent.remediation.guard.Basis;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What all evidence about one slot's backend amounts to now.
 *
 * @param checked whether a check covers it
 * @param fresh whether one of these has said something lately
 * @param suspect whether any check has failed last time, or anything else speaks against it
 * @param failing whether that is enough to call it failing
 * @param ejectable whether that is enough to take it out: the last sign was bad, too
 * @param corroborated whether pen's own counters agree, as long as it is in service
 * @param suspicious whether pen's counters alone speak against it
 * @param renewable whether the evidence can still be seen while it is out
 * @param needsContrast whether it is only that we could not get through to it
 * @param suspectNanos since when
 * @param badNanos when the latest failure of a check ended; {@link Long#MIN_VALUE} if the last results were no failures
 * @param goodNanos when the latest success began, if all checks are content; {@link Long#MIN_VALUE} otherwise
 * @param source what speaks against it
 * @param cause what kind of failure, in a word, to compare with other backends'
 * @param words the evidence, for people
 */
record Judgement(
        boolean checked,
        boolean fresh,
        boolean suspect,
        boolean failing,
        boolean ejectable,
        boolean corroborated,
        boolean suspicious,
        boolean renewable,
        boolean needsContrast,
        long suspectNanos,
        long badNanos,
        long goodNanos,
        Source source,
        String cause,
        String words) {

    /** Nobody says anything, neither for nor against it: so it is for most backends most of the time. */
    private static final Judgement NOTHING = new Judgement(
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            Long.MIN_VALUE,
            Source.CHECK,
            "",
            "");

    static Judgement of(PenCase pen, int server, Rules rules, long nanos) {
        SlotCase slot = pen.slot(server);
        Backend backend = pen.backend(slot.address());
        Traffic traffic = slot.traffic();
        boolean silent = slot.lease().isEmpty() && traffic.silent(nanos);
        boolean suspicious = slot.lease().isEmpty() && traffic.suspicious(rules.passive());
        boolean unsaid = rules.checks().isEmpty() && backend.alerts().isEmpty();
        if (unsaid && !silent && !suspicious && slot.lease().isEmpty()) {
            return NOTHING;
        }
        Checks checks = Checks.of(pen.name, slot.address(), backend.checks(), rules.checks(), nanos);
        Optional<Firing> alert = backend.alerts().values().stream()
                .filter(Firing::firing)
                .reduce((a, b) -> b.alone() && !a.alone() ? b : a);
        boolean alone = alert.filter(Firing::alone).isPresent();
        // While it is out its counters say nothing; what they said holds until the checks say otherwise.
        boolean agreed = silent
                || slot.lease()
                        .filter(lease -> lease.basis() == Basis.CORROBORATED)
                        .isPresent();
        boolean byCheck = checks.failing || (checks.fallen && agreed);
        boolean byAlert = alone || (alert.isPresent() && (suspicious || checks.fallen));
        List<String> words = new ArrayList<>(checks.words);
        alert.ifPresent(a -> words.add("alert " + a.rule() + " fires"));
        if (suspicious) {
            words.add(String.format(
                    Locale.ROOT,
                    "pen's counters: nothing came back in %d readings while others answered",
                    Math.max(traffic.swallowed(), traffic.stuck())));
        } else if (silent) {
            words.add(String.format(
                    Locale.ROOT,
                    "pen's counters agree: nothing came back for %.1f s while others answered",
                    (nanos - traffic.movedNanos()) / 1e9));
        }
        return new Judgement(
                checks.checked,
                checks.fresh,
                checks.suspect || alert.isPresent() || suspicious,
                byCheck || byAlert,
                (byCheck && checks.bad) || byAlert,
                byCheck && checks.bad && silent,
                suspicious,
                checks.failing || checks.fallen || alone,
                byCheck && !byAlert && checks.unheard,
                byCheck && (checks.bad || !byAlert)
                        ? checks.suspectNanos
                        : alert.map(Firing::sinceNanos).orElse(checks.suspectNanos),
                checks.badNanos,
                checks.goodNanos,
                byCheck ? Source.CHECK : byAlert ? Source.ALERT : suspicious ? Source.PASSIVE : Source.CHECK,
                byCheck ? checks.cause : byAlert ? "alert" : "",
                String.join("; ", words));
    }

    Basis basis() {
        return corroborated ? Basis.CORROBORATED : Basis.ASSERTED;
    }

    /** What the checks of one backend amount to together: one that fails is enough, and all have to be content. */
    private static final class Checks {
        private boolean checked;
        private boolean fresh;
        private boolean suspect;
        private boolean failing;
        private boolean fallen;
        private boolean bad;
        private boolean unheard = true;
        private long suspectNanos = Long.MAX_VALUE;
        private long badNanos = Long.MIN_VALUE;
        private long goodNanos = Long.MAX_VALUE;
        private String cause = "";
        private final List<String> words = new ArrayList<>();

        static Checks of(String pen, String address, Map<String, CheckHistory> histories, List<Check> all, long nanos) {
            Checks sum = new Checks();
            for (Check check : all) {
                if (check.covers(pen, address)) {
                    sum.add(check, histories.getOrDefault(check.name(), CheckHistory.NONE), nanos);
                }
            }
            if (!sum.fresh || sum.suspect) {
                sum.goodNanos = Long.MIN_VALUE;
            }
            return sum;
        }

        private void add(Check check, CheckHistory history, long nanos) {
            checked = true;
            Standing standing = history.standingAt(nanos, check.pace());
            if (!history.fresh(nanos, check.pace())) {
                goodNanos = Long.MIN_VALUE;
                return;
            }
            fresh = true;
            goodNanos = Math.min(goodNanos, standing == Standing.UP ? history.lastGoodNanos() : Long.MIN_VALUE);
            if (history.bads() == 0) {
                suspect |= standing == Standing.DOWN;
                failing |= standing == Standing.DOWN;
                if (standing == Standing.DOWN) {
                    words.add("check " + check.name() + ": recovering, " + history.goods() + " of "
                            + check.pace().rise());
                    suspectNanos = Math.min(suspectNanos, history.firstBadNanos());
                }
                return;
            }
            suspect = true;
            suspectNanos = Math.min(suspectNanos, history.firstBadNanos());
            boolean down = standing == Standing.DOWN;
            failing |= down;
            fallen |= history.fallen(check.pace());
            bad |= down || history.fallen(check.pace());
            if (history.last().orElse(null) instanceof Result.Bad bad) {
                badNanos = Math.max(badNanos, bad.endedNanos());
                unheard &= bad.cause() != Cause.WRONG;
                cause = bad.cause().label();
                words.add("check " + check.name() + ": " + bad.cause().label() + " " + history.bads()
                        + (history.bads() == 1 ? " time" : " times in a row") + ", " + bad.message());
            }
        }
    }
}
