package io.github.penagent.health.probe;

import io.github.penagent.fleet.Checks;
import io.github.penagent.health.CheckHistory;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One check of one backend, to be shown.
 *
 * @param check its name
 * @param standing the verdict at the time of looking; {@link Checks.Standing#UNKNOWN} where nothing is fresh
 * @param checks how often the backend was judged, good or bad
 * @param failures how often it was bad
 * @param unknowns how often nothing could be said of it, for reasons of our own; not among {@code checks}
 * @param skips how often it was due and too many others were, too; not among {@code checks}
 * @param lastDurationSeconds of the last check that judged it; NaN before the first
 * @param lastMessage of the last result of any kind; empty before the first
 */
public record CheckView(
        String pen,
        String address,
        String check,
        Checks.Standing standing,
        CheckHistory history,
        long checks,
        long failures,
        long unknowns,
        long skips,
        double lastDurationSeconds,
        String lastMessage) {

    Checks.Row row() {
        OptionalDouble seconds =
                Double.isNaN(lastDurationSeconds) ? OptionalDouble.empty() : OptionalDouble.of(lastDurationSeconds);
        OptionalLong ended = history.last()
                .map(result -> OptionalLong.of(result.endedNanos()))
                .orElseGet(OptionalLong::empty);
        return new Checks.Row(address, check, standing, seconds, checks + unknowns, failures, lastMessage, ended);
    }
}
