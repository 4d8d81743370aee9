package io.github.penagent;

import io.github.penagent.fleet.Fleet;
import io.github.penagent.fleet.PenState;
import io.github.penagent.remediation.Event;
import io.github.penagent.remediation.Hold;
import io.github.penagent.remediation.Remediation;
import io.github.penagent.web.Change;
import io.github.penagent.web.PostedHold;
import io.github.penagent.web.Wishes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/** The way of what people want: from the door to the core, and whether it is in force and kept back. */
final class People implements Wishes {
    /** The core needs a fraction of a millisecond, and a disk rarely more than some. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Fleet fleet;
    private final Remediation core;
    private final Sharing sharing;

    People(Fleet fleet, Remediation core, Sharing sharing) {
        this.fleet = fleet;
        this.core = core;
        this.sharing = sharing;
    }

    @Override
    public CompletionStage<Change> hold(String pen, String address, PostedHold posted) {
        Optional<Change> unknown = unknown(pen, address);
        if (unknown.isPresent()) {
            return CompletableFuture.completedFuture(unknown.get());
        }
        Hold.Kind kind = Hold.Kind.valueOf(posted.kind().name());
        return told(
                pen,
                nanos -> new Event.Held(
                        nanos,
                        pen,
                        address,
                        new Hold(
                                kind,
                                posted.owner(),
                                posted.reason(),
                                nanos + posted.length().toNanos())),
                () -> core.hold(pen, address)
                        .filter(hold -> hold.kind() == kind && hold.reason().equals(posted.reason()))
                        .isPresent());
    }

    /** Also of a backend that pen does not list any more. */
    @Override
    public CompletionStage<Change> unhold(String pen, String address) {
        Optional<Change> unknown = core.hold(pen, address).isPresent() ? Optional.empty() : unknown(pen, address);
        return unknown.isPresent()
                ? CompletableFuture.completedFuture(unknown.get())
                : told(pen, nanos -> new Event.Unheld(nanos, pen, address), () -> core.hold(pen, address)
                        .isEmpty());
    }

    @Override
    public CompletionStage<Change> killSwitch(boolean on) {
        return done(nanos -> new Event.KillSwitch(nanos, on), () -> core.killed() == on);
    }

    private Optional<Change> unknown(String pen, String address) {
        Optional<PenState> state = fleet.find(pen);
        if (state.isEmpty()) {
            return Optional.of(new Change.Unknown(sharing.owner(pen)
                    .map(owner -> "this pen is watched by the agent at " + owner + ": tell that one")
                    .orElse("there is no pen of this name")));
        }
        boolean listed = state.get()
                .last()
                .filter(reading -> reading.slots().addresses().contains(address))
                .isPresent();
        return listed ? Optional.empty() : Optional.of(new Change.Unknown("this pen has no backend of this address"));
    }

    /** What people say of a pen goes with it to its next owner. */
    private CompletionStage<Change> told(String pen, LongFunction<Event> event, BooleanSupplier heard) {
        return done(event, heard).thenApply(change -> {
            sharing.remember(pen);
            return change;
        });
    }

    private CompletionStage<Change> done(LongFunction<Event> event, BooleanSupplier heard) {
        return core.wish(event)
                .<Change>map(problem -> problem.<Change>map(why ->
                                new Change.Failed("in force, but it could not be kept for the next start: " + why))
                        .orElseGet(() -> heard.getAsBoolean()
                                ? new Change.Done()
                                : new Change.Failed("not taken; the agent's log says why")))
                .timeout(PATIENCE)
                .toFuture();
    }
}
