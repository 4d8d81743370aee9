package io.github.penagent.discovery;

import java.util.Locale;

/**
 * What counts of an SRV record; priority and weight are for clients that have to choose.
 *
 * @param host the target in lower case, as names are the same in either, and without the final dot; empty where the record says
 *     that there is none
 * @param port as it stands there, also if it is no port
 */
public record Srv(String host, int port) {
    public Srv {
        host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        host = host.toLowerCase(Locale.ROOT);
    }

    boolean isNone() {
        return host.isEmpty();
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
