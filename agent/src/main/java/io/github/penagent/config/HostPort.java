package io.github.penagent.config;

import io.github.penagent.web.ListenAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A TCP address as people write it: {@code host:port} or {@code [IPv6]:port}. */
record HostPort(String host, int port) {
    static final int MAX_PORT = 65_535;
    static final String FORM_RULE = "must be host:port or [IPv6]:port";

    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9_.-]+)):(\\d{1,9})");

    /**
     * Reads the form; whether the port is in range is for the caller to say.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    static HostPort parse(String text) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException(FORM_RULE);
        }
        String v6 = m.group(1);
        return new HostPort(v6 != null ? v6 : m.group(2), Integer.parseInt(m.group(3)));
    }

    ListenAddress address() {
        return new ListenAddress(host, port);
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
