package io.github.penagent.penctl;

import reactor.core.publisher.Mono;

/** One pen's control port, as its users see it. */
public interface Control {

    /**
     * Sends one command when subscribed to, after those asked before it. Always completes with one answer; a failure is
     * an {@link Answer.Failed}, never an error signal. Cancelling closes the connection.
     */
    <T> Mono<Answer<T>> ask(Command<T> command);
}
