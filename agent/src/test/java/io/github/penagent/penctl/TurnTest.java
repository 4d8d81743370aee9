package io.github.penagent.penctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class TurnTest {
    private final Turn turn = new Turn();
    private final List<String> started = new ArrayList<>();

    private Mono<String> work(String name, Sinks.One<String> end) {
        return turn.alone(end.asMono().doOnSubscribe(s -> started.add(name)));
    }

    @Test
    void one_starts_when_the_one_before_has_ended_however_it_ended() {
        Sinks.One<String> first = Sinks.one();
        Sinks.One<String> second = Sinks.one();
        Sinks.One<String> third = Sinks.one();
        List<String> ended = new ArrayList<>();
        work("first", first).subscribe(ended::add);
        work("second", second).subscribe(ended::add, e -> ended.add("failed"));
        work("third", third).subscribe(ended::add);
        assertThat(started).containsExactly("first");
        first.tryEmitValue("1");
        assertThat(started).containsExactly("first", "second");
        second.tryEmitError(new IllegalStateException());
        assertThat(started).containsExactly("first", "second", "third");
        third.tryEmitValue("3");
        assertThat(ended).containsExactly("1", "failed", "3");
    }

    @Test
    void one_that_is_given_up_holds_nobody_up() {
        Sinks.One<String> never = Sinks.one();
        Disposable running = work("running", never).subscribe();
        Disposable waiting = work("waiting", never).subscribe();
        work("last", never).subscribe();
        waiting.dispose();
        assertThat(started).containsExactly("running");
        running.dispose();
        assertThat(started).containsExactly("running", "last");
    }
}
