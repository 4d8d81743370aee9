package io.github.penagent.remediation;

import java.util.List;

/**
 * What the core knows beyond single pens. Immutable.
 *
 * @param nanos the latest time that was told
 * @param awakeNanos results of checks that began before this time may be ours: we slept; {@link Long#MIN_VALUE} if we never did
 * @param stalledNanos until when nothing is done because of that
 * @param witnessed whether any witness could be reached, as far as known
 * @param killed whether the kill switch is thrown
 * @param audited whether records can be written
 * @param ejections new ones on a check's or alert's word, within the guard's window
 * @param panic whether the agent suspects itself on account of the whole fleet
 * @param nextId of decisions and permits
 */
record FleetCase(
        long nanos,
        long awakeNanos,
        long stalledNanos,
        boolean witnessed,
        boolean killed,
        boolean audited,
        List<Long> ejections,
        Panic panic,
        long nextId) {

    static FleetCase start(long nanos) {
        return new FleetCase(nanos, Long.MIN_VALUE, Long.MIN_VALUE, true, false, true, List.of(), Panic.NONE, 1);
    }

    FleetCase at(long now) {
        return new FleetCase(now, awakeNanos, stalledNanos, witnessed, killed, audited, ejections, panic, nextId);
    }

    FleetCase stalled(long awake, long until) {
        return new FleetCase(nanos, awake, until, witnessed, killed, audited, ejections, panic, nextId);
    }

    FleetCase witnessed(boolean reachable) {
        return new FleetCase(nanos, awakeNanos, stalledNanos, reachable, killed, audited, ejections, panic, nextId);
    }

    FleetCase killed(boolean on) {
        return new FleetCase(nanos, awakeNanos, stalledNanos, witnessed, on, audited, ejections, panic, nextId);
    }

    FleetCase audited(boolean works) {
        return new FleetCase(nanos, awakeNanos, stalledNanos, witnessed, killed, works, ejections, panic, nextId);
    }

    FleetCase ejections(List<Long> times) {
        return new FleetCase(
                nanos, awakeNanos, stalledNanos, witnessed, killed, audited, List.copyOf(times), panic, nextId);
    }

    FleetCase panic(Panic now) {
        return new FleetCase(nanos, awakeNanos, stalledNanos, witnessed, killed, audited, ejections, now, nextId);
    }

    FleetCase afterId() {
        return new FleetCase(nanos, awakeNanos, stalledNanos, witnessed, killed, audited, ejections, panic, nextId + 1);
    }
}
