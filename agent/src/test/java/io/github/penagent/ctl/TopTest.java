package io.github.penagent.ctl;

import static io.github.penagent.ctl.Replies.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.penctl.Endpoint;
import io.github.penagent.penctl.ScriptedControl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.scheduler.Schedulers;

@Timeout(30)
class TopTest {
    private final AtomicLong now = new AtomicLong();
    private final Replies replies = Replies.healthy();
    private final ScriptedControl control = new ScriptedControl(Schedulers.parallel(), now::get, replies);
    private final Conversation pen = new Conversation(
            Endpoint.parse("10.0.0.9:8888"),
            control,
            StatedVersion.NONE,
            Set.of(),
            Style.PLAIN,
            false,
            new PrintWriter(new StringWriter()));
    private final Polls polls = new Polls(pen);
    private final TopPage page = new TopPage("10.0.0.9:8888", Style.PLAIN);

    @Test
    void the_first_snapshot_has_no_rates_and_the_second_has() throws NoAnswer {
        replies.but("servers", busy(1000, 5000));
        assertThat(page.lines(polls.next(), TopOrder.SLOT).get(5)).contains("   -           -  1000 B");
        now.addAndGet(TimeUnit.SECONDS.toNanos(2));
        replies.but("servers", busy(3048, 5000 + 4 * 1024 * 1024));

        assertThat(String.join("\n", page.lines(polls.next(), TopOrder.SLOT)))
                .isEqualTo("""
                        pen 10.0.0.9:8888  pid 4711  listens on 0.0.0.0:80  poll 0.0 ms
                        mode no hash roundrobin no stubborn no weight no prio
                        2 backends  11 connections  1 client in 60s  sent 1.0 KiB/s  received 2.0 MiB/s

                        SLOT  ADDRESS      STATE    CONN  SOFT  HARD  LOAD           SENT/S  RECEIVED/S     SENT  RECEIVED  WEIGHT  PRIO
                           0  10.0.0.1:80  serving     5    10    20  [|||||.....]  1.0 KiB/s   2.0 MiB/s  3.0 KiB   4.0 MiB       0     0
                           1  10.0.0.2:80  full        6     0     6  [||||||||||]      0 B/s       0 B/s      0 B       0 B       0     0""".replace("6     0     6", "6     -     6")
                        .replace("LOAD           SENT/S", "LOAD             SENT/S"));
    }

    @Test
    void a_new_process_or_another_address_starts_without_rates() throws NoAnswer {
        polls.next();
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        replies.but("pid", "4712\n");
        assertThat(polls.next().rows())
                .allSatisfy(row -> assertThat(row.sentRate()).isNaN());
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        replies.but("servers", server(0, "10.9.9.9", 80, "conn 0 max 0 hard 0 weight 0 prio 0 sx 9999 rx 9999999"));
        assertThat(polls.next().rows())
                .allSatisfy(row -> assertThat(row.sentRate()).isNaN());
    }

    @Test
    void costly_questions_are_asked_every_five_seconds_only() throws NoAnswer {
        for (int i = 0; i < 6; i++) {
            polls.next();
            now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        }

        assertThat(control.times("servers")).isEqualTo(6);
        assertThat(control.times("recent 60")).isEqualTo(2);
        assertThat(control.mostOpen()).isEqualTo(1);
    }

    @Test
    void rows_are_sorted_by_what_the_key_says() throws NoAnswer {
        replies.but("servers", busy(0, 0));
        Snapshot snapshot = polls.next();

        assertThat(page.lines(snapshot, TopOrder.under('c', TopOrder.SLOT)).get(5))
                .startsWith("   1  10.0.0.2");
        assertThat(page.lines(snapshot, TopOrder.under('?', TopOrder.SLOT)).get(5))
                .startsWith("   0  10.0.0.1");
    }

    @Test
    void a_small_screen_shows_what_fits_and_says_so() throws NoAnswer {
        Snapshot snapshot = polls.next();

        assertThat(page.screen(snapshot, TopOrder.SLOT, 1, 8, "paused"))
                .hasSize(8)
                .anySatisfy(line -> assertThat(line).startsWith("   1  10.0.0.2"))
                .noneSatisfy(line -> assertThat(line).startsWith("   0  10.0.0.1"))
                .contains("1 of 2 backends shown")
                .endsWith("paused");
        assertThat(page.screen(snapshot, TopOrder.SLOT, 0, 3, "")).hasSize(3);
    }

    @Test
    void the_bar_shows_the_first_connection_and_never_overflows() {
        assertThat(TopPage.bar(0, 100)).isEqualTo("[..........]");
        assertThat(TopPage.bar(1, 100)).isEqualTo("[|.........]");
        assertThat(TopPage.bar(500, 100)).isEqualTo("[||||||||||]");
        assertThat(TopPage.bar(5, 0)).isEmpty();
    }

    @Test
    void on_a_terminal_it_draws_listens_to_keys_and_gives_the_screen_back() throws IOException {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        try (PipedInputStream keyboard = new PipedInputStream();
                PipedOutputStream keys = new PipedOutputStream(keyboard);
                Terminal terminal = TerminalBuilder.builder()
                        .system(false)
                        .streams(keyboard, screen)
                        .type("xterm")
                        .provider("exec")
                        .size(new Size(120, 20))
                        .build()) {
            try (LiveScreen live = new LiveScreen(terminal)) {
                // Keys that come before are echoed, as on any terminal.
                keys.write("cp\u001b[B\u001b[Apq".getBytes(StandardCharsets.US_ASCII));
                keys.flush();
                new LiveTop(polls, page, live, Duration.ofMillis(200)).run();
            }
        }

        assertThat(screen.toString(StandardCharsets.UTF_8))
                .startsWith("\u001b[?1049h")
                .contains("pen 10.0.0.9:8888", "10.0.0.2:80", "now: connections", "paused, p goes on")
                .contains("\u001b[?1049l");
    }

    @Test
    void without_a_terminal_it_prints_as_many_snapshots_as_asked() {
        CtlRun run = CtlRun.of(replies, "top", "--count", "2", "--interval", "200ms");
        CtlRun json = CtlRun.of(replies, "top", "--count", "2", "--interval", "200ms", "--json");

        assertThat(run.out().lines().filter(line -> line.startsWith("pen 127.0.0.1:8888  pid 4711")))
                .hasSize(2);
        assertThat(json.out().lines()).hasSize(2).allSatisfy(line -> assertThat(line)
                .startsWith("{\"pid\":4711,\"mode\":\"no hash roundrobin")
                .contains("\"recent_clients\":1", "\"sent_bytes_per_second\":"));
    }

    private static String busy(long sent, long received) {
        return server(0, "10.0.0.1", 80, "conn 5 max 10 hard 20 weight 0 prio 0 sx " + sent + " rx " + received)
                + server(1, "10.0.0.2", 80, "conn 6 max 0 hard 6 weight 0 prio 0 sx 0 rx 0");
    }
}
