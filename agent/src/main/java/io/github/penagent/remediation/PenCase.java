package io.github.penagent.remediation;

import io.github.penagent.fleet.Reading;
import io.github.penagent.fleet.Slots;
import io.github.penagent.health.CheckHistory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that the core knows of one pen. Changed only as a copy within one step; afterwards nobody touches it any more.
 */
final class PenCase implements Cloneable {
    final String name;
    Map<String, Backend> backends = new LinkedHashMap<>();
    List<SlotCase> slots = new ArrayList<>();

    /** The last answer, and whether the last poll got one. */
    @Nullable
    Reading reading;

    boolean readable;
    boolean tried;
    long readNanos = Long.MIN_VALUE;

    /** Where the traffic window under way began. */
    @Nullable
    Slots windowSlots;

    long windowNanos;

    long warmNanos = Long.MIN_VALUE;

    /** When this agent began with it. */
    long begunNanos = Long.MIN_VALUE;

    /** Whether pen has answered what was asked so late that whatever others had sent before was obeyed by then. */
    boolean settled;

    long incarnationNanos = Long.MIN_VALUE;
    boolean stubborn;
    boolean byWeight;
    OptionalInt blacklistSeconds = OptionalInt.empty();

    @Nullable
    Pending pending;

    /** A slot that holds a lease of ours meant for a backend it no longer has; -1 for none. */
    int orphan = -1;

    /** When that has ended. */
    long orphanNanos = Long.MIN_VALUE;

    /** What speaks against backends, for people. */
    List<Doubt> doubts = List.of();

    Panic panic = Panic.NONE;
    boolean panicNoted;
    Mode reportedMode = Mode.OFF;
    boolean everReported;
    int contradictions;
    long degradedNanos = Long.MIN_VALUE;

    boolean roomMade;
    long roomId = -1;
    int places;
    long roomNanos = Long.MIN_VALUE;

    long rereadNanos = Long.MIN_VALUE;
    long recheckNanos = Long.MIN_VALUE;
    long releaseNanos = Long.MIN_VALUE;
    /** Nothing could be sent: when to try again, and what was known of the backend before. */
    long retryNanos = Long.MIN_VALUE;

    Backend unsent = Backend.NEW;
    long twinNanos = Long.MIN_VALUE;
    List<Long> ejections = List.of();
    Counts counts = Counts.ZERO;
    OptionalInt foreign = OptionalInt.empty();
    OptionalDouble clockOffset = OptionalDouble.empty();

    /** What the fleet adds up. */
    Sums sums = Sums.ZERO;

    /** Nothing to do until something happens. */
    boolean quiet;

    PenCase(String name) {
        this.name = name;
    }

    /**
     * What is under way.
     *
     * @param seconds of the lease that is written, 0 for none
     * @param beforeNanos when the lease that was there before ends, in case this command changes nothing
     * @param laterNanos by how much pen's blacklist time has put its end off meanwhile, perhaps
     */
    record Pending(long id, Kind kind, int server, long sinceNanos, int seconds, long beforeNanos, long laterNanos) {
        Pending(long id, Kind kind, int server, long sinceNanos, int seconds, long beforeNanos) {
            this(id, kind, server, sinceNanos, seconds, beforeNanos, 0);
        }

        Pending later(long nanos) {
            return new Pending(id, kind, server, sinceNanos, seconds, beforeNanos + nanos, laterNanos + nanos);
        }

        enum Kind {
            EJECT,
            RENEW,
            RELEASE
        }
    }

    /**
     * What the whole fleet counts of one pen.
     *
     * @param usable backends
     * @param failing of them, on a check's or alert's word alone
     * @param own this agent's leases on such a word
     * @param budget how many more may leave
     */
    record Sums(int usable, int failing, int own, int budget) {
        static final Sums ZERO = new Sums(0, 0, 0, 0);
    }

    /** What a case refers to is immutable, but for the two collections. */
    PenCase copy() {
        try {
            PenCase copy = (PenCase) clone();
            copy.backends = new LinkedHashMap<>(backends);
            copy.slots = new ArrayList<>(slots);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** A pen of which nothing is known yet but what people said of its backends, by address. */
    static PenCase held(String name, Map<String, Hold> holds) {
        PenCase pen = new PenCase(name);
        holds.forEach((address, hold) -> pen.backends.put(address, Backend.NEW.with(Optional.of(hold))));
        return pen;
    }

    /** Without what these checks have said. */
    PenCase without(Set<String> checks) {
        if (backends.values().stream()
                .allMatch(backend -> Collections.disjoint(backend.checks().keySet(), checks))) {
            return this;
        }
        PenCase copy = copy();
        copy.backends.replaceAll((address, backend) -> {
            Map<String, CheckHistory> left = new TreeMap<>(backend.checks());
            left.keySet().removeAll(checks);
            return backend.withChecks(left);
        });
        return copy;
    }

    /** What people said of its backends, by address. */
    Map<String, Hold> holds() {
        Map<String, Hold> holds = new TreeMap<>();
        backends.forEach((address, backend) -> backend.hold().ifPresent(hold -> holds.put(address, hold)));
        return holds;
    }

    Backend backend(String address) {
        return backends.getOrDefault(address, Backend.NEW);
    }

    SlotCase slot(int server) {
        return slots.get(server);
    }

    Optional<Slots> table() {
        return Optional.ofNullable(reading).map(Reading::slots);
    }

    long incarnation() {
        return reading == null ? 0 : reading.restarts();
    }

    SlotKey key(int server) {
        return new SlotKey(name, incarnation(), server, slot(server).address());
    }

    /** Whether a connection could be sent there at all. */
    boolean usable(int server) {
        Slots now = reading == null ? null : reading.slots();
        return now != null
                && server < now.size()
                && now.isUsed(server)
                && !now.address(server).endsWith(":0")
                && !(byWeight && now.weight(server) == 0);
    }

    /** How many slots have this address. */
    long listed(String address) {
        return address.isEmpty()
                ? 0
                : slots.stream().filter(slot -> slot.address().equals(address)).count();
    }

    boolean hasLeases() {
        return slots.stream().anyMatch(slot -> slot.lease().isPresent());
    }
}
