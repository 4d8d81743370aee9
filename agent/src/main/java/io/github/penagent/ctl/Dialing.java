package io.github.penagent.ctl;

import io.github.penagent.penctl.Control;
import io.github.penagent.penctl.Endpoint;
import io.github.penagent.penctl.Transport;
import java.time.Duration;

/** How a pen is reached. */
interface Dialing {

    /** Ready to ask; no connection is made before the first question. */
    Line dial(Endpoint endpoint, Duration deadline);

    /** Over the network, on one thread. */
    static Dialing network() {
        return (endpoint, deadline) -> {
            Transport transport = Transport.create(1);
            return new Line(transport.client(endpoint, deadline), transport::close);
        };
    }

    /** What was dialled, and how to hang up. */
    record Line(Control control, Runnable hangUp) implements AutoCloseable {
        @Override
        public void close() {
            hangUp.run();
        }
    }
}
