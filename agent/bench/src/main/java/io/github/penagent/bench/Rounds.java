package io.github.penagent.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Ways of doing one thing, each run once a round and in turn (A B C, A B C), and compared round by round. */
final class Rounds {
    private final Map<String, List<Figures>> byWay = new LinkedHashMap<>();

    /** One way of doing it. */
    interface Way {
        Figures run() throws Exception;
    }

    private Rounds() {}

    static Rounds of(int count, Map<String, Way> ways) throws Exception {
        Rounds rounds = new Rounds();
        for (int round = 0; round < count; round++) {
            for (Map.Entry<String, Way> way : ways.entrySet()) {
                rounds.byWay
                        .computeIfAbsent(way.getKey(), name -> new ArrayList<>())
                        .add(way.getValue().run());
            }
        }
        return rounds;
    }

    /** How many times as much of {@code figure} one way takes as the other, within the same round. */
    Spread ratio(String figure, String way, String peer) {
        List<Figures> mine = figures(way);
        List<Figures> theirs = figures(peer);
        double[] ratios = new double[mine.size()];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = mine.get(round).get(figure) / theirs.get(round).get(figure);
        }
        return Spread.of(ratios);
    }

    /** The figure as it is. */
    Spread spread(String figure, String way) {
        return Spread.of(
                figures(way).stream().mapToDouble(run -> run.get(figure)).toArray());
    }

    /** The worst of all rounds, for what must never happen. */
    double worst(String figure, String way) {
        return spread(figure, way).max();
    }

    /** Fails unless all ways came to the same {@code figure} in every round: none may win by doing less. */
    void agreeOn(String figure) {
        double first = figures(byWay.keySet().iterator().next()).get(0).get(figure);
        byWay.forEach((way, runs) -> runs.forEach(run -> {
            if (run.get(figure) != first) {
                throw new IllegalStateException(
                        way + " came to " + figure + "=" + run.get(figure) + ", others to " + first);
            }
        }));
    }

    private List<Figures> figures(String way) {
        return Objects.requireNonNull(byWay.get(way), way);
    }
}
