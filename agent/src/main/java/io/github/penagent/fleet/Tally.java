package io.github.penagent.fleet;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many polls of one pen ended how, since the agent started.
 *
 * @param polls all that ended, well or not
 * @param failures those that failed, by reason; every reason has a count
 * @param skips those that were due and did not take place, by reason; every reason has a count
 */
public record Tally(long polls, Map<FailureReason, Long> failures, Map<SkipReason, Long> skips) {
    static final Tally ZERO = new Tally(0, zero(FailureReason.class), zero(SkipReason.class));

    public Tally {
        failures = Collections.unmodifiableMap(failures);
        skips = Collections.unmodifiableMap(skips);
    }

    Tally succeeded() {
        return new Tally(polls + 1, failures, skips);
    }

    Tally failed(FailureReason reason) {
        return new Tally(polls + 1, plusOne(failures, reason), skips);
    }

    Tally skipped(SkipReason reason) {
        return new Tally(polls, failures, plusOne(skips, reason));
    }

    private static <E extends Enum<E>> Map<E, Long> zero(Class<E> reasons) {
        Map<E, Long> counts = new EnumMap<>(reasons);
        for (E reason : reasons.getEnumConstants()) {
            counts.put(reason, 0L);
        }
        return counts;
    }

    private static <E extends Enum<E>> Map<E, Long> plusOne(Map<E, Long> counts, E reason) {
        Map<E, Long> next = new EnumMap<>(counts);
        next.merge(reason, 1L, Long::sum);
        return next;
    }
}
