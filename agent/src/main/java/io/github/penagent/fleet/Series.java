package io.github.penagent.fleet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pen's byte counts as series that never jump, with their rates. Immutable; indexed by slot.
 *
 * <p>pen's counts belong to a slot, not to a backend: a slot that is given another address keeps its bytes. So each slot
 * has a base, the bytes of earlier backends, and the series of the present one starts at 0. When pen starts anew, bases
 * are forgotten and the series fall, as Prometheus expects of a reset.
 */
public final class Series {
    private final long[] sentBase;
    private final long[] receivedBase;
    private final double[] sentRate;
    private final double[] receivedRate;
    private final Slots slots;

    private Series(Slots slots) {
        int n = slots.size();
        this.slots = slots;
        sentBase = new long[n];
        receivedBase = new long[n];
        sentRate = new double[n];
        receivedRate = new double[n];
        Arrays.fill(sentRate, Double.NaN);
        Arrays.fill(receivedRate, Double.NaN);
    }

    static Series start(Observation.Sample first) {
        return new Series(first.slots());
    }

    /** The first reading of a pen that another agent has read before; a slot with another backend since then begins at 0. */
    static Series goOn(Observation.Sample first, Past past) {
        Slots slots = first.slots();
        Series series = new Series(slots);
        for (int i = 0; i < slots.size(); i++) {
            Past.Base base = past.base(i).orElse(null);
            if (base != null) {
                boolean same = base.address().equals(slots.address(i));
                series.sentBase[i] = same ? base.sent() : slots.sent(i);
                series.receivedBase[i] = same ? base.received() : slots.received(i);
            }
        }
        return series;
    }

    /** Of slots that have had another backend. */
    List<Past.Base> bases() {
        List<Past.Base> bases = new ArrayList<>();
        for (int i = 0; i < sentBase.length; i++) {
            if (sentBase[i] != 0 || receivedBase[i] != 0) {
                bases.add(new Past.Base(i, slots.address(i), sentBase[i], receivedBase[i]));
            }
        }
        return bases;
    }

    /** The series after {@code now}, which the same run of the same pen said after {@code before}. */
    Series next(Observation.Sample before, Observation.Sample now) {
        Slots was = before.slots();
        Slots is = now.slots();
        Series next = new Series(is);
        double seconds = (now.nanos() - before.nanos()) / 1e9;
        for (int i = 0; i < was.size(); i++) {
            if (!is.address(i).equals(was.address(i))) {
                next.sentBase[i] = is.sent(i);
                next.receivedBase[i] = is.received(i);
                continue;
            }
            next.sentBase[i] = sentBase[i];
            next.receivedBase[i] = receivedBase[i];
            if (seconds > 0) {
                next.sentRate[i] = unsigned(is.sent(i) - was.sent(i)) / seconds;
                next.receivedRate[i] = unsigned(is.received(i) - was.received(i)) / seconds;
            }
        }
        return next;
    }

    /** Bytes to the present backend of this slot, unsigned. */
    public long sent(int slot) {
        return slots.sent(slot) - sentBase[slot];
    }

    /** Bytes from the present backend of this slot, unsigned. */
    public long received(int slot) {
        return slots.received(slot) - receivedBase[slot];
    }

    /** Bytes per second to the backend between the last two readings; NaN if there are not two to compare. */
    public double sentRate(int slot) {
        return sentRate[slot];
    }

    /** Bytes per second from the backend between the last two readings; NaN if there are not two to compare. */
    public double receivedRate(int slot) {
        return receivedRate[slot];
    }

    private static double unsigned(long value) {
        return value >= 0 ? value : value + 0x1p64;
    }
}
