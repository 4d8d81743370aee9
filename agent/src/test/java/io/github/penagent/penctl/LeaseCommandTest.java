package io.github.penagent.penctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.penagent.peers.FakePen;
import io.github.penagent.peers.PenScript;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class LeaseCommandTest {
    @AutoClose
    private final Transport transport = Transport.create(1);

    @AutoClose
    private final FakePen pen = FakePen.that(PenScript.replies("1\n"));

    private final PenClient client = transport.client(pen.endpoint(), Duration.ofMillis(400));

    @ParameterizedTest
    @CsvSource({"0, 0, -1000000", "0, 2, 2", "99999, 300, 300"})
    void a_lease_is_two_numbers_on_one_line_and_its_end_one_that_stays_past(int slot, int seconds, int sent) {
        assertThat(new String(Command.blacklist(slot, seconds).line(), StandardCharsets.US_ASCII))
                .isEqualTo("server " + slot + " blacklist " + sent + "\n");
    }

    @ParameterizedTest
    @CsvSource({"-1, 20", "100000, 20", "0, 1", "0, -1", "0, 301"})
    void a_lease_out_of_range_cannot_be_made(int slot, int seconds) {
        assertThatIllegalArgumentException().isThrownBy(() -> Command.blacklist(slot, seconds));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_000_000_001})
    void room_out_of_range_cannot_be_made(int places) {
        assertThatIllegalArgumentException().isThrownBy(() -> Command.pendingMax(places));
    }

    @Test
    void a_command_is_asked_for_its_wish_once_and_only_when_its_turn_has_come() {
        AtomicInteger asked = new AtomicInteger();
        pen.does(PenScript.hangs());
        Command<String> unwanted = Command.blacklist(0, 20).onlyIf(() -> {
            asked.incrementAndGet();
            return false;
        });
        Mono<Answer<Integer>> slow =
                client.ask(Command.pid()).doOnNext(answer -> assertThat(asked).hasValue(0));
        var both = Objects.requireNonNull(Mono.zip(slow, client.ask(unwanted)).block(Duration.ofSeconds(20)));
        assertThat(both.getT1()).isInstanceOf(Answer.Failed.class);
        assertThat(both.getT2()).isInstanceOf(Answer.Failed.class);
        assertThat(asked).hasValue(1);
        assertThat(pen.commands()).containsExactly("pid\n");
        pen.does(PenScript.replies("7\n"));
        assertThat(Asking.value(client, Command.pid())).isEqualTo(7);
    }

    @Test
    void a_command_that_is_wanted_goes_its_way() {
        pen.does(PenScript.saysNothing());
        assertThat(Asking.value(client, Command.blacklist(1, 20).onlyIf(() -> true)))
                .isEmpty();
        assertThat(pen.commands()).containsExactly("server 1 blacklist 20\n");
    }
}
