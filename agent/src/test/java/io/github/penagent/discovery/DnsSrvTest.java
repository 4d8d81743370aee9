package io.github.penagent.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DnsSrvTest {
    private static final String NAME = "_penctl._tcp.example.org";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static Vertx vertx = Vertx.vertx();

    private final NameServer server;
    private final DnsSrv dns;

    DnsSrvTest() throws IOException {
        server = new NameServer();
        dns = new DnsSrv(vertx, Optional.of(server.address()));
    }

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void end() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void an_answer_has_all_targets_and_ports() {
        server.records = List.of(World.srv("db1.example.org:8888"), World.srv("db2.example.org:65535"));

        assertThat(dns.apply(NAME).block(LIMIT)).containsExactlyInAnyOrderElementsOf(server.records);
        assertThat(dns.apply(NAME + ".").block(LIMIT)).containsExactlyInAnyOrderElementsOf(server.records);
    }

    @Test
    void an_answer_that_fits_into_no_datagram_is_asked_for_again_and_whole() {
        server.records = IntStream.range(0, 500)
                .mapToObj(i -> World.srv("db" + i + ".example.org:8888"))
                .toList();

        assertThat(dns.apply(NAME).block(LIMIT)).containsExactlyInAnyOrderElementsOf(server.records);
        assertThat(server.overTcp).hasPositiveValue();
    }

    @Test
    void a_target_that_is_none_is_seen_as_such() {
        server.records = List.of(new Srv(".", 0));

        assertThat(dns.apply(NAME).block(LIMIT)).singleElement().matches(Srv::isNone);
    }

    @Test
    void a_name_without_records_has_none() {
        assertThat(dns.apply(NAME).block(LIMIT)).isEmpty();
    }

    @Test
    void an_error_says_which() {
        server.code = NameServer.NO_SUCH_NAME;
        assertThatThrownBy(() -> dns.apply(NAME).block(LIMIT)).hasMessageStartingWith("the answer was NXDOMAIN");
        server.code = NameServer.SERVER_FAILURE;
        assertThatThrownBy(() -> dns.apply(NAME).block(LIMIT)).hasMessageStartingWith("the answer was SERVFAIL");
    }

    @Test
    void silence_ends() {
        server.silent = true;
        assertThatThrownBy(() -> dns.apply(NAME).block(LIMIT)).isNotNull();

        server.silent = false;
        server.records = List.of(World.srv("db1.example.org:8888"));
        assertThat(dns.apply(NAME).block(LIMIT)).isEqualTo(server.records);
    }
}
