package io.github.penagent.remediation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What outlives the process. Leases do not: pen ends them by itself, and whoever starts anew must not believe that they are
 * still there.
 *
 * @param killSwitch whether the kill switch was thrown
 */
public record Kept(boolean killSwitch, List<Held> holds) {
    /** What there is before the first start. */
    public static final Kept NOTHING = new Kept(false, List.of());

    public Kept {
        holds = List.copyOf(holds);
    }

    /**
     * A person's hold on one backend of one pen, by the time of day, which is the only one that both runs share.
     *
     * @param address as pen lists it
     */
    public record Held(String pen, String address, Hold.Kind kind, String owner, String reason, Instant until) {
        public static Held of(String pen, String address, Hold hold, long nanos, Instant now) {
            return new Held(
                    pen, address, hold.kind(), hold.owner(), hold.reason(), now.plusNanos(hold.untilNanos() - nanos));
        }

        /**
         * The same by the core's clock, for at most {@link Hold#MAX} from now, should the time of day have been set back.
         *
         * @param nanos the core's time now
         * @param now the time of day at that moment
         */
        public Hold hold(long nanos, Instant now) {
            Duration left = Duration.between(now, until);
            Duration most = left.compareTo(Hold.MAX) > 0 ? Hold.MAX : left;
            return new Hold(kind, owner, reason, nanos + most.toNanos());
        }
    }

    /**
     * What is in force now.
     *
     * @param holds by pen and address
     * @param nanos the core's time now
     * @param now the time of day at that moment
     */
    static Kept of(boolean killSwitch, Map<String, Map<String, Hold>> holds, long nanos, Instant now) {
        List<Held> all = new ArrayList<>();
        holds.forEach((pen, byAddress) ->
                byAddress.forEach((address, hold) -> all.add(Held.of(pen, address, hold, nanos, now))));
        return new Kept(killSwitch, all);
    }

    Kept at(Instant now) {
        return new Kept(
                killSwitch,
                holds.stream().filter(held -> held.until().isAfter(now)).toList());
    }
}
