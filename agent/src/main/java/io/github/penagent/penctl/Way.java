package io.github.penagent.penctl;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * Where connections lead, and how.
 *
 * @param deadline of one command, from connect to end
 * @param fastOpen what is known of it on this way
 * @param address absent for a host name, which may mean another address the next time
 */
record Way(Endpoint endpoint, Duration deadline, FastOpen fastOpen, Optional<SocketAddress> address) {
    static Way to(Endpoint endpoint, Duration deadline, Transport transport) {
        boolean fast = endpoint instanceof Endpoint.Tcp && transport.fastOpen();
        return new Way(endpoint, deadline, new FastOpen(endpoint, fast), transport.address(endpoint));
    }

    Way within(Duration newDeadline) {
        return new Way(endpoint, newDeadline, fastOpen, address);
    }
}
