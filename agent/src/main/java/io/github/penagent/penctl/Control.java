package io.github.penagent.penctl;

import java.net.InetAddress;
import java.net.UnknownHostException;
import reactor.core.publisher.Mono;

/** One pen's control port, as its users see it. */
public interface Control {

    /**
     * Sends one command when subscribed to, after those asked before it. Always completes with one answer; a failure is
     * an {@link Answer.Failed}, never an error signal. Cancelling closes the connection.
     */
    <T> Mono<Answer<T>> ask(Command<T> command);

    /**
     * The address of a host, looked up on this side and never by a blocking call, since pen would forward nothing while it
     * looked itself. An error signal if there is none, as always unless an implementation knows a resolver.
     */
    default Mono<InetAddress> address(String host) {
        return Mono.error(() -> new UnknownHostException("no resolver here"));
    }
}
