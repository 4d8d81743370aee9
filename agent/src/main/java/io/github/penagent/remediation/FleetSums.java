package io.github.penagent.remediation;

/**
 * What all pens come to together, kept up with each change rather than counted anew: it is looked at after every poll of any pen.
 *
 * @param tried pens that were asked at least once
 * @param unreadable those of them that did not answer last
 * @param readable pens that answered last
 * @param usable backends to which a connection could be sent
 * @param failing of them, on a check's or alert's word alone
 * @param failingPens pens with any of those
 * @param own this agent's leases on such a word
 */
record FleetSums(int tried, int unreadable, int readable, int usable, int failing, int failingPens, int own) {
    static final FleetSums ZERO = new FleetSums(0, 0, 0, 0, 0, 0, 0);

    FleetSums plus(PenCase pen) {
        return and(pen, 1);
    }

    FleetSums minus(PenCase pen) {
        return and(pen, -1);
    }

    private FleetSums and(PenCase pen, int times) {
        return new FleetSums(
                tried + (pen.tried ? times : 0),
                unreadable + (pen.tried && !pen.readable ? times : 0),
                readable + (pen.readable ? times : 0),
                usable + times * pen.sums.usable(),
                failing + times * pen.sums.failing(),
                failingPens + (pen.sums.failing() > 0 ? times : 0),
                own + times * pen.sums.own());
    }
}
