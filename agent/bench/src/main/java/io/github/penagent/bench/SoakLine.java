package io.github.penagent.bench;

import io.github.penagent.peers.MetricsPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whether memory stays as it is while pens start anew, hang, answer nonsense and refuse, and while somebody scrapes and looks at the
 * page: half an hour, so only on request. The heap is what is left after a collection.
 */
final class SoakLine implements Line {
    private static final Duration EVERY = Duration.ofSeconds(10);

    /** What is compiled, pooled and first remembered in the beginning is no leak. */
    private static final int UNTIL_SETTLED = 30;

    private static final int SAMPLES = Integer.getInteger("bench.soak.samples", 186);
    private static final int FIVE_MINUTES = 30;
    private static final double MIB = 1 << 20;

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public void measure(int rounds, Report report) throws Exception {
        try (Sickroom pens = Sickroom.open();
                AgentAtWork agent = AgentAtWork.on(
                                pens.ports(), "200ms", "poll.deadline = 1s, poll.max-pen-load = 10%", "")
                        .awaitReady()) {
            List<double[]> samples = new ArrayList<>();
            long start = System.nanoTime();
            while (samples.size() < UNTIL_SETTLED + SAMPLES) {
                long due = start + (samples.size() + 1) * EVERY.toNanos();
                while (due - System.nanoTime() > Duration.ofSeconds(5).toNanos()) {
                    pens.worsen();
                    agent.visit();
                    agent.polls();
                }
                Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
                double live = agent.liveHeap();
                double resident = agent.memory();
                samples.add(new double[] {live, resident - agent.committedHeap(), resident});
            }
            tell(samples.subList(UNTIL_SETTLED, samples.size()), agent, report);
        }
    }

    private static void tell(List<double[]> samples, AgentAtWork agent, Report report) throws Exception {
        Slope heap = slope(samples, 0);
        Slope others = slope(samples, 1);
        Slope memory = slope(samples, 2);
        Goal flat = Goal.of(0.02, 0);
        report.row("heap after collection", "sure growth in an hour / heap", Spread.of(heap.surePerHour()), flat);
        report.row("resident beside the heap", "sure growth in an hour / it", Spread.of(others.surePerHour()), flat);
        MetricsPage page = agent.metrics("pen_polls_total", "pen_poll_failures_total", "pen_process_id_changes_total");
        report.note(String.format(
                Locale.ROOT,
                "%.0f minutes at %.0f polls, %.0f of them failed, and %.0f new starts of pens. Heap %s; resident beside it %s; all that is"
                        + " resident, which follows how much of its 96 MiB the JVM has taken, %s, every five minutes: %s MiB.",
                samples.size() * EVERY.toSeconds() / 60.0,
                sum(page, "pen_polls_total"),
                sum(page, "pen_poll_failures_total"),
                sum(page, "pen_process_id_changes_total"),
                words(heap),
                words(others),
                words(memory),
                every(samples, FIVE_MINUTES)));
    }

    /** Whether growth goes on or comes to an end is not told by one number. */
    private static String every(List<double[]> samples, int step) {
        return IntStream.iterate(0, i -> i < samples.size(), i -> i + step)
                .mapToObj(i -> Spread.number(samples.get(i)[2] / MIB))
                .collect(Collectors.joining(", "));
    }

    private static double sum(MetricsPage page, String name) {
        return page.all(name).stream().mapToDouble(MetricsPage.Sample::number).sum();
    }

    private static Slope slope(List<double[]> samples, int which) {
        return Slope.of(samples.stream().mapToDouble(sample -> sample[which]).toArray(), EVERY.toSeconds());
    }

    private static String words(Slope slope) {
        return String.format(
                Locale.ROOT,
                "%.1f MiB, growing by %.1f ± %.1f KiB a minute",
                slope.mean() / MIB,
                slope.perMinute() / 1024,
                slope.error() / 1024);
    }
}
