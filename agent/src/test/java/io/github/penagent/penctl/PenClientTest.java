package io.github.penagent.penctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.penagent.peers.FakePen;
import io.github.penagent.peers.PenScript;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

class PenClientTest {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final String ROW = "0 addr 10.0.0.1 port 80 conn 1 max 2 hard 3 weight 4 prio 5 sx 6 rx 7\n";

    @AutoClose
    private final Transport transport = transport();

    Transport transport() {
        return Transport.create(2);
    }

    private PenClient client(FakePen pen) {
        return transport.client(pen.endpoint(), DEADLINE);
    }

    @Test
    void a_reply_is_read_to_its_end() {
        try (FakePen pen = FakePen.that(PenScript.replies(ROW))) {
            Answer<ServerTable> answer = Asking.answer(client(pen), Command.servers());
            assertThat(answer).isInstanceOfSatisfying(Answer.Ok.class, ok -> assertThat(ok.value())
                    .isInstanceOfSatisfying(ServerTable.class, table -> assertThat(table.hostPort(0))
                            .isEqualTo("10.0.0.1:80")));
            Answer.Timing timing = answer.timing();
            assertThat(timing.bytes()).isEqualTo(ROW.length());
            assertThat(timing.totalNanos()).isPositive().isGreaterThanOrEqualTo(timing.replyNanos());
        }
    }

    @Test
    void work_that_began_with_one_pen_ends_with_it_whatever_address_the_client_is_given_meanwhile() {
        try (FakePen one = FakePen.that(PenScript.replies("1\n"));
                FakePen two = FakePen.that(PenScript.replies("2\n"))) {
            PenClient client = client(one);
            Control here = client.here();
            assertThat(Asking.value(here, Command.pid())).isEqualTo(1);

            client.use(two.endpoint(), DEADLINE);
            assertThat(Asking.value(client, Command.pid())).isEqualTo(2);
            assertThat(Asking.value(here, Command.pid())).isEqualTo(1);
            assertThat(Asking.value(client.here(), Command.pid())).isEqualTo(2);
        }
    }

    @Test
    void a_long_reply_arrives_whole() {
        StringBuilder reply = new StringBuilder();
        for (int slot = 0; slot < 20_000; slot++) {
            reply.append(slot).append(ROW, 1, ROW.length());
        }
        try (FakePen pen = FakePen.that(PenScript.replies(reply.toString()))) {
            PenClient client = client(pen);
            assertThat(Asking.value(client, Command.servers()).size()).isEqualTo(20_000);
            pen.does(PenScript.replies(ROW));
            assertThat(Asking.value(client, Command.servers()).size()).isOne();
        }
    }

    @Test
    void each_command_is_one_whole_line_in_one_segment() {
        try (FakePen pen = FakePen.that(PenScript.saysNothing())) {
            PenClient client = client(pen);
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                for (Command<?> command : Replies.commands()) {
                    expected.add(command + "\n");
                    Asking.answer(client, command);
                }
            }
            assertThat(pen.commands()).isEqualTo(expected);
        }
    }

    @Test
    void the_command_is_there_when_pen_accepts() {
        assumeTrue(transport.fastOpen(), "TCP fast open for clients (net.ipv4.tcp_fastopen) on Linux");
        try (FakePen pen = FakePen.that(PenScript.replies("1\n"))) {
            PenClient client = client(pen);
            for (int i = 0; i < 300; i++) {
                assertThat(Asking.value(client, Command.pid())).isOne();
            }
            assertThat(pen.late()).isZero();
        }
    }

    @Test
    void a_pen_never_has_two_of_our_connections_at_a_time() {
        try (FakePen pen = FakePen.that(PenScript.drips("12\n", Duration.ofMillis(1)))) {
            PenClient client = client(pen);
            List<Answer<Integer>> answers = Flux.range(0, 50)
                    .flatMap(i -> client.ask(Command.pid()), 50)
                    .collectList()
                    .blockOptional(DEADLINE)
                    .orElseThrow();
            assertThat(answers).hasSize(50).hasOnlyElementsOfType(Answer.Ok.class);
            assertThat(pen.connections()).isEqualTo(50);
            assertThat(pen.mostAtOnce()).isOne();
        }
    }

    @Test
    void a_hanging_pen_holds_up_nobody_else() {
        try (FakePen hanging = FakePen.that(PenScript.hangs());
                FakePen healthy = FakePen.that(PenScript.replies("1\n"));
                Transport oneThread = Transport.create(1)) {
            Disposable waiting = oneThread
                    .client(hanging.endpoint(), DEADLINE)
                    .ask(Command.pid())
                    .subscribe();
            await().until(() -> hanging.open() == 1);
            assertThat(Asking.value(oneThread.client(healthy.endpoint(), DEADLINE), Command.pid()))
                    .isOne();
            assertThat(hanging.open()).isOne();
            waiting.dispose();
        }
    }

    @Test
    void nothing_happens_before_subscription() {
        try (FakePen pen = FakePen.that(PenScript.replies("1\n"))) {
            PenClient client = client(pen);
            assertThat(client.ask(Command.pid())).isNotNull();
            Asking.value(client, Command.pid());
            assertThat(pen.connections()).isOne();
        }
    }

    @Test
    void cancelling_closes_the_connection_and_lets_the_next_one_go() {
        try (FakePen pen = FakePen.that(PenScript.hangs())) {
            PenClient client = client(pen);
            Disposable running = client.ask(Command.servers()).subscribe();
            await().until(() -> pen.commands().size() == 1);
            Disposable queued = client.ask(Command.mode()).subscribe();
            queued.dispose();
            pen.does(PenScript.replies("1\n"));
            running.dispose();
            await().until(() -> pen.open() == 0);
            assertThat(Asking.value(client, Command.pid())).isOne();
            assertThat(pen.commands()).containsExactly("servers\n", "pid\n");
        }
    }

    @Test
    void pen_may_listen_on_ipv6() {
        try (FakePen pen = FakePen.on("::1", PenScript.replies("1\n"))) {
            assertThat(Asking.value(client(pen), Command.pid())).isOne();
            assertThat(pen.commands()).containsExactly("pid\n");
        }
    }

    @Test
    void pen_may_listen_on_a_unix_socket(@TempDir Path directory) {
        try (FakePen pen = FakePen.on(directory.resolve("control"), PenScript.replies("1\n"))) {
            PenClient client = client(pen);
            for (int i = 0; i < 50; i++) {
                assertThat(Asking.value(client, Command.pid())).isOne();
            }
            assertThat(pen.commands()).hasSize(50).containsOnly("pid\n");
            assertThat(pen.mostAtOnce()).isOne();
        }
    }
}
