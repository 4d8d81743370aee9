package io.github.penagent.health;

import java.util.List;
import java.util.Optional;

/** What a check asks a backend, and which answer is good. */
public sealed interface Question {

    /** Whether it accepts a connection. */
    record Tcp() implements Question {}

    /**
     * One HTTP/1.1 request.
     *
     * @param tls whether over TLS; the certificate is checked against {@code host}, or against the address without one
     * @param method such as GET or HEAD
     * @param path with its query, beginning with a slash
     * @param host for the Host header and for TLS; absent: the backend's address
     * @param statuses the status codes that are good, as ranges
     * @param body the regular expression of what must be found in the first 64 KiB of the body; absent: anything
     * @param minDays over TLS, for how many more days the certificate must be valid, 0 to 1000
     */
    record Http(
            boolean tls,
            String method,
            String path,
            Optional<String> host,
            List<StatusRange> statuses,
            Optional<String> body,
            int minDays)
            implements Question {
        public Http {
            statuses = List.copyOf(statuses);
        }
    }

    /**
     * A TLS handshake.
     *
     * @param name that the certificate must be valid for, also sent as SNI; absent: the backend's address
     * @param minDays for how many more days the certificate must be valid, 0 to 1000
     */
    record Tls(Optional<String> name, int minDays) implements Question {}

    /** The banner of a mail server: 220, within the timeout; then QUIT. */
    record Smtp() implements Question {}

    /**
     * A DNS question of type A; any answer with NOERROR or NXDOMAIN is good, SERVFAIL and REFUSED are not.
     *
     * @param tcp over TCP rather than UDP
     * @param name what to ask for, such as {@code example.org}
     */
    record Dns(boolean tcp, String name) implements Question {}

    /** Status codes from {@code first} to {@code last}, both included. */
    record StatusRange(int first, int last) {
        public boolean contains(int status) {
            return first <= status && status <= last;
        }

        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }
}
