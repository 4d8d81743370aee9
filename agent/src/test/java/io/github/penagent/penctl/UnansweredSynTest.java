package io.github.penagent.penctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A listener whose queue is full: the kernel drops each further SYN, as a filter on the way or a dead host would. */
class UnansweredSynTest {
    private static final Path CONNECTIONS = Path.of("/proc/net/tcp");

    /** Where IPv4 connections of sockets for both families stand. */
    private static final Path CONNECTIONS_6 = Path.of("/proc/net/tcp6");

    private static final String SYN_SENT = "02";
    private static final Duration DEADLINE = Duration.ofMillis(900);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_FILLERS = 16;

    private final List<SocketChannel> fillers = new ArrayList<>();
    private final ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

    @AutoClose
    private final Transport transport = Transport.create(1);

    UnansweredSynTest() throws IOException {}

    @BeforeEach
    void fillTheQueue() throws IOException {
        assumeTrue(transport.fastOpen() && Files.isReadable(CONNECTIONS), "Linux with TCP fast open");
        // One SYN that stays unanswered proves that the queue is full.
        while (unanswered().isEmpty()) {
            assertThat(fillers).hasSizeLessThan(MOST_FILLERS);
            SocketChannel filler = SocketChannel.open();
            fillers.add(filler);
            filler.configureBlocking(false);
            filler.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()));
        }
    }

    @AfterEach
    void emptyTheQueue() throws IOException {
        for (SocketChannel filler : fillers) {
            filler.close();
        }
        full.close();
    }

    @Test
    void a_connect_that_is_never_answered_is_no_connection_and_after_two_the_command_stays_behind() throws IOException {
        PenClient client = transport.client(new Endpoint.Tcp("127.0.0.1", full.getLocalPort()), DEADLINE);
        List<Boolean> withCommand = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            withCommand.add(commandWentWithTheSyn(client));
        }
        assertThat(withCommand).containsExactly(true, true, false, true);
    }

    private boolean commandWentWithTheSyn(PenClient client) throws IOException {
        Map<String, Integer> others = unanswered();
        Mono<Answer<ServerTable>> answer = client.ask(Command.servers()).cache();
        answer.subscribe();
        Map<String, Integer> ours = new HashMap<>();
        await("our SYN").atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
            ours.putAll(unanswered());
            ours.keySet().removeAll(others.keySet());
            return !ours.isEmpty();
        });
        assertThat(answer.block(PATIENCE))
                .isInstanceOfSatisfying(Answer.Failed.class, failed -> assertThat(failed.failure())
                        .isEqualTo(new Failure.Connect("no answer to the connect before the deadline")));
        assertThat(ours).hasSize(1);
        // The SYN itself counts as one.
        return ours.values().iterator().next() > 1;
    }

    /** Local address of each connect to {@link #full} that waits for an answer, and how many bytes it has to send. */
    private Map<String, Integer> unanswered() throws IOException {
        String target = ":%04X".formatted(full.getLocalPort());
        Map<String, Integer> found = new HashMap<>();
        List<String> lines = new ArrayList<>(Files.readAllLines(CONNECTIONS));
        if (Files.isReadable(CONNECTIONS_6)) {
            lines.addAll(Files.readAllLines(CONNECTIONS_6));
        }
        for (String line : lines) {
            List<String> fields = List.of(line.strip().split("\\s+", -1));
            if (fields.get(2).endsWith(target) && fields.get(3).equals(SYN_SENT)) {
                String queue = fields.get(4);
                found.put(fields.get(1), Integer.parseInt(queue.substring(0, queue.indexOf(':')), 16));
            }
        }
        return found;
    }
}
