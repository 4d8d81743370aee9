package io.github.penagent.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.remediation.SimPen.Ill;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two agents that do not know of each other on one pen, by index: in every order in which they may read, check and write, pen keeps
 * a backend. The pen counts what both have written; {@link Contract#written} asks it after each write.
 */
class TwinsTest {
    private static final int STEPS = 6;
    private static final int CHOICES = 4;

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void together_they_never_empty_a_pen_in_whatever_order_they_act(int slots) {
        int ejections = 0;
        int orders = (int) Math.pow(CHOICES, STEPS);
        for (int order = 0; order < orders; order++) {
            ejections += run(slots, order);
        }
        assertThat(ejections).as("else it proves nothing").isGreaterThan(orders / 2);
    }

    /** Each digit says who looks in one step: nobody, the first, the second, both. */
    private static int run(int slots, int order) {
        SimPen pen = new SimPen("web", slots);
        Sim[] twins = {twin(pen, 0), twin(pen, 1)};
        for (int i = 0; i < 14; i++) {
            step(pen, twins, 3, 500);
        }
        pen.places.get(0).ill = Ill.REFUSED;
        int left = order;
        for (int i = 0; i < STEPS; i++) {
            // Halfway the trouble moves to the others: the worst for who remembers the first.
            if (i == STEPS / 2) {
                pen.places.forEach(place -> place.ill = Ill.REFUSED);
                pen.places.get(0).ill = Ill.NOT;
            }
            step(pen, twins, left % CHOICES, 300);
            step(pen, twins, left % CHOICES, 300);
            left /= CHOICES;
        }
        for (int i = 0; i < 6; i++) {
            step(pen, twins, 3, 300);
        }
        return twins[0].ejections().size() + twins[1].ejections().size();
    }

    private static Sim twin(SimPen pen, int index) {
        return new Sim(Sim.rules(Sim.settings(Mode.ENFORCE, 2, index, pen.name), pen.name), 1_000 * Sim.SECOND, pen);
    }

    private static void step(SimPen pen, Sim[] twins, int who, int millis) {
        for (Sim twin : twins) {
            twin.now += millis * Sim.MILLI;
            twin.tell(new Event.Tick(twin.now));
        }
        pen.serve(twins[0].now, millis);
        for (int i = 0; i < twins.length; i++) {
            if ((who >> i & 1) == 1) {
                twins[i].poll();
                twins[i].check();
            }
        }
        for (Sim twin : twins) {
            twin.carryOut();
        }
    }
}
