package io.github.penagent.health.probe;

import io.github.penagent.health.Check;
import io.github.penagent.health.Result;
import reactor.core.publisher.Mono;

/** Makes one check of one backend. */
public interface Examiner {
    /**
     * One exchange, begun on subscription. It ends with one result within the check's timeout, on any thread, and never with
     * an error; cancelling closes its socket.
     *
     * @param address as pen lists it: {@code host:port}, {@code [v6]:port} or a socket path
     */
    Mono<Result> examine(Check check, String address);
}
