package io.github.penagent.remediation;

import io.github.penagent.health.Check;
import io.github.penagent.health.Pace;
import io.github.penagent.health.PassiveSettings;
import io.github.penagent.health.Question;
import io.github.penagent.remediation.guard.Basis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The core among simulated pens: time, polls, checks and commands as the agent would bring them, without the agent. */
final class Sim {
    static final long SECOND = 1_000_000_000L;
    static final long MILLI = 1_000_000L;
    static final Pace PACE = new Pace(Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofSeconds(1), 3, 2);

    /** What becomes of a command. */
    enum Fate {
        WELL,
        UNKNOWN_DONE,
        UNKNOWN_NOT_DONE,
        NOT_WRITTEN,
        NOT_AUDITED,
        WITHOUT_EFFECT,
        NO_WORD_DONE,
        NO_WORD_NOT_DONE,
        LATE
    }

    /** A command that the core asked for, not answered yet. */
    record Command(Action action, SimPen pen, Permit permit, boolean asserted, long nanos) {}

    final List<SimPen> pens = new ArrayList<>();
    final List<Action> actions = new ArrayList<>();
    final List<Event> events = new ArrayList<>();
    final Contract contract;
    final State start;
    final List<Command> commands = new ArrayList<>();
    final Map<Basis, Integer> bases = new HashMap<>();
    State state;
    Rules rules;
    long now;
    boolean cut;
    Fate fate = Fate.WELL;

    /** Called after each step, with the state before it. */
    interface Watch {
        void stepped(State before, Event event, Step step);
    }

    Watch watch = (before, event, step) -> {};

    Sim(Rules rules, long now, SimPen... pens) {
        this.rules = rules;
        this.now = now;
        this.pens.addAll(List.of(pens));
        this.start = State.start(rules, now);
        this.state = start;
        this.contract = new Contract(rules);
    }

    static SettingsFixture wanted(Mode mode, int agents, int index, String... pens) {
        return SettingsFixture.in(Path.of("")).mode(mode, pens).lease(6).agents(agents, index);
    }

    static RemediationSettings settings(Mode mode, int agents, int index, String... pens) {
        return wanted(mode, agents, index, pens).settings();
    }

    static Rules rules(RemediationSettings settings, String... pens) {
        Check check = new Check("alive", Set.of(), Set.of(), new Question.Tcp(), PACE);
        return new Rules(List.of(pens), settings, List.of(check), new PassiveSettings(true, 3, 1_000), 0.01);
    }

    /** One pen in enforce, warm, with traffic and checks that were content for a while. */
    static Sim warm(SimPen pen) {
        Sim sim = new Sim(rules(settings(Mode.ENFORCE, 1, 0, pen.name), pen.name), 1_000 * SECOND, pen);
        sim.rounds(16, 500);
        return sim;
    }

    List<Action> tell(Event event) {
        State before = state;
        Step step = Core.step(before, event);
        events.add(event);
        state = step.state();
        contract.check(before, event, step);
        actions.addAll(step.actions());
        for (Action action : step.actions()) {
            take(action);
        }
        watch.stepped(before, event, step);
        return step.actions();
    }

    private void take(Action action) {
        if (action instanceof Action.Eject eject) {
            queue(action, eject.permit());
        } else if (action instanceof Action.Release release) {
            queue(action, release.permit());
        } else if (action instanceof Action.RaisePending raise) {
            find(raise.pen()).ifPresent(pen -> commands.add(new Command(action, pen, none(raise), false, now)));
        }
    }

    private static Permit none(Action.RaisePending raise) {
        return new Permit(raise.id(), new SlotKey(raise.pen(), raise.incarnation(), -1, ""), 0, Long.MAX_VALUE);
    }

    private void queue(Action action, Permit permit) {
        Optional<Basis> basis = state.find(permit.slot().pen())
                .flatMap(pen -> pen.slot(permit.slot().server()).lease())
                .map(Lease::basis);
        boolean asserted = basis.equals(Optional.of(Basis.ASSERTED));
        if (action instanceof Action.Eject eject && eject.decision().kind() == Decision.Kind.EJECT) {
            basis.ifPresent(b -> bases.merge(b, 1, Integer::sum));
        }
        find(permit.slot().pen()).ifPresent(pen -> commands.add(new Command(action, pen, permit, asserted, now)));
    }

