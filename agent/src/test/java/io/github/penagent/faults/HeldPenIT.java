package io.github.penagent.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.AgentProcess;
import io.github.penagent.peers.FakePen;
import io.github.penagent.peers.HttpBackend;
import io.github.penagent.peers.PenScript;
import io.github.penagent.peers.RealPen;
import io.github.penagent.penctl.Endpoint;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * pen forwards nothing while it waits for a command. So an agent that is stopped at the wrong instant could hold up all of
 * a pen's clients for as long as it is stopped.
 */
@EnabledIfSystemProperty(named = "full", matches = "true", disabledReason = "over a minute: mvn verify -Pfull")
class HeldPenIT {
    private static final Duration STOP = Duration.ofSeconds(1);
    private static final Duration CONTROL_RUN = Duration.ofSeconds(5);
    private static final Duration ALLOWED = Duration.ofMillis(300);
    private static final int STOPS = 50;
    private static final int MOST_GAP_MILLIS = 150;

    /** Raises the odds that a stop falls between a connect and its command. */
    private static final int OTHERS = 20;

    private static final String FAST = "poll { interval = 20ms, deadline = 2s, max-pen-load = 50% }";

    @Test
    void clients_of_a_pen_do_not_notice_that_the_agent_is_stopped() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        System.out.println("seed of the stops: " + seed);
        try (HttpBackend one = HttpBackend.start();
                HttpBackend two = HttpBackend.start();
                RealPen pen =
                        RealPen.with().backend(one).backend(two).options("-r").start();
                Crowd others = Crowd.of(OTHERS);
                Latencies latencies = Latencies.through(pen)) {
            others.warmUp(50);
            long begun = System.nanoTime();
            pause(CONTROL_RUN);
            Duration usual = latencies.worst(begun, System.nanoTime());

            Map<String, Endpoint> pens = new LinkedHashMap<>(others.pens());
            pens.put("real", pen.controlEndpoint());
            List<long[]> stops;
            try (AgentProcess agent = AgentProcess.start(pens, FAST).awaitReady()) {
                System.out.println("while the agent starts, longest wait for a command: "
                        + others.longestSilence().toNanos() / 1_000 + " us");
                assertThat(others.longestSilence()).isLessThanOrEqualTo(ALLOWED);
                others.forgetSilence();
                stops = stop(agent, random);
            }
            Duration worst = Duration.ZERO;
            for (long[] stop : stops) {
                assertThat(latencies.requests(stop[0], stop[1]))
                        .as("requests during one stop")
                        .isGreaterThan(20);
                Duration during = latencies.worst(stop[0], stop[1]);
                worst = worst.compareTo(during) > 0 ? worst : during;
            }
            System.out.printf(
                    "worst request: %d ms without the agent, %d ms while it is stopped; longest wait for a command: %d us%n",
                    usual.toMillis(), worst.toMillis(), others.longestSilence().toNanos() / 1_000);
            assertThat(worst).as("seed %d", seed).isLessThanOrEqualTo(usual.plus(ALLOWED));
            assertThat(others.longestSilence())
                    .as("wait for a command, seed %d", seed)
                    .isLessThanOrEqualTo(ALLOWED);
            assertThat(latencies.failures()).isEmpty();

            assertThatTheseFiguresWouldShowAPenThatIsHeld(pen, latencies);
        }
    }

    /** From when each stop began until it was over. */
    private static List<long[]> stop(AgentProcess agent, Random random) throws InterruptedException {
        List<long[]> stops = new ArrayList<>();
        double before = Samples.of(agent).of("pen_polls_total", "real");
        long begun = System.nanoTime();
        long stopped = 0;
        for (int i = 0; i < STOPS; i++) {
            pause(Duration.ofMillis(random.nextInt(MOST_GAP_MILLIS)));
            long from = System.nanoTime();
            agent.stop();
            pause(STOP.minusNanos(System.nanoTime() - from));
            long to = System.nanoTime();
            agent.cont();
            stops.add(new long[] {from, to});
            stopped += to - from;
        }
        Samples page = Samples.of(agent);
        double seconds = (System.nanoTime() - begun - stopped) / 1e9;
        double rate = (page.of("pen_polls_total", "real") - before) / seconds;
        System.out.printf(
                "%d stops; %.1f s between them with %.1f polls a second; failures: %.0f%n",
                STOPS, seconds, rate, page.failures("real"));
        // It is asked for fifty; what is late after a stop is given up.
        assertThat(rate).as("polls a second while it ran").isGreaterThan(25);
        return stops;
    }

    /** A client as no agent should be: it connects, and thinks for a second before it says what it wants. */
    private static void assertThatTheseFiguresWouldShowAPenThatIsHeld(RealPen pen, Latencies latencies)
            throws IOException, InterruptedException {
        Endpoint.Tcp control = (Endpoint.Tcp) pen.controlEndpoint();
        long from = System.nanoTime();
        try (Socket late = new Socket(control.host(), control.port())) {
            pause(STOP);
            late.getOutputStream().write("servers\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(late.getInputStream().readAllBytes()).isNotEmpty();
        }
        long to = System.nanoTime();
        // A request is noted when it is over.
        await().until(() -> latencies.requests(to, System.nanoTime()) > 20);
        Duration held = latencies.worst(from, to);
        System.out.println("worst request while a late client holds the pen: " + held.toMillis() + " ms");
        assertThat(held).isGreaterThan(Duration.ofMillis(700));
    }

    @Test
    void no_command_of_a_cold_agent_comes_later_than_its_connection() throws Exception {
        try (FakePen fake = FakePen.that(PenScript.replies("0 addr ::1 port 80 conn 0 max 0 hard 0 sx 0 rx 0\n"));
                AgentProcess agent = AgentProcess.start(Map.of("fake", fake.endpoint()), FAST)) {
            await("300 polls")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> fake.commands().stream()
                                    .filter(command -> command.equals("servers\n"))
                                    .count()
                            >= 300);
            assertThat(fake.late()).isZero();
            for (int i = 0; i < 5; i++) {
                agent.stop();
                pause(Duration.ofMillis(300));
                agent.cont();
            }
            assertThat(fake.late()).isZero();
            assertThat(fake.mostAtOnce()).isOne();
        }
    }

    /** Time that is to pass, whatever happens in it. */
    private static void pause(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }
}
