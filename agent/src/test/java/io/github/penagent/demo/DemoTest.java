package io.github.penagent.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoTest {
    private final Loop loop = new Loop();
    private Demo demo;

    @BeforeEach
    void start() throws TimeoutException {
        demo = Demo.start(loop.vertx, Clock.systemUTC(), 42).await(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws TimeoutException {
        loop.close();
    }

    @Test
    void has_three_pens_on_ports_of_their_own() {
        assertThat(demo.pens()).extracting(EmbeddedPen::name).containsExactly("web", "mail", "api");
        assertThat(demo.pens())
                .flatExtracting(EmbeddedPen::control, EmbeddedPen::listen)
                .doesNotHaveDuplicates()
                .allMatch(address -> ((String) address).matches("127\\.0\\.0\\.1:\\d+"));
    }

    @Test
    void chooses_servers_in_three_ways() throws IOException {
        assertThat(List.of(ask(0, "mode"), ask(1, "mode"), ask(2, "mode")))
                .containsExactly(
                        "no hash roundrobin no stubborn no weight no prio\n",
                        "no hash no roundrobin no stubborn no weight no prio\n",
                        "no hash roundrobin no stubborn weight no prio\n");
        assertThat(ask(0, "servers").lines()).hasSize(3);
        assertThat(ask(1, "servers").lines()).hasSize(2);
        assertThat(ask(2, "servers")).contains(" weight 3 ", " weight 1 ");
    }

    @Test
    void has_clients_at_all_pens() {
        for (int pen = 0; pen < 3; pen++) {
            int asked = pen;
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(ask(asked, "servers"))
                    .containsPattern("sx [1-9]\\d* rx [1-9]\\d*\n"));
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(ask(0, "recent").lines()).hasSizeGreaterThan(1));
    }

    @Test
    void closes_everything_once_and_for_all() throws IOException, TimeoutException {
        List<String> addresses = demo.pens().stream()
                .flatMap(pen -> Stream.of(pen.control(), pen.listen()))
                .toList();
        demo.close().await(5, TimeUnit.SECONDS);
        demo.close().await(5, TimeUnit.SECONDS);

        for (String address : addresses) {
            assertThat(Tcp.refuses(address)).isTrue();
        }
        assertThat(loop.vertx.deploymentIDs()).isEmpty();
    }

    @Test
    void says_that_it_is_not_real() {
        assertThat(Demo.description()).contains("embedded", "imitations").doesNotContain("\n");
    }

    private String ask(int pen, String command) throws IOException {
        return Tcp.exchange(demo.pens().get(pen).control(), command);
    }
}
