package io.github.penagent.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What came of all scenarios, as a page for people. */
final class Report {
    private final StringBuilder rows = new StringBuilder();
    private final int seeds;

    Report(int seeds) {
        this.seeds = seeds;
    }

    /** One scenario; the runs of each policy, one for each seed. */
    void add(Scenario scenario, Map<Policy, List<Score>> runs) {
        Map<Policy, List<Score>> all = new EnumMap<>(runs);
        String cells = Stream.of(
                        cells(all, Score::requestsServed, Policy.values()),
                        cells(all, Score::failingSeconds, Policy.values()),
                        cells(all, Score::wrongEjections, Policy.PENBW, Policy.OURS),
                        cells(all, Score::timesEmptied, Policy.PENBW, Policy.OURS),
                        cells(all, Score::idleSeconds, Policy.values()))
                .collect(Collectors.joining(" | "));
        rows.append("| " + scenario.name() + " | " + cells + " |\n");
    }

    private static String cells(Map<Policy, List<Score>> runs, ToIntFunction<Score> what, Policy... policies) {
        return Stream.of(policies)
                .map(policy -> runs.getOrDefault(policy, List.of()).stream()
                        .mapToInt(what)
                        .sum())
                .map(String::valueOf)
                .collect(Collectors.joining(" / "));
    }

    String page() {
        return """
                # Outages, simulated

                Each scenario is played on virtual time against the model of pen 0.34.1, which a conformance test holds against the real \
                one: its blacklists in whole seconds of its own clock, its queue of pending connects that leaks a place with every failed \
                one, its slots and what it forgets. Clients ask 20 times a second (once in 10 s at night) for %d minutes, wait 10 s for an \
                answer and do not ask again. Numbers are sums over %d seeds.

                - **No agent**: pen alone.
                - **penbw's**: rounds with pauses of 60 s, timeout 5 s, HTTP 2xx and 3xx are good, a blacklist of 300 s for what is not, \
                no guard.
                - **Ours**: this agent with its defaults, in enforce, with one HTTP check; the real poller, checks' schedule, core and \
                hand, on a simulated network.

                Columns, each *no agent / penbw's / ours*, the third and fourth without the first:

                - **Served**: requests answered right, however late.
                - **Seconds of failure**: seconds in which at least one request began that was refused, answered wrong or not at all.
                - **Wrong ejections**: backends taken out that had served every client right and within 2 s for the last second at least.
                Ours makes none but at night, cut off from one backend: no client's request tells whether pen gets through where we do not, so \
                one of the four may leave on the check's word, as it must if it is dead.
                - **Left none**: commands after which pen had no backend left to use.
                - **Idle**: seconds that a backend which served well was not used, for whatever reason.

                `mvn -B -q -pl agent test -Dtest=OutagesTest -Dsimulation.write=true` writes this page anew; without the last word the test \
                compares.

                | Scenario | Served | Seconds of failure | Wrong ejections | Left none | Idle |
                |---|---|---|---|---|---|
                """.formatted(Scenario.LENGTH.toMinutes(), seeds) + rows;
    }
}
