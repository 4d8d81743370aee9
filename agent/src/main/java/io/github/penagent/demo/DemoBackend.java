package io.github.penagent.demo;

import io.vertx.core.Future;

/** A server behind an embedded pen, on one loopback port for all of its life. */
interface DemoBackend {

    /** Starts to listen, the first time on a free port; fails if it listens or if the port was taken meanwhile. */
    Future<Void> open();

    /** Closes the listener and all connections: from now on connects are refused. Harmless if nothing listens. */
    Future<Void> close();

    /** The port, once it was open. */
    int port();
}
