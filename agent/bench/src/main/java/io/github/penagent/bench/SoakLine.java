package io.github.penagent.bench;

import io.github.penagent.peers.MetricsPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whether memory stays as it is while pens start anew, hang, answer nonsense and refuse, and while somebody scrapes and looks at the
 * page: half an hour, so only on request.
 */
final class SoakLine implements Line {
    /** What is pooled and first remembered in the beginning is no leak. */
    private static final int UNTIL_SETTLED = 5;

    private static final int MINUTES = Integer.getInteger("bench.soak.minutes", 31);
    private static final double MIB = 1 << 20;

    /**
     * The JVM compiles what was called 200 times, each method once. What a pen's new start or a visitor calls comes to that in half an
     * hour or in a day, and looks like a leak until then. Compiled after the fourth call it is all there when the measuring begins.
     */
    private static final String OPTIONS = System.getProperty("bench.soak.options", "-XX:CompileThresholdScaling=0.02");

    /**
     * A minute.
     *
     * @param live bytes that a collection at its end left on the heap
     * @param resident at several moments of it, each part by itself
     */
    private record Minute(double live, List<Resident> resident) {
        double mean(ToDoubleFunction<Resident> part) {
            return resident.stream().mapToDouble(part).average().orElseThrow();
        }
    }

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public void measure(int rounds, Report report) throws Exception {
        try (Sickroom pens = Sickroom.open();
                AgentAtWork agent = AgentAtWork.on(
                                pens.ports(), "200ms", "poll.deadline = 1s, poll.max-pen-load = 10%", OPTIONS)
                        .awaitReady()) {
            Resident.HeapBounds heap = agent.heapBounds();
            List<Minute> minutes = new ArrayList<>();
            long start = System.nanoTime();
            while (minutes.size() < UNTIL_SETTLED + MINUTES) {
                List<Resident> resident = new ArrayList<>();
                while (System.nanoTime() - start < (minutes.size() + 1) * 60_000_000_000L) {
                    pens.worsen();
                    agent.visit();
                    agent.polls();
                    resident.add(agent.resident(heap));
                }
                // Not more often: in between it cleans up when it would itself.
                minutes.add(new Minute(agent.liveHeap(), resident));
            }
            tell(minutes.subList(UNTIL_SETTLED, minutes.size()), agent, report);
        }
    }

    private static void tell(List<Minute> minutes, AgentAtWork agent, Report report) throws Exception {
        Slope live = slope(minutes, Minute::live);
        Slope own = slope(minutes, minute -> minute.mean(Resident::code) + minute.mean(Resident::other));
        Goal flat = Goal.of(0.02, 0);
        report.row("heap after collection", "sure growth in an hour / heap", Spread.of(live.surePerHour()), flat);
        report.row("resident beside the heap", "sure growth in an hour / it", Spread.of(own.surePerHour()), flat);
        MetricsPage page = agent.metrics("pen_polls_total", "pen_poll_failures_total", "pen_process_id_changes_total");
        report.note(String.format(
                Locale.ROOT,
                "%d minutes with '%s', after %d to settle: %.0f polls, %.0f of them failed, and %.0f new starts of pens. Heap after a"
                        + " collection %s; resident beside the heap, without pages of files, %s. Every five minutes, in MiB: all of the heap that is resident %s, compiled code"
                        + " %s, other memory %s, pages of files %s.",
                minutes.size(),
                OPTIONS,
                UNTIL_SETTLED,
                sum(page, "pen_polls_total"),
                sum(page, "pen_poll_failures_total"),
                sum(page, "pen_process_id_changes_total"),
                words(live),
                words(own),
                every(minutes, Resident::heap),
                every(minutes, Resident::code),
                every(minutes, Resident::other),
                every(minutes, Resident::files)));
    }

    /** Whether growth goes on or comes to an end is not told by one number. */
    private static String every(List<Minute> minutes, ToDoubleFunction<Resident> part) {
        return IntStream.iterate(0, i -> i < minutes.size(), i -> i + 5)
                .mapToObj(i -> String.format(Locale.ROOT, "%.2f", minutes.get(i).mean(part) / MIB))
                .collect(Collectors.joining(", "));
    }

    private static double sum(MetricsPage page, String name) {
        return page.all(name).stream().mapToDouble(MetricsPage.Sample::number).sum();
    }

    private static Slope slope(List<Minute> minutes, ToDoubleFunction<Minute> figure) {
        return Slope.of(minutes.stream().mapToDouble(figure).toArray());
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
