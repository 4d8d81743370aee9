package io.github.penagent.cluster.etcd;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where etcd is and what it has to be shown.
 *
 * @param endpoints of its members, each {@code http(s)://host:port}; asked in this order
 * @param login empty: nobody is asked for a password
 * @param tls what https is to be done with; plays no part for http
 */
public record EtcdSettings(List<URI> endpoints, Optional<Login> login, Tls tls) {
    public static final int MAX_ENDPOINTS = 16;
    public static final String ENDPOINT_RULE =
            "must be http://host:port or https://host:port, an IPv6 address in brackets, without a path";

    private static final Pattern ENDPOINT =
            Pattern.compile("https?://(?:\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9_.-]+):(\\d{1,5})/?");
    private static final int MAX_PORT = 65_535;

    public EtcdSettings {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty() || endpoints.size() > MAX_ENDPOINTS) {
            throw new IllegalArgumentException("must have 1 to " + MAX_ENDPOINTS + " endpoints");
        }
    }

    /**
     * Who this agent is to etcd.
     *
     * @param user as etcd knows it
     * @param password of that user
     */
    public record Login(String user, Password password) {}

    /**
     * All in PEM: contents, not files.
     *
     * @param authorities who vouch for etcd; empty: those that Java trusts
     * @param identity what this agent shows of itself; empty: nothing
     */
    public record Tls(Optional<String> authorities, Optional<Identity> identity) {
        public static final Tls DEFAULT = new Tls(Optional.empty(), Optional.empty());
    }

    /**
     * A certificate that etcd may ask for.
     *
     * @param certificate followed by those that vouch for it
     * @param key of that certificate, not encrypted
     */
    public record Identity(String certificate, Password key) {}

    /**
     * Reads one endpoint.
     *
     * @throws IllegalArgumentException with the rule that it breaks
     */
    public static URI endpoint(String text) {
        var matcher = ENDPOINT.matcher(text);
        int port = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException(ENDPOINT_RULE);
        }
        try {
            URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if (uri.getHost() == null) {
                throw new IllegalArgumentException(ENDPOINT_RULE);
            }
            return uri;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(ENDPOINT_RULE, e);
        }
    }
}
