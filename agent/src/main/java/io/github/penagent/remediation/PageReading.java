package io.github.penagent.remediation;

import io.github.penagent.penctl.StatusPage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one status page says of blacklists. A slot is avoided until its time of failure plus the global blacklist time, by pen's
 * clock. The page shows that clock only as local time without a zone. Zones differ by quarters of an hour, so a rough idea of
 * pen's time is enough to tell the zone and with it the time to the second.
 *
 * @param blacklistSeconds the global blacklist time
 * @param read when the page arrived, by our clock
 */
record PageReading(StatusPage page, int blacklistSeconds, Instant read) {
    private static final long QUARTER = 900;

    /** No zone is further from UTC. */
    private static final long MOST_ZONE = 15 * 3_600;

    /** How much more or less than it should a lease may last: pen counts whole seconds, and looking takes a moment. */
    private static final long TOLERANCE = 2;

    /**
     * pen's unix time when it wrote the page.
     *
     * @param roughly the same, wrong by less than seven minutes
     */
    long penTime(long roughly) {
        long shown = shown();
        return shown - Math.round((double) (shown - roughly) / QUARTER) * QUARTER;
    }

    private long shown() {
        return page.time().toEpochSecond(ZoneOffset.UTC);
    }

    /** pen's time, from ours and what is known of the difference in whole seconds. */
    long penTimeByOurs(long offset) {
        return penTime(read.getEpochSecond() + offset);
    }

    /** How far pen's clock is ahead of ours, to about a second. */
    long offset(long penTime) {
        return penTime - read.getEpochSecond();
    }

    long secondsLeft(StatusPage.Server server, long penTime) {
        return (long) server.failed() + blacklistSeconds - penTime;
    }

    /** For each slot that is used, how long it is still avoided. */
    Map<Integer, Integer> secondsLeft(long penTime) {
        return page.servers().stream()
                .filter(server -> !server.unused())
                .collect(Collectors.toMap(
                        StatusPage.Server::slot,
                        server -> (int)
                                Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, secondsLeft(server, penTime))),
                        (a, b) -> b));
    }

    /**
     * What pen's time must be if {@code server} was blacklisted just now for {@code seconds}: known to be right but for the
     * zone, whatever our own clock says. Ours if that cannot be.
     */
    long penTimeByWrite(StatusPage.Server server, int seconds, long offset) {
        long written = (long) server.failed() + blacklistSeconds - seconds;
        return Math.abs(shown() - written) <= MOST_ZONE ? penTime(written) : penTimeByOurs(offset);
    }

    /** Whether this is what {@code server N blacklist seconds} of just now would have led to; 0 seconds: it is in use. */
    boolean fits(StatusPage.Server server, int seconds, long penTime) {
        long left = secondsLeft(server, penTime);
        return seconds == 0 ? left <= 0 : Math.abs(left - seconds) <= TOLERANCE;
    }
}
