package io.github.penagent.web;

import io.github.penagent.fleet.Checks;
import io.github.penagent.fleet.Outlook.Opinion;
import io.github.penagent.fleet.Outlook.Verdict;
import io.github.penagent.fleet.Reading;
import io.github.penagent.fleet.Remedy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one backend is now, in one word, with the reason.
 *
 * @param label {@code serving}, {@code full}, {@code idle}, {@code suspect}, {@code failing}, {@code blacklisted} or {@code ejected}
 * @param reason for people; empty for none
 * @param untilNanos when that ends by itself, on the clock of the samples
 */
record BackendState(String label, String reason, OptionalLong untilNanos) {

    static BackendState of(
            Reading reading,
            int server,
            Optional<Remedy.Ejected> lease,
            Optional<Opinion> opinion,
            List<Checks.Row> checks) {
        String evidence = opinion.map(Opinion::evidence).orElse("");
        if (lease.isPresent()) {
            String reason =
                    evidence.isEmpty() ? "nothing speaks against it any more; back when its lease ends" : evidence;
            return until("ejected", reason, lease.get().untilNanos());
        }
        OptionalLong foreign = opinion.map(Opinion::foreignUntilNanos).orElse(OptionalLong.empty());
        if (foreign.isPresent() && foreign.getAsLong() > reading.sample().nanos()) {
            return until("blacklisted", "not by this agent", foreign.getAsLong());
        }
        Optional<Checks.Row> down = checks.stream()
                .filter(row -> row.standing() == Checks.Standing.DOWN)
                .findFirst();
        Verdict verdict = opinion.map(Opinion::verdict).orElse(Verdict.FINE);
        return switch (verdict) {
            case FAILING -> state("failing", evidence);
            case IDLE -> state("idle", "no connection is sent there: it has no weight, or no port");
            case SUSPECT -> state("suspect", evidence);
            // Where nothing is thought of anybody, checks speak for themselves.
            case FINE ->
                down.map(row -> state("failing", "check " + row.check() + ": " + row.message()))
                        .orElseGet(() -> inService(reading, server));
        };
    }

    private static BackendState inService(Reading reading, int server) {
        return reading.slots().isFull(server)
                ? state("full", "as many connections are open as may be")
                : state("serving", "");
    }

    private static BackendState state(String label, String reason) {
        return new BackendState(label, reason, OptionalLong.empty());
    }

    private static BackendState until(String label, String reason, long nanos) {
        return new BackendState(label, reason, OptionalLong.of(nanos));
    }
}
