package io.github.penagent.remediation.guard;

import io.github.penagent.remediation.guard.SlotFacts.Out;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A proposal that every guard agrees with, to be spoiled: slot 0 of four fails, the others are well. */
final class Scene {
    static final long NOW = Duration.ofHours(1).toNanos();
    static final long SIGN = NOW - Duration.ofSeconds(2).toNanos();

    final List<SlotFacts> slots = new ArrayList<>();
    Proposal.Kind kind = Proposal.Kind.EJECT;
    Basis basis = Basis.ASSERTED;
    SlotFacts target = failing(0);
    boolean needsContrast;
    String hold = "";
    String flapping = "";
    int foreignSeconds;
    long readNanos = NOW;
    double maxOut = 0.34;
    double minHealthy = 0.5;
    int agents = 1;
    int index;
    PenFacts.FleetFacts fleet = new PenFacts.FleetFacts(1, 4, 0, 0, true);
    boolean enforcing = true;
    long sign = SIGN;
    long warmNanos = NOW;
    boolean stubborn;
    double occupancy = Double.NaN;
    boolean audited = true;
    String panic = "";
    boolean panicTotal;
    int recent;

    Scene() {
        slots(4);
    }

    /** That many: the first fails, the others are well. */
    void slots(int count) {
        slots.clear();
        for (int i = 0; i < count; i++) {
            slots.add(i == 0 ? failing(0) : healthy(i).facts());
        }
        target = slots.get(0);
    }

    void slot(int server, SlotFacts facts) {
        slots.set(server, facts);
        if (server == 0) {
            target = facts;
        }
    }

    int fill(int from, int count, Out out) {
        for (int i = from; i < from + count; i++) {
            slot(i, out(i, out));
        }
        return from + count;
    }

    Proposal proposal() {
        return new Proposal(kind, basis, target, sign, needsContrast, given(hold), given(flapping), foreignSeconds);
    }

    private static Optional<String> given(String words) {
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }

    PenFacts facts() {
        return new PenFacts(
                "web",
                NOW,
                readNanos,
                slots,
                new PenFacts.Limits(maxOut, minHealthy, agents, index, 0.01),
                fleet,
                "enforce",
                enforcing,
                warmNanos,
                stubborn,
                occupancy,
                audited,
                given(panic),
                panicTotal,
                recent);
    }

    private List<Answer> answers() {
        return Guards.ask(proposal(), facts());
    }

    List<String> refusals() {
        return answers().stream().filter(a -> !a.passes()).map(Answer::guard).toList();
    }

    private Answer answer(String guard) {
        return answers().stream()
                .filter(a -> a.guard().equals(guard))
                .findFirst()
                .orElseThrow();
    }

    boolean passes(String guard) {
        return answer(guard).passes();
    }

    String words(String guard) {
        return answer(guard).words();
    }

    static SlotFacts failing(int server) {
        return failed(server).facts();
    }

    static Slot failed(int server) {
        return healthy(server).goodAt(Long.MIN_VALUE);
    }

    static SlotFacts out(int server, Out out) {
        return healthy(server).out(out).facts();
    }

    static SlotFacts unusable(int server) {
        return failed(server).usable(false).facts();
    }

    static SlotFacts healthy(int server, String address) {
        return new Slot(server, address).facts();
    }

    static Slot healthy(int server) {
        return new Slot(server, "10.0.0." + server + ":80");
    }

    /** One slot in the making. */
    static final class Slot {
        private final int server;
        private final String address;
        private boolean usable = true;
        private boolean checked = true;
        private boolean fresh = true;
        private long goodNanos = NOW;
        private boolean carries = true;
        private double share = Double.NaN;
        private long windowNanos = Long.MIN_VALUE;
        private long movedNanos = NOW;
        private double contrast = 5;
        private Out out = Out.IN;

        private Slot(int server, String address) {
            this.server = server;
            this.address = address;
        }

        Slot usable(boolean is) {
            usable = is;
            return this;
        }

        Slot checked(boolean is) {
            checked = is;
            return this;
        }

        Slot fresh(boolean is) {
            fresh = is;
            return this;
        }

        Slot goodAt(long nanos) {
            goodNanos = nanos;
            return this;
        }

        Slot carries(boolean does) {
            carries = does;
            return this;
        }

        Slot share(double ofPeers, long sinceNanos) {
            share = ofPeers;
            windowNanos = sinceNanos;
            return this;
        }

        Slot moved(long nanos) {
            movedNanos = nanos;
            return this;
        }

        Slot contrast(double windows) {
            contrast = windows;
            return this;
        }

        Slot out(Out why) {
            out = why;
            return this;
        }

        SlotFacts facts() {
            return new SlotFacts(
                    server,
                    address,
                    usable,
                    checked,
                    fresh,
                    goodNanos,
                    carries,
                    share,
                    windowNanos,
                    movedNanos,
                    contrast,
                    out);
        }
    }
}
