package io.github.penagent.remediation;

import io.github.penagent.health.CheckHistory;
import io.github.penagent.health.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One step of the core, under way: takes the event in, then lets each pen concerned think. */
final class Deliberation {
    private final List<Action> actions = new ArrayList<>();
    private State state;

    Deliberation(State before, long nanos) {
        // Time does not go back, whatever an event says.
        long now = Math.max(before.fleet.nanos(), nanos);
        state = before.with(before.fleet.at(now));
        if (now - before.fleet.nanos() > Core.STALL.toNanos()) {
            wakeUp(now);
        }
    }

    Step step() {
        return new Step(state, actions);
    }

    private long now() {
        return state.fleet.nanos();
    }

    /** What was seen while we slept, or is about to be seen late, says nothing of others. */
    private void wakeUp(long now) {
        state = state.with(state.fleet.stalled(now, now + Core.RECOLLECTION.toNanos()));
        for (PenCase pen : state.pens()) {
            if (!pen.backends.isEmpty()) {
                PenCase copy = pen.copy();
                copy.backends.replaceAll((address, backend) -> backend.withChecks(withoutFailures(backend.checks())));
                copy.readNanos = Long.MIN_VALUE;
                copy.quiet = false;
                state = state.with(copy);
            }
        }
        suspect();
    }

    /** Whether the agent suspects itself over all pens. */
    private void suspect() {
        state = state.with(state.fleet.panic(state.fleet.panic().next(Suspicion.ofFleet(state), now())));
    }

    private static Map<String, CheckHistory> withoutFailures(Map<String, CheckHistory> checks) {
        Map<String, CheckHistory> left = new TreeMap<>();
        checks.forEach((name, history) -> left.put(name, history.withoutFailures()));
        return left;
    }

    void hear(Event event) {
        if (event instanceof Event.Tick) {
            tick();
        } else if (event instanceof Event.Polled polled) {
            about(polled.state().name(), thinking -> thinking.hear(polled));
        } else if (event instanceof Event.Checked checked) {
            hear(checked);
        } else if (event instanceof Event.Alerted alerted) {
            Alert alert = alerted.alert();
            about(alert.pen(), thinking -> thinking.hear(alert));
        } else if (event instanceof Event.Held held && state.find(held.pen()).isEmpty()) {
            state = state.withAbsent(held.pen(), held.address(), held.hold());
        } else if (event instanceof Event.Held held) {
            about(held.pen(), thinking -> thinking.hold(held.address(), Optional.of(held.hold())));
        } else if (event instanceof Event.Unheld unheld
                && state.find(unheld.pen()).isEmpty()) {
            state = state.withoutAbsent(unheld.pen(), unheld.address());
        } else if (event instanceof Event.Unheld unheld) {
            about(unheld.pen(), thinking -> thinking.hold(unheld.address(), Optional.empty()));
        } else if (event instanceof Event.Done done) {
            hear(done);
        } else if (event instanceof Event.StatusRead read) {
            about(read.pen(), thinking -> thinking.hear(read));
        } else if (event instanceof Event.Forwards forwards) {
            about(forwards.pen(), thinking -> thinking.hear(forwards));
        } else if (event instanceof Event.Witnessed witnessed) {
            state = state.with(state.fleet.witnessed(witnessed.reachable()));
            everyone();
        } else if (event instanceof Event.KillSwitch kill) {
            state = state.with(state.fleet.killed(kill.on()));
            everyone();
        } else if (event instanceof Event.KillFile file) {
            state = state.with(state.fleet.killFile(file.there()));
            everyone();
        } else if (event instanceof Event.Audit audit) {
            state = state.with(state.fleet.audited(audit.works()));
            everyone();
        } else if (event instanceof Event.Proven proven) {
            state = state.with(state.fleet.proven(proven.ours()));
            everyone();
        } else if (event instanceof Event.Configured configured) {
            state = state.under(configured.rules());
            everyone();
        }
    }

    /** A failure that began before we woke up may be ours. */
    private void hear(Event.Checked checked) {
        boolean late =
                checked.result() instanceof Result.Bad && checked.result().startedNanos() <= state.fleet.awakeNanos();
        if (!late) {
            about(checked.pen(), thinking -> thinking.hear(checked));
        }
    }

    private void hear(Event.Done done) {
        if (done.outcome() == WriteOutcome.NOT_AUDITED) {
            state = state.with(state.fleet.audited(false));
        }
        about(done.pen(), thinking -> thinking.hear(done));
    }

    private void tick() {
        suspect();
        for (PenCase pen : state.pens()) {
            if (!pen.quiet || state.fleet.panic().on()) {
                about(pen.name, PenThinking::think);
            }
        }
    }

    private void everyone() {
        suspect();
        for (PenCase pen : state.pens()) {
            about(pen.name, PenThinking::think);
        }
    }

    private void about(String name, Consumer<PenThinking> thought) {
        state.find(name).ifPresent(pen -> {
            PenThinking thinking = new PenThinking(state, pen.copy());
            thought.accept(thinking);
            state = thinking.state();
            actions.addAll(thinking.actions());
        });
    }
}
