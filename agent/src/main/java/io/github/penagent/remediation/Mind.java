package io.github.penagent.remediation;

import io.github.penagent.remediation.guard.Answer;
import io.github.penagent.remediation.guard.PenFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One pen's part of a step while it is thought about: what is known, what follows so far, and what those who think share. */
final class Mind {
    /** Nothing could be sent: not at once again. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Between two closer looks at one pen. */
    private static final Duration REREAD = Duration.ofMillis(300);

    private static final Duration RECHECK = Duration.ofMillis(200);

    /** The more backends, the longer between two rounds of checks out of turn: a hundred of them a second. */
    private static final Duration RECHECK_EACH = Duration.ofMillis(10);

    /** For how long after the first sign a closer look is taken. */
    private static final Duration CLOSE_LOOK = Duration.ofSeconds(15);

    private final List<Action> actions = new ArrayList<>();
    private final PenCase pen;
    private State state;
    private List<Judgement> judgements = List.of();

    /** What the guards see; made anew after whatever changes it. */
    private @Nullable PenFacts facts;

    Mind(State state, PenCase pen) {
        this.state = state;
        this.pen = pen;
    }

    /** The state with what was changed so far. */
    State state() {
        return state.with(pen);
    }

    PenCase pen() {
        return pen;
    }

    List<Action> actions() {
        return actions;
    }

    void want(Action action) {
        actions.add(action);
    }

    Rules rules() {
        return state.rules;
    }

    long now() {
        return state.fleet.nanos();
    }

    Mode mode() {
        return state.mode(pen);
    }

    /** Whether anything is decided, if only in words. */
    boolean decides() {
        return mode().compareTo(Mode.DRY_RUN) >= 0;
    }

    long id() {
        long id = state.fleet.nextId();
        state = state.with(state.fleet.afterId());
        return id;
    }

    /** One more ejection counts for the rate on all pens. */
    void ejected(List<Long> times) {
        state = state.with(state.fleet.ejections(times));
    }

    List<Long> ejections() {
        return state.fleet.ejections();
    }

    /** Weighs all evidence anew. */
    void judge() {
        List<Judgement> all = new ArrayList<>();
        for (int i = 0; i < pen.slots.size(); i++) {
            all.add(Judgement.of(pen, i, rules(), now()));
        }
        judgements = all;
        facts = null;
    }

    List<Judgement> judgements() {
        return judgements;
    }

    Judgement judgement(int server) {
        return judgements.get(server);
    }

    PenFacts facts() {
        if (facts == null) {
            facts = Picture.of(state(), pen, judgements);
        }
        return facts;
    }

    /** What the guards see is to be put together anew. */
    void forgetFacts() {
        facts = null;
    }

    void note(Decision.Kind kind, int server, String evidence) {
        want(new Action.Note(decision(id(), kind, server, Optional.empty(), evidence, List.of(), 0)));
    }

    Decision decision(
            long id,
            Decision.Kind kind,
            int server,
            Optional<Source> source,
            String evidence,
            List<Answer> answers,
            int seconds) {
        Optional<String> refused =
                answers.stream().filter(a -> !a.passes()).map(Answer::guard).findFirst();
        return new Decision(
                id,
                now(),
                pen.name,
                server,
                server >= 0 && server < pen.slots.size() ? pen.slot(server).address() : "",
                kind,
                mode(),
                source,
                evidence,
                answers,
                refused,
                seconds);
    }

    /** A lease is gone, or what became of it is not known any more. */
    void lost(int server, String why) {
        SlotCase slot = pen.slot(server).with(Optional.empty());
        boolean dry = pen.slot(server).lease().filter(Lease::dry).isPresent();
        // What the counters said before is not to be held against it now.
        pen.slots.set(server, dry ? slot : slot.with(slot.traffic().keptOut(now())));
        if (!dry) {
            note(Decision.Kind.LOST, server, why);
        }
    }

    void put(int server, Lease lease) {
        facts = null;
        pen.slots.set(server, pen.slot(server).with(Optional.of(lease)));
    }

    /** Nothing was sent after all, so nothing has left. */
    void undoEjection(int server) {
        String address = pen.slot(server).address();
        pen.slots.set(server, pen.slot(server).with(Optional.empty()));
        pen.backends.put(address, pen.backend(address).stayed(pen.unsent));
        pen.retryNanos = now() + RETRY.toNanos();
        facts = null;
    }

    /** The first sign of trouble: whether others show it too decides what it means. */
    void lookCloser() {
        if (decides()) {
            recheck();
            reread();
        }
    }

    void recheck() {
        long pause = Math.max(RECHECK.toNanos(), RECHECK_EACH.toNanos() * pen.slots.size());
        if (pen.recheckNanos == Long.MIN_VALUE || now() - pen.recheckNanos >= pause) {
            pen.recheckNanos = now();
            want(new Action.Recheck(pen.name));
        }
    }

    void reread() {
        boolean due = pen.rereadNanos == Long.MIN_VALUE || now() - pen.rereadNanos >= REREAD.toNanos();
        double occupancy =
                pen.reading == null ? Double.NaN : pen.reading.sample().occupancy();
        boolean affordable = Double.isNaN(occupancy) || occupancy <= rules().maxPenLoad();
        if (due && affordable) {
            pen.rereadNanos = now();
            want(new Action.Reread(pen.name));
        }
    }

    void closeLook(int server, Runnable look) {
        long since = judgement(server).suspectNanos();
        if (since != Long.MAX_VALUE && now() - since < CLOSE_LOOK.toNanos()) {
            look.run();
        }
    }

    boolean fresh() {
        return pen.readable
                && pen.readNanos != Long.MIN_VALUE
                && now() - pen.readNanos <= Duration.ofSeconds(1).toNanos();
    }
}
