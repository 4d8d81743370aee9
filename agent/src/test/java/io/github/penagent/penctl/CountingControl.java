package io.github.penagent.penctl;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;

/** Passes everything on and remembers what was really sent. */
final class CountingControl implements Control {
    private final Control inner;
    private final List<String> sent = new CopyOnWriteArrayList<>();

    CountingControl(Control inner) {
        this.inner = inner;
    }

    /** Every command so far, in order. */
    List<String> sent() {
        return sent;
    }

    @Override
    public <T> Mono<Answer<T>> ask(Command<T> command) {
        return Mono.defer(() -> {
            sent.add(command.toString());
            return inner.ask(command);
        });
    }
}
