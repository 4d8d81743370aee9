package io.github.penagent.web;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One decision, as the door shows it.
 *
 * @param server the slot's number, -1 where it is about the pen
 * @param address the backend, empty where it is about the pen
 * @param decision what was decided, one word
 * @param mode in force on this pen then
 * @param source what spoke against the backend first; absent where nothing did
 * @param evidence what was known, in words
 * @param guards every guard that was asked, with its answer
 * @param refusedBy the first guard that refused; absent if none did
 * @param leaseSeconds 0 where there is none
 * @param outcome what became of it; absent while that is not known and where nothing was to be done
 * @param seen what was observed then, in words
 */
public record DecisionRow(
        Instant time,
        long id,
        String pen,
        int server,
        String address,
        String decision,
        String mode,
        Optional<String> source,
        String evidence,
        List<GuardAnswer> guards,
        Optional<String> refusedBy,
        int leaseSeconds,
        Optional<String> outcome,
        Optional<String> seen) {
    public DecisionRow {
        guards = List.copyOf(guards);
    }

    /** What one guard said, and why in words. */
    public record GuardAnswer(String guard, boolean passes, String words) {}
}
