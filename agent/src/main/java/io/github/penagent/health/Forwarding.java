package io.github.penagent.health;

import io.github.penagent.fleet.Clients;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Reading;
import io.github.penagent.fleet.Slots;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether a pen forwards, as far as can be told without harming it: what moves, forwards. Only where nothing moves is a request
 * worth its price, and only while no backend in service fails: through one that refuses, each connection takes a place in pen that
 * it never gives back. A pen that has none left answers on its control port and accepts connections, which then wait for ever; so
 * a bare connect shows nothing. Immutable; times are of a monotonic clock.
 *
 * @param forwards the verdict; absent while there is none
 * @param moved the sum of all that can move, as last read
 * @param accepted how much of that are connections of clients, which are read more rarely than bytes
 * @param known whether there was a reading to compare with
 * @param polledNanos when that was
 * @param movedNanos when it last moved; {@link Long#MIN_VALUE} if never
 * @param streak for how many readings in a row it has moved, or, below 0, has not
 * @param busy whether it had moved in reading after reading before it stopped, and stopped not long before a backend failed
 * @param askedNanos when a request was last made; {@link Long#MIN_VALUE} if never
 * @param heardNanos when a request last said something; {@link Long#MIN_VALUE} if never
 * @param unanswered requests in a row without an answer
 */
public record Forwarding(
        Optional<Boolean> forwards,
        long moved,
        long accepted,
        boolean known,
        long polledNanos,
        long movedNanos,
        int streak,
        boolean busy,
        long askedNanos,
        long heardNanos,
        int unanswered) {

    /** Between two requests, at least. */
    public static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(10);

    /** For how long an answer holds where nothing moves. */
    private static final Duration VALID = Duration.ofSeconds(35);

    /** One request may be lost to a backend that has just died. */
    private static final int UNANSWERED = 2;

    /** A pen that was busy in so many readings does not fall silent by chance, */
    private static final int BUSY = 5;

    /** for so many readings, */
    private static final int SILENT = 3;

    /** and so long, in the moment in which a backend fails. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final int MAX_STREAK = 1_000_000;

    /** Before the first poll. */
    public static final Forwarding NONE = unknown(0, 0, false, Long.MIN_VALUE, Long.MIN_VALUE);

    /**
     * After one more poll.
     *
     * @param troubled whether a backend in service fails
     */
    public Forwarding next(PenState state, boolean troubled) {
        Reading reading = state.reading().orElse(null);
        if (reading == null) {
            return unknown(0, 0, false, Long.MIN_VALUE, askedNanos);
        }
        long now = reading.sample().nanos();
        long clients = reading.clients().map(Clients::accepted).orElse(0L);
        long sum = clients + bytes(reading.slots());
        boolean fell = sum < moved;
        if (!known || fell) {
            return unknown(sum, clients, true, now, askedNanos);
        }
        if (sum > moved) {
            int more = Math.min(MAX_STREAK, Math.max(0, streak) + 1);
            // Connections that are heard of late show no pause in what moved before.
            boolean late = sum - clients == moved - accepted;
            boolean was = more >= BUSY || (late && busy);
            return new Forwarding(
                    Optional.of(true), sum, clients, true, now, now, more, was, askedNanos, heardNanos, 0);
        }
        return now == polledNanos ? this : still(now, troubled);
    }

    /** Nothing is known of what it does; requests keep their distance all the same. */
    private static Forwarding unknown(long moved, long accepted, boolean known, long polledNanos, long askedNanos) {
        return new Forwarding(
                Optional.empty(),
                moved,
                accepted,
                known,
                polledNanos,
                Long.MIN_VALUE,
                0,
                false,
                askedNanos,
                Long.MIN_VALUE,
                0);
    }

    private Forwarding still(long now, boolean troubled) {
        int less = Math.max(-MAX_STREAK, Math.min(0, streak) - 1);
        // Silence that lasted before a backend failed is its clients', who have gone home.
        boolean sudden = busy && (troubled || now - movedNanos <= VALID.toNanos());
        boolean stopped = troubled && sudden && less <= -SILENT && now - movedNanos >= SILENCE.toNanos();
        Optional<Boolean> verdict = stopped ? Optional.of(false) : stillHeld(now);
        return new Forwarding(
                verdict, moved, accepted, true, now, movedNanos, less, sudden, askedNanos, heardNanos, unanswered);
    }

    /** That it forwards is forgotten in time; that it does not, only when it does. */
    private Optional<Boolean> stillHeld(long now) {
        boolean yes = forwards.orElse(false);
        long since = Math.max(movedNanos, heardNanos);
        return yes && now - since > VALID.toNanos() ? Optional.empty() : forwards;
    }

    /** Whether a request should tell now. */
    public boolean worthAsking(boolean troubled, long now) {
        return known
                && streak < 0
                && !troubled
                && (askedNanos == Long.MIN_VALUE || now - askedNanos >= BETWEEN_REQUESTS.toNanos());
    }

    /** A request is under way. */
    public Forwarding asking(long now) {
        return new Forwarding(
                forwards, moved, accepted, known, polledNanos, movedNanos, streak, busy, now, heardNanos, unanswered);
    }

    /**
     * A request has ended. Any answer will do: that it is a wrong one is the backend's affair. One that comes when pen cannot be
     * read any more says nothing of it now.
     */
    public Forwarding answered(Result result) {
        if (!known || result instanceof Result.Unknown) {
            return this;
        }
        boolean silent = result instanceof Result.Bad bad && bad.cause() != Cause.WRONG;
        boolean refused = result instanceof Result.Bad bad && bad.cause() == Cause.REFUSED;
        int row = silent ? unanswered + 1 : 0;
        Optional<Boolean> verdict =
                !silent ? Optional.of(true) : row >= UNANSWERED || refused ? Optional.of(false) : forwards;
        return new Forwarding(
                verdict,
                moved,
                accepted,
                true,
                polledNanos,
                movedNanos,
                streak,
                busy,
                askedNanos,
                result.endedNanos(),
                row);
    }

    private static long bytes(Slots slots) {
        long sum = 0;
        for (int i = 0; i < slots.size(); i++) {
            sum += slots.received(i);
        }
        return sum;
    }
}
