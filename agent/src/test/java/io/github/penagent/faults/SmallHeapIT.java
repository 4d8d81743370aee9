package io.github.penagent.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.AgentProcess;
import io.github.penagent.peers.FakePen;
import io.github.penagent.peers.PenScript;
import io.github.penagent.penctl.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What pens do to the agent's memory, descriptors and threads when they misbehave for a while. */
@EnabledIfSystemProperty(named = "full", matches = "true", disabledReason = "half a minute: mvn verify -Pfull")
class SmallHeapIT {
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration NOISE = Duration.ofMillis(700);
    private static final String LINE = "0 addr 127.0.0.1 port 80 conn 0 max 0 hard 0 weight 0 prio 0 sx 0 rx 0\n";

    /** One for warming up, and those after it are compared. */
    private static final int PERIODS = 4;

    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final double HEAP_NOISE = 3 << 20;
    private static final List<String> BABBLING = List.of("endless", "huge");

    @Test
    void replies_without_end_huge_lists_and_resets_leave_memory_descriptors_and_threads_flat() throws Exception {
        Map<String, PenScript> scripts = new LinkedHashMap<>();
        scripts.put("endless", PenScript.neverEnds(LINE));
        scripts.put("huge", PenScript.replies(PollFailuresIT.servers(100_000)));
        scripts.put("reset-at-once", PenScript.resetsAtOnce());
        scripts.put("reset-later", PenScript.resetsAfter(LINE));
        scripts.put("silent", PenScript.hangs());
        scripts.put("large", PenScript.replies(PollFailuresIT.servers(5_000)));
        Map<String, FakePen> fakes = new LinkedHashMap<>();
        try (Crowd others = Crowd.of(10)) {
            scripts.forEach((name, script) -> fakes.put(name, FakePen.that(script)));
            Map<String, Endpoint> pens = new LinkedHashMap<>(others.pens());
            fakes.forEach((name, fake) -> pens.put(name, fake.endpoint()));
            try (AgentProcess agent = AgentProcess.start(
                            pens, "poll { interval = 100ms, deadline = 500ms, max-pen-load = 50% }", "-Xmx64m")
                    .awaitReady()) {
                List<Use> uses = new ArrayList<>();
                long begun = 0;
                for (int period = 0; period < PERIODS; period++) {
                    Use.Counts counts = Use.during(agent, PERIOD);
                    // Megabytes that are on their way would hide what is kept.
                    BABBLING.forEach(name -> fake(fakes, name).does(PenScript.replies(PollFailuresIT.servers(1))));
                    await("short replies").atMost(Duration.ofSeconds(20)).until(() -> BABBLING.stream()
                            .allMatch(Samples.of(agent)::up));
                    uses.add(counts.with(Use.liveHeap(agent)));
                    BABBLING.forEach(name -> fake(fakes, name).does(scripts.getOrDefault(name, PenScript.hangs())));
                    if (period == 0) {
                        begun = System.nanoTime();
                    }
                }
                long end = System.nanoTime();
                System.out.println("per period: " + uses);
                Use first = uses.get(1);
                Use last = uses.get(PERIODS - 1);
                assertThat(last.liveHeap()).as("bytes alive, %s", uses).isLessThan(first.liveHeap() + HEAP_NOISE);
                assertThat(last.files()).as("open files, %s", uses).isLessThanOrEqualTo(first.files() + 2);
                assertThat(last.threads()).as("threads, %s", uses).isLessThanOrEqualTo(first.threads() + 1);
                assertEachMisbehavedOften(Samples.of(agent));
                for (String other : others.pens().keySet()) {
                    assertThat(Samples.of(agent).failures(other)).as(other).isZero();
                }
                assertThat(others.longestGap(begun, end))
                        .isLessThan(INTERVAL.multipliedBy(3).plus(NOISE));
                assertThat(agent.log()).doesNotContain("level=error").doesNotContain("OutOfMemory");
            }
        } finally {
            fakes.values().forEach(FakePen::close);
        }
    }

    private static FakePen fake(Map<String, FakePen> fakes, String name) {
        return Objects.requireNonNull(fakes.get(name));
    }

    private static void assertEachMisbehavedOften(Samples page) {
        assertThat(page.failures("endless", "too_large")).isGreaterThan(50);
        assertThat(page.failures("huge", "too_large")).isGreaterThan(30);
        assertThat(page.failures("reset-at-once", "denied")).isGreaterThan(100);
        assertThat(page.failures("reset-later", "reset")).isGreaterThan(100);
        assertThat(page.failures("silent", "timeout")).isGreaterThan(20);
        assertThat(page.of("pen_polls_total", "large")).isGreaterThan(20);
        assertThat(page.failures("large")).isZero();
    }

    /**
     * The least of a period, since connections come and go and a leak raises the floor; of the heap, what a collection
     * after it leaves.
     */
    private record Use(double liveHeap, double files, double threads) {
        /** The whole page would be most of what is measured. */
        private static final String OWN =
                "/metrics?name%5B%5D=process_files_open_files&name%5B%5D=jvm_threads_live_threads"
                        + "&name%5B%5D=jvm_memory_used_bytes";

        /** All but the heap. */
        record Counts(double files, double threads) {
            Use with(double liveHeap) {
                return new Use(liveHeap, files, threads);
            }
        }

        static Counts during(AgentProcess agent, Duration period) throws Exception {
            long end = System.nanoTime() + period.toNanos();
            double files = Double.MAX_VALUE;
            double threads = Double.MAX_VALUE;
            while (System.nanoTime() < end) {
                Samples page = Samples.of(agent, OWN);
                files = Math.min(files, page.value("process_files_open_files"));
                threads = Math.min(threads, page.value("jvm_threads_live_threads"));
                // The rhythm of the samples.
                TimeUnit.MILLISECONDS.sleep(100);
            }
            return new Counts(files, threads);
        }

        /** The least of several tries: a reply that is on its way counts, too. */
        private static double liveHeap(AgentProcess agent) throws Exception {
            double least = Double.MAX_VALUE;
            for (int i = 0; i < 5; i++) {
                collect(agent.pid());
                least = Math.min(least, Samples.of(agent, OWN).sum("jvm_memory_used_bytes{area=\"heap\""));
            }
            return least;
        }

        private static void collect(long pid) throws IOException, InterruptedException {
            Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
            Process run = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectErrorStream(true)
                    .start();
            assertThat(run.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(run.exitValue()).isZero();
        }
    }
}
