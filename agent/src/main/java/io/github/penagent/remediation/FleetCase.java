package io.github.penagent.remediation;

import java.util.List;

/**
 * What the core knows beyond single pens. Immutable.
 *
 * @param nanos the latest time that was told
 * @param awakeNanos results of checks that began before this time may be ours: we slept; {@link Long#MIN_VALUE} if we never did
 * @param stalledNanos until when nothing is done because of that
 * @param witnessed whether any witness could be reached, as far as known
 * @param killed whether a person has thrown the kill switch
 * @param killFile whether the file that does the same is there
 * @param audited whether records can be written
 * @param proven whether it can be proved that the pens are this agent's
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
        boolean killFile,
        boolean audited,
        boolean proven,
        List<Long> ejections,
        Panic panic,
        long nextId) {

    static FleetCase start(long nanos) {
        return new FleetCase(
                nanos, Long.MIN_VALUE, Long.MIN_VALUE, true, false, false, true, true, List.of(), Panic.NONE, 1);
    }

    FleetCase at(long now) {
        return new FleetCase(
                now, awakeNanos, stalledNanos, witnessed, killed, killFile, audited, proven, ejections, panic, nextId);
    }

    FleetCase stalled(long awake, long until) {
        return new FleetCase(
                nanos, awake, until, witnessed, killed, killFile, audited, proven, ejections, panic, nextId);
    }

    FleetCase witnessed(boolean reachable) {
        return new FleetCase(
                nanos,
                awakeNanos,
                stalledNanos,
                reachable,
                killed,
                killFile,
                audited,
                proven,
                ejections,
                panic,
                nextId);
    }

    FleetCase killed(boolean on) {
        return new FleetCase(
                nanos, awakeNanos, stalledNanos, witnessed, on, killFile, audited, proven, ejections, panic, nextId);
    }

    FleetCase killFile(boolean there) {
        return new FleetCase(
                nanos, awakeNanos, stalledNanos, witnessed, killed, there, audited, proven, ejections, panic, nextId);
    }

    /** Whether all pens are at most observed, whoever says so. */
    boolean restrained() {
        return killed || killFile;
    }

    FleetCase audited(boolean works) {
        return new FleetCase(
                nanos, awakeNanos, stalledNanos, witnessed, killed, killFile, works, proven, ejections, panic, nextId);
    }

    FleetCase proven(boolean ours) {
        return new FleetCase(
                nanos, awakeNanos, stalledNanos, witnessed, killed, killFile, audited, ours, ejections, panic, nextId);
    }

    FleetCase ejections(List<Long> times) {
        return new FleetCase(
                nanos,
                awakeNanos,
                stalledNanos,
                witnessed,
                killed,
                killFile,
                audited,
                proven,
                List.copyOf(times),
                panic,
                nextId);
    }

    FleetCase panic(Panic now) {
        return new FleetCase(
                nanos, awakeNanos, stalledNanos, witnessed, killed, killFile, audited, proven, ejections, now, nextId);
    }

    FleetCase afterId() {
        return new FleetCase(
                nanos,
                awakeNanos,
                stalledNanos,
                witnessed,
                killed,
                killFile,
                audited,
                proven,
                ejections,
                panic,
                nextId + 1);
    }
}
