package io.github.penagent.health;

import io.github.penagent.fleet.Slots;
import java.time.Duration;

/**
 * What pen's own counters say of one backend, from reading to reading. Immutable; times are of a monotonic clock.
 *
 * <p>Readings that follow each other closely are taken together into windows of at least {@link TrafficWindow#MIN}, since between two
 * that are a moment apart nothing moves anywhere.
 *
 * @param moved whether bytes came back from it in the last window
 * @param movedNanos the end of the last window in which they did; {@link Long#MIN_VALUE} if there was none
 * @param pauseNanos the longest time between two such ends lately: how long it is silent while all is well, as far as readings
 *     can tell
 * @param movedWindows in how many windows it moved, up to now
 * @param contrasts in how many windows in a row nothing came back from it while others answered
 * @param contrast the same as evidence: how often it would have answered, had it gone on as it used to; each window counts at least
 *     by the share of the other backends that answered in it
 * @param swallowed in how many windows in a row it was sent much, had connections, and returned nothing while others answered
 * @param stuck in how many windows in a row it had as many connections as it may and returned nothing while others answered
 * @param shareOfPeers its bytes in the last window over those of another backend that moved, on average; NaN if none did
 * @param windowNanos when the last window began; {@link Long#MIN_VALUE} before the first has ended
 * @param keptOutNanos the end of the last window in which nothing was sent there on purpose; {@link Long#MIN_VALUE} if there was none
 * @param habitNanos since when its present silence is its own: it moved last, or was last absent; {@link Long#MIN_VALUE} if
 *     neither has happened
 * @param rate bytes per second that come back from it, on average lately
 * @param spread how far the rate goes up and down: the square of the distance from the average, by the seconds it was taken over
 */
public record Traffic(
        boolean moved,
        long movedNanos,
        long pauseNanos,
        int movedWindows,
        int contrasts,
        double contrast,
        int swallowed,
        int stuck,
        double shareOfPeers,
        long windowNanos,
        long keptOutNanos,
        long habitNanos,
        double rate,
        double spread) {

    /** A backend that was never seen to answer cannot have stopped. */
    private static final int KNOWN_WINDOWS = 3;

    /** It is silent only when it is so for clearly longer than it ever was. */
    private static final double PATIENCE = 1.5;

    private static final long SHORTEST_SILENCE_NANOS = Duration.ofSeconds(1).toNanos();

    /** How much of an old pause is forgotten with each window, so that one slow night does not count for ever. */
    private static final double FORGETTING = 0.995;

    private static final int MAX_COUNT = 1_000_000;

    /** From so few windows no habit is told. */
    private static final int HABIT_WINDOWS = 8;

    private static final double LEARNING = 0.05;

    /** Before the first window. */
    public static final Traffic NONE = new Traffic(
            false, Long.MIN_VALUE, 0, 0, 0, 0, 0, 0, Double.NaN, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, 0, 0);

    /**
     * What is known after one more window; a slot with another backend begins anew.
     *
     * @param absent whether it was kept out of service, so that its silence is not its habit
     */
    public Traffic next(TrafficWindow window, int slot, boolean absent, PassiveSettings passive) {
        if (!window.sameBackend(slot)) {
            return NONE;
        }
        long received = window.received(slot);
        double peers = window.peers(slot);
        double share = Double.isNaN(peers) ? Double.NaN : received / peers;
        long end = window.nowNanos();
        if (received > 0) {
            long gap = end - (habitNanos == Long.MIN_VALUE ? window.beforeNanos() : habitNanos);
            long pause = absent ? pauseNanos : Math.max((long) (pauseNanos * FORGETTING), gap);
            int windows = Math.min(movedWindows + 1, MAX_COUNT);
            double seconds = gap / 1e9;
            double distance = received / seconds - rate;
            double learning = absent ? 0 : Math.max(LEARNING, 1.0 / windows);
            return new Traffic(
                    true,
                    end,
                    pause,
                    windows,
                    0,
                    0,
                    0,
                    0,
                    share,
                    window.beforeNanos(),
                    keptOutNanos,
                    end,
                    rate + learning * distance,
                    spread + learning * (distance * distance * seconds - spread));
        }
        boolean othersAnswer = !Double.isNaN(peers);
        Slots now = window.now();
        boolean fed = othersAnswer && window.sent(slot) >= passive.minBytes() && now.connections(slot) > 0;
        boolean full = othersAnswer && full(now, slot);
        return new Traffic(
                false,
                movedNanos,
                pauseNanos,
                movedWindows,
                othersAnswer ? Math.min(contrasts + 1, MAX_COUNT) : contrasts,
                Math.min(contrast + window.answering(slot) * Math.max(1, answersIn(window)), MAX_COUNT),
                fed ? Math.min(swallowed + 1, MAX_COUNT) : 0,
                full ? Math.min(stuck + 1, MAX_COUNT) : 0,
                share,
                window.beforeNanos(),
                keptOutNanos,
                absent ? end : habitNanos,
                rate,
                spread);
    }

    /**
     * How many answers this backend is used to give in that time, as arrivals that know nothing of each other: the steadier the
     * rate, the more of them it is made of. 0 where too little is known.
     */
    private double answersIn(TrafficWindow window) {
        if (movedWindows < HABIT_WINDOWS) {
            return 0;
        }
        double perSecond = spread > 0 ? rate * rate / spread : MAX_COUNT;
        return Math.min(MAX_COUNT, perSecond * (window.nowNanos() - window.beforeNanos()) / 1e9);
    }

    /** Nothing was to come back up to {@code nanos}: that it did not says nothing. */
    public Traffic keptOut(long nanos) {
        return new Traffic(
                moved,
                movedNanos,
                pauseNanos,
                movedWindows,
                0,
                0,
                0,
                0,
                shareOfPeers,
                windowNanos,
                nanos,
                nanos,
                rate,
                spread);
    }

    /** Whether as many connections are open as may be. */
    public static boolean full(Slots slots, int slot) {
        return slots.isFull(slot);
    }

    /** Whether it has been silent for longer than it ever is, while others answered. */
    public boolean silent(long nanos) {
        return movedWindows >= KNOWN_WINDOWS
                && contrasts >= 2
                && nanos - Math.max(movedNanos, keptOutNanos)
                        > Math.max(SHORTEST_SILENCE_NANOS, (long) (PATIENCE * pauseNanos));
    }

    /** Whether it answered no longer ago than it usually does. */
    public boolean carries(long nanos) {
        return movedNanos != Long.MIN_VALUE
                && nanos - movedNanos <= Math.max(SHORTEST_SILENCE_NANOS, (long) (PATIENCE * pauseNanos));
    }

    /** Whether the counters alone speak against it. */
    public boolean suspicious(PassiveSettings passive) {
        return passive.enabled() && (swallowed >= passive.reads() || stuck >= passive.reads());
    }
}