    Optional<SimPen> find(String name) {
        return pens.stream().filter(pen -> pen.name.equals(name)).findFirst();
    }

    /** Time goes on, clients come, everything is asked, and commands are carried out. */
    void round(int millis) {
        advance(millis);
        poll();
        check();
        carryOut();
    }

    void rounds(int count, int millis) {
        for (int i = 0; i < count; i++) {
            round(millis);
        }
    }

    void advance(int millis) {
        now += millis * MILLI;
        for (SimPen pen : pens) {
            pen.serve(now, millis);
        }
        tell(new Event.Tick(now));
    }

    void poll() {
        for (SimPen pen : pens) {
            tell(pen.poll(now));
        }
    }

    void check() {
        for (SimPen pen : pens) {
            for (int i = 0; i < pen.places.size(); i++) {
                String address = pen.places.get(i).address;
                tell(new Event.Checked(now, pen.name, address, "alive", pen.check(i, now, cut)));
            }
        }
    }

    void carryOut() {
        for (Command command : List.copyOf(commands)) {
            if (fate == Fate.LATE && now - command.nanos() < 3 * SECOND) {
                continue;
            }
            commands.remove(command);
            Fate chosen = fate;
            fate = Fate.WELL;
            carryOut(command, chosen);
        }
    }

    private void carryOut(Command command, Fate chosen) {
        Permit permit = command.permit();
        SimPen pen = command.pen();
        SlotKey key = permit.slot();
        boolean room = command.action() instanceof Action.RaisePending;
        boolean same = room
                || (key.server() < pen.places.size()
                        && pen.places.get(key.server()).address.equals(key.address())
                        && key.incarnation()
                                == pen.state.last().map(r -> r.restarts()).orElse(-1L));
        boolean possible = same && now <= permit.expiresNanos() && pen.readable;
        Fate real = possible ? chosen : Fate.NOT_WRITTEN;
        boolean done = real == Fate.WELL || real == Fate.UNKNOWN_DONE || real == Fate.NO_WORD_DONE || real == Fate.LATE;
        if (done && !room) {
            write(pen.places.get(key.server()), command);
            boolean isNew = command.action() instanceof Action.Eject eject
                    && eject.decision().kind() == Decision.Kind.EJECT;
            contract.written(pen, now, isNew && command.asserted());
        }
        WriteOutcome outcome =
                switch (real) {
                    case WELL, LATE -> pen.showsStatus ? WriteOutcome.CONFIRMED : WriteOutcome.WRITTEN;
                    case UNKNOWN_DONE, UNKNOWN_NOT_DONE -> WriteOutcome.UNKNOWN;
                    case NOT_WRITTEN, NO_WORD_DONE, NO_WORD_NOT_DONE -> WriteOutcome.NOT_WRITTEN;
                    case NOT_AUDITED -> WriteOutcome.NOT_AUDITED;
                    case WITHOUT_EFFECT -> WriteOutcome.CONTRADICTED;
                };
        if (real != Fate.NO_WORD_DONE && real != Fate.NO_WORD_NOT_DONE) {
            tell(new Event.Done(now, pen.name, permit.id(), outcome, now, "as told"));
        }
    }

    private void write(SimPen.Place place, Command command) {
        int seconds = command.permit().seconds();
        place.outNanos = seconds == 0 ? Long.MIN_VALUE : now + seconds * SECOND;
        place.ours = true;
        place.asserted = command.asserted();
    }

    // What the examples ask.

    List<Action.Eject> ejections() {
        return actions.stream()
                .filter(a -> a instanceof Action.Eject e && e.decision().kind() == Decision.Kind.EJECT)
                .map(a -> (Action.Eject) a)
                .toList();
    }

    List<Action.Eject> renewals() {
        return actions.stream()
                .filter(a -> a instanceof Action.Eject e && e.decision().kind() == Decision.Kind.RENEW)
                .map(a -> (Action.Eject) a)
                .toList();
    }

    List<Decision> notes(Decision.Kind kind) {
        return actions.stream()
                .filter(a -> a instanceof Action.Note n && n.decision().kind() == kind)
                .map(a -> ((Action.Note) a).decision())
                .toList();
    }

    PenCase pen(int i) {
        return state.find(pens.get(i).name).orElseThrow();
    }

    Optional<Lease> lease(int slot) {
        return pen(0).slot(slot).lease();
    }
}
