package io.github.penagent.bench;

import java.util.List;

/** The subjects of the report, in its order. */
final class Lines {
    private Lines() {}

    /** What the command measures unless it is told otherwise. */
    static List<Line> all() {
        return List.of(
                new PollLine(),
                new HoldLine(),
                new PenLine(),
                new DataPlaneLine(),
                new ParseLine(),
                new ExpositionLine(),
                new StartLine(),
                new ScaleLine());
    }

    /** What takes longer and is measured only when it is asked for by name. */
    static List<Line> onRequest() {
        return List.of(new GrowthLine(), new TakeoverLine(), new SoakLine());
    }
}
