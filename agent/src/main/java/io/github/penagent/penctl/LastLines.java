package io.github.penagent.penctl;

import java.util.Arrays;

/**
 * What the lines of the last reply said beside connections and bytes, which are all that changes from poll to poll: pen's own bytes, per
 * slot. Where they stand again they need no reading; they were found right, and the table still has what they say.
 */
final class LastLines {
    private static final byte[] UNKNOWN = {};

    /** Up to the number of connections. */
    private byte[][] beginning = {};

    /** From behind that number up to the bytes sent. Mostly the same for all slots, and then the same array. */
    private byte[][] middle = {};

    void grow(int slots) {
        int old = beginning.length;
        beginning = Arrays.copyOf(beginning, slots);
        middle = Arrays.copyOf(middle, slots);
        Arrays.fill(beginning, old, slots, UNKNOWN);
        Arrays.fill(middle, old, slots, UNKNOWN);
    }

    /** Steps over the slot's beginning if it stands there; never if it is not known. */
    boolean begins(Cursor line, int slot) {
        byte[] known = beginning[slot];
        return known.length > 0 && line.follows(known);
    }

    /** Steps over the slot's middle if it stands there; only after {@link #begins}. */
    boolean goesOn(Cursor line, int slot) {
        return line.follows(middle[slot]);
    }

    /** To be called before the table takes anything else from a line of this slot, which may turn out to be damaged. */
    void forget(int slot) {
        beginning[slot] = UNKNOWN;
    }

    /** A line of {@code reply} that was read and found right: its first byte, and where two of its values begin or end. */
    void keep(Cursor reply, int slot, int start, int connFrom, int connTo, int sxFrom) {
        byte[] neighbour = slot > 0 ? middle[slot - 1] : UNKNOWN;
        boolean alike = neighbour.length == sxFrom - connTo && reply.stands(neighbour, connTo);
        middle[slot] = alike ? neighbour : reply.copy(connTo, sxFrom);
        beginning[slot] = reply.copy(start, connFrom);
    }
}
