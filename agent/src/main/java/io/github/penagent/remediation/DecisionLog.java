package io.github.penagent.remediation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The latest decisions with what became of them, for people to look at. Thread-safe; the oldest make room. */
public final class DecisionLog {
    /** How many are kept. */
    public static final int CAPACITY = 1000;

    private final Entry[] ring = new Entry[CAPACITY];
    private long added;

    /**
     * One decision.
     *
     * @param at when it was made, on the wall clock
     * @param end what became of it; absent while that is not known and where nothing was to be done
     */
    public record Entry(Decision decision, Instant at, Optional<End> end) {}

    /**
     * What became of a decision.
     *
     * @param seen one line for a person
     */
    public record End(WriteOutcome outcome, String seen) {}

    public synchronized void add(Decision decision, Instant at) {
        ring[(int) (added % CAPACITY)] = new Entry(decision, at, Optional.empty());
        added++;
    }

    /** What became of the decision with this id; nothing happens if it has made room already. */
    public synchronized void outcome(long id, WriteOutcome outcome, String seen) {
        for (int back = 1; back <= size(); back++) {
            int i = place(back);
            if (ring[i].decision().id() == id) {
                ring[i] = new Entry(ring[i].decision(), ring[i].at(), Optional.of(new End(outcome, seen)));
                return;
            }
        }
    }

    /** All that are kept, as of now. */
    public synchronized List<Entry> newestFirst() {
        List<Entry> entries = new ArrayList<>(size());
        for (int back = 1; back <= size(); back++) {
            entries.add(ring[place(back)]);
        }
        return entries;
    }

    private int size() {
        return (int) Math.min(added, CAPACITY);
    }

    /** Of the decision that was added so many ago, 1 for the last. */
    private int place(int back) {
        return (int) ((added - back) % CAPACITY);
    }
}
