package io.github.penagent.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.AgentProcess;
import io.github.penagent.peers.FakePen;
import io.github.penagent.peers.HttpBackend;
import io.github.penagent.peers.HttpTraffic;
import io.github.penagent.peers.PenScript;
import io.github.penagent.peers.RealPen;
import io.github.penagent.penctl.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One pen meets every misfortune in turn; fifty others are polled all along and must not notice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PollFailuresIT {
    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final Duration DEADLINE = Duration.ofMillis(500);
    private static final Duration BOUND = INTERVAL.plus(DEADLINE).multipliedBy(3);

    /** What a busy machine may add to the time between two polls. */
    private static final Duration NOISE = Duration.ofMillis(500);

    private static final int OTHERS = 50;
    private static final String PEN = "victim";
    private static final String LINE = "0 addr 127.0.0.1 port 80 conn 0 max 0 hard 0 weight 0 prio 0 sx 0 rx 0\n";

    private final HttpBackend backend = HttpBackend.start();
    private final Crowd others = Crowd.of(OTHERS);
    private final RealPen pen = RealPen.with().backend(backend).options("-r").start();
    private final AgentProcess agent = AgentProcess.start(
            pens(),
            "poll { interval = %dms, deadline = %dms, max-pen-load = 50%% }"
                    .formatted(INTERVAL.toMillis(), DEADLINE.toMillis()));

    private long begun;

    private Map<String, Endpoint> pens() {
        Map<String, Endpoint> pens = new LinkedHashMap<>(others.pens());
        pens.put(PEN, pen.controlEndpoint());
        return pens;
    }

    /** What happens to the pen, and how it is undone. */
    record Fault(String name, String reason, Injection injection) {
        @Override
        public String toString() {
            return name + " counts as " + reason;
        }
    }

    @FunctionalInterface
    interface Injection {
        Repair into(RealPen pen);
    }

    @FunctionalInterface
    interface Repair {
        void now();
    }

    static List<Fault> faults() {
        return List.of(
                new Fault("a killed pen", "connect", pen -> {
                    pen.kill();
                    return pen::restart;
                }),
                new Fault("a stopped pen", "timeout", pen -> {
                    pen.stop();
                    return pen::cont;
                }),
                // It closes without reading the command, which came with the connect: the kernel makes that a reset.
                new Fault("a pen whose access list denies", "denied", pen -> {
                    pen.penctl("acl", "3", "deny", "127.0.0.1");
                    pen.penctl("control_acl", "3");
                    return pen::restart;
                }),
                replaced("a silent listener", "timeout", PenScript.hangs()),
                replaced("a listener that stops in the middle", "timeout", PenScript.hangsAfter(LINE)),
                replaced("a drip of bytes", "timeout", PenScript.drips(LINE.repeat(3), Duration.ofMillis(30))),
                replaced("an SSH server", "timeout", PenScript.hangsAfter("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")),
                replaced("garbage", "malformed", PenScript.replies("\u0000\u00ff\u00fe{pen_up 1}\n\u0007\n")),
                replaced("a web server", "malformed", PenScript.replies("""
                                HTTP/1.1 400 Bad Request\r
                                Server: nginx/1.22.1\r
                                Content-Length: 0\r
                                \r
                                """)),
                replaced("half a line", "truncated", PenScript.replies(LINE + "1 addr 127.0.0.1 po")),
                replaced("a list with a gap", "truncated", PenScript.replies(LINE + LINE.replaceFirst("0", "2"))),
                replaced("a reset at once", "denied", PenScript.resetsAtOnce()),
                replaced("a reset after a whole line", "reset", PenScript.resetsAfter(LINE)),
                replaced("an empty reply", "denied", PenScript.saysNothing()),
                replaced("an endless reply", "too_large", PenScript.neverEnds(LINE)),
                replaced("a list of 100,000 servers", "too_large", PenScript.replies(servers(100_000))));
    }

    static String servers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> LINE.replaceFirst("0", Integer.toString(i)))
                .collect(Collectors.joining());
    }

    private static Fault replaced(String name, String reason, PenScript script) {
        return new Fault(name, reason, pen -> {
            pen.kill();
            FakePen fake = FakePen.on((Endpoint.Tcp) pen.controlEndpoint(), script);
            return () -> {
                fake.close();
                pen.restart();
            };
        });
    }

    @BeforeAll
    void start() {
        agent.awaitReady();
    }

    @AfterAll
    void end() {
        agent.close();
        pen.close();
        others.close();
        backend.close();
    }

    @BeforeEach
    void begin() {
        begun = System.nanoTime();
    }

    /** Whatever happened to the one pen. */
    @AfterEach
    void othersWerePolledOnTimeAndWithoutAFailure() {
        // The end of each wait counts, too, so at least one whole interval must have passed.
        soon().until(() -> others.askedSince(begun).stream().allMatch(times -> times.size() >= 2));
        Samples page = Samples.of(agent);
        long end = System.nanoTime();
        for (String other : others.pens().keySet()) {
            assertThat(page.up(other)).as(other).isTrue();
            assertThat(page.failures(other)).as("failures of " + other).isZero();
        }
        assertThat(others.longestGap(begun, end))
                .isLessThan(INTERVAL.multipliedBy(3).plus(NOISE));
        double due = OTHERS * (double) (end - begun) / INTERVAL.toNanos();
        int polls = others.askedSince(begun).stream().mapToInt(List::size).sum();
        assertThat(polls / due)
                .as("polls of the others, as a share of those due")
                .isBetween(0.7, 1.3);
    }

    private static ConditionFactory soon() {
        return await().atMost(BOUND).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void is_counted_and_the_pen_comes_back_when_it_is_over(Fault fault) {
        double before = Samples.of(agent).failures(PEN, fault.reason());
        Repair repair = fault.injection().into(pen);
        try {
            soon().untilAsserted(() -> {
                Samples page = Samples.of(agent);
                assertThat(page.failures(PEN, fault.reason())).isGreaterThan(before);
                assertThat(page.of("pen_up", PEN)).isZero();
                assertThat(page.inside(PEN)).isEmpty();
            });
        } finally {
            repair.now();
        }
        assertUpSoon();
    }

    @Test
    void a_denied_pen_is_explained_in_the_log() {
        pen.penctl("acl", "3", "deny", "127.0.0.1");
        pen.penctl("control_acl", "3");
        try {
            soon().until(() -> agent.log().contains("denied by pen's access list"));
        } finally {
            pen.restart();
        }
        assertUpSoon();
    }

    private void assertUpSoon() {
        soon().untilAsserted(() -> {
            Samples page = Samples.of(agent);
            assertThat(page.up(PEN)).isTrue();
            assertThat(page.inside(PEN)).anyMatch(sample -> sample.startsWith("pen_server_connections{"));
            assertThat(page.inside(PEN)).anyMatch(sample -> sample.startsWith("pen_info{"));
        });
    }

    @Test
    void a_pen_that_started_anew_is_told_from_the_old_one() throws IOException {
        // Bytes that the new one does not have: without any, only the process id tells, which is asked for more rarely.
        passSomeBytes();
        double before = Samples.of(agent).of("pen_process_id_changes_total", PEN);
        pen.restart();
        soon().untilAsserted(() -> assertThat(Samples.of(agent).of("pen_process_id_changes_total", PEN))
                .isEqualTo(before + 1));
        assertUpSoon();
    }

    private void passSomeBytes() throws IOException {
        assertThat(HttpTraffic.to(pen.listenPort()).get("127.0.0.2", 1_000)).isEqualTo(200);
        soon().untilAsserted(() -> assertThat(Samples.of(agent).sum("pen_server_received_bytes_total{" + series()))
                .isGreaterThan(1_000));
    }

    private String series() {
        return "address=\"127.0.0.1:" + backend.port() + "\",pen=\"victim\",server=\"0\"}";
    }

    @Test
    void a_backend_moved_by_hand_is_a_new_series_from_zero_and_no_failure() throws IOException {
        passSomeBytes();
        String old = "{" + series();
        double failures = Samples.of(agent).failures(PEN);
        try (HttpBackend next = HttpBackend.start()) {
            pen.penctl("server", "0", "address", "127.0.0.1", "port", Integer.toString(next.port()));
            String moved = old.replace(":" + backend.port(), ":" + next.port());
            soon().untilAsserted(() -> {
                Samples page = Samples.of(agent);
                assertThat(page.value("pen_server_received_bytes_total" + moved))
                        .isZero();
                assertThat(page.values()).doesNotContainKey("pen_server_received_bytes_total" + old);
            });
            assertThat(Samples.of(agent).failures(PEN)).isEqualTo(failures);
            assertThat(Samples.of(agent).up(PEN)).isTrue();
        } finally {
            pen.restart();
        }
        assertUpSoon();
    }
}
