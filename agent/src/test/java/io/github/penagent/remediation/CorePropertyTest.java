package io.github.penagent.remediation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.penagent.remediation.guard.Basis;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random runs of the core among pens that fall ill, start anew, are changed by people, and answer late or not at all; after every
 * step the {@link Contract} is asked. {@code -Dcore.sequences=20000} asks for that many, {@code -Dcore.seed} for others
 * than those that every build plays.
 */
class CorePropertyTest {
    private static final int SEQUENCES = Integer.getInteger("core.sequences", 2_000);
    private static final long SEED = Long.getLong("core.seed", 1);
    private static final int MOVES = 60;

    /** What has to have occurred, or the runs prove nothing. */
    private int ejecting;

    private int renewals;
    private int corroborated;
    private int asserted;
    private int byPersons;
    private int byAlerts;
    private int panics;
    private int releases;
    private int dry;
    private long steps;

    /** One run: its seed and what happens in it. */
    private record Run(long seed, List<Move> moves) {
        static Run random(long seed) {
            Random random = new Random(seed);
            List<Move> moves = new ArrayList<>();
            for (int i = 0; i < MOVES; i++) {
                moves.add(Move.random(random));
            }
            return new Run(seed, moves);
        }

        Sim play() {
            Sim sim = Move.world(new Random(seed));
            Purity purity = new Purity();
            sim.watch = purity;
            sim.rounds(14, 500);
            moves.forEach(move -> move.happen(sim));
            purity.same();
            return sim;
        }

        Optional<Throwable> failure() {
            try {
                play();
                return Optional.empty();
            } catch (AssertionError | RuntimeException e) {
                return Optional.of(e);
            }
        }

        /** The same without as many moves as are not needed for it to fail. */
        Run shrunk() {
            Run smallest = this;
            for (int size = MOVES / 2; size > 0; size /= 2) {
                for (int i = 0; i + size <= smallest.moves.size(); ) {
                    List<Move> fewer = new ArrayList<>(smallest.moves);
                    fewer.subList(i, i + size).clear();
                    Run candidate = new Run(seed, fewer);
                    if (candidate.failure().isPresent()) {
                        smallest = candidate;
                    } else {
                        i++;
                    }
                }
            }
            return smallest;
        }
    }

    /** Some states are asked the same once more when all is over: what came later must not have touched them. */
    private static final class Purity implements Sim.Watch {
        private static final int EVERY = 37;

        private record Asked(State state, Event event, Step step) {}

        private final List<Asked> asked = new ArrayList<>();
        private int count;

        @Override
        public void stepped(State before, Event event, Step step) {
            if (count++ % EVERY == 0 || step.actions().stream().anyMatch(a -> a instanceof Action.Eject)) {
                asked.add(new Asked(before, event, step));
            }
        }

        void same() {
            for (Asked one : asked) {
                Step again = Core.step(one.state(), one.event());
                assertThat(again.actions().toString())
                        .as("S22 the same answer to %s", one.event())
                        .isEqualTo(one.step().actions().toString());
            }
        }
    }

    @Test
    void the_contract_is_kept_whatever_happens() {
        for (int i = 0; i < SEQUENCES; i++) {
            Run run = Run.random(SEED + i);
            try {
                count(run.play());
            } catch (AssertionError | RuntimeException e) {
                report(run);
            }
        }
        System.out.printf(
                "core: %d sequences from seed %d, %d steps; %d eject, renewals %d, asserted %d, corroborated %d, persons %d, "
                        + "alerts %d, panics %d, releases %d, dry %d%n",
                SEQUENCES,
                SEED,
                steps,
                ejecting,
                renewals,
                asserted,
                corroborated,
                byPersons,
                byAlerts,
                panics,
                releases,
                dry);
        assertThat(ejecting).as("sequences with an ejection").isGreaterThan(SEQUENCES / 5);
        assertThat(List.of(renewals, asserted, corroborated, byPersons, byAlerts, panics, releases, dry))
                .as("renewals, ejections by basis and source, panics, releases, dry runs")
                .allSatisfy(n -> assertThat(n).isPositive());
    }

    @Test
    void a_run_played_again_is_the_same() {
        for (int i = 0; i < 50; i++) {
            Sim sim = Run.random(SEED + i).play();
            State state = sim.start;
            List<Action> again = new ArrayList<>();
            for (Event event : sim.events) {
                Step step = Core.step(state, event);
                again.addAll(step.actions());
                state = step.state();
            }
            assertThat(again.toString()).isEqualTo(sim.actions.toString());
        }
    }

    private static void report(Run run) {
        Run small = run.shrunk();
        Throwable why = small.failure().orElseThrow();
        fail("seed %d: %s%nworld %s%n%s".formatted(run.seed(), why, world(run.seed()), lines(small.moves())), why);
    }

    private static String world(long seed) {
        Sim sim = Move.world(new Random(seed));
        return sim.pens.stream()
                        .map(pen -> pen.name + " with " + pen.places.size() + " slots")
                        .toList() + " " + sim.rules.settings();
    }

    private static String lines(List<Move> moves) {
        return String.join("\n", moves.stream().map(Objects::toString).toList());
    }

    private void count(Sim sim) {
        steps += sim.events.size();
        List<Action.Eject> ejections = sim.ejections();
        ejecting += ejections.isEmpty() ? 0 : 1;
        renewals += sim.renewals().size();
        panics += sim.notes(Decision.Kind.PANIC).size();
        releases += (int)
                sim.actions.stream().filter(a -> a instanceof Action.Release).count();
        dry += (int) sim.notes(Decision.Kind.EJECT).stream()
                .filter(d -> d.mode() == Mode.DRY_RUN)
                .count();
        corroborated += sim.bases.getOrDefault(Basis.CORROBORATED, 0);
        asserted += sim.bases.getOrDefault(Basis.ASSERTED, 0);
        byPersons += sim.bases.getOrDefault(Basis.PERSON, 0);
        byAlerts += (int) ejections.stream()
                .filter(e -> e.decision().source().equals(Optional.of(Source.ALERT)))
                .count();
    }
}
