package io.github.penagent.penctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.peers.RealPen;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** How a program uses the library, from start to end. */
class BasicUsageIT {

    @Test
    void a_program_takes_a_server_out_and_puts_another_one_in() {
        try (RealPen running = RealPen.with()
                .backend("127.0.0.1:8001")
                .backend("127.0.0.1:8002")
                .start()) {
            String target = running.controlEndpoint().toString();

            // Threads of their own for control connections; one is enough for many pens.
            try (Transport transport = Transport.create(1)) {
                // Each command has two seconds. pen cannot tell its version, so it is stated.
                PenClient client = transport.client(Endpoint.parse(target), Duration.ofSeconds(2));
                Pen pen = Pen.over(client, PenVersion.of("0.34.1"));

                // Nothing is sent before somebody subscribes. Only an example may block.
                Mono<Outcome> change = pen.servers()
                        .at("127.0.0.1:8002")
                        .drain()
                        .flatMap(drained ->
                                drained.confirmed() ? pen.servers().remove("127.0.0.1:8002") : Mono.just(drained))
                        .flatMap(removed -> removed.confirmed()
                                ? pen.servers().add("127.0.0.1:8003", new Limits(100, 120, 0, 0))
                                : Mono.just(removed));
                Outcome outcome = Objects.requireNonNull(change.block(Duration.ofSeconds(30)));

                // Confirmed, Refused or NotConfirmed; each says what was seen.
                assertThat(outcome.confirmed()).isTrue();
                assertThat(outcome.message()).isEqualTo("slot 1: 127.0.0.1:8003 max 100 hard 120 weight 0 prio 0");

                // Reading answers with a value or with the reason why there is none.
                Answer<List<ServerRow>> list =
                        Objects.requireNonNull(pen.servers().list().block(Duration.ofSeconds(30)));
                assertThat(list).isInstanceOfSatisfying(Answer.Ok.class, ok -> assertThat(ok.value())
                        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(ServerRow.class))
                        .extracting(ServerRow::address)
                        .containsExactly("127.0.0.1:8001", "127.0.0.1:8003"));
            }
        }
    }
}
