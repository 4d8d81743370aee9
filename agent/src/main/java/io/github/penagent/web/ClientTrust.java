package io.github.penagent.web;

import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Looks at clients' certificates: whether somebody vouches for them, if that is asked, and whether the name is one of ours. */
final class ClientTrust extends X509ExtendedTrustManager {
    /** Email, DNS name, URI and IP address, as RFC 5280 numbers them. */
    private static final Set<Integer> KINDS = Set.of(1, 2, 6, 7);

    private final Optional<X509ExtendedTrustManager> authorities;
    private final Set<String> allowed;

    /** @param allowed names of which one is needed; empty: any */
    ClientTrust(Optional<X509ExtendedTrustManager> authorities, Set<String> allowed) {
        this.authorities = authorities;
        this.allowed = allowed.stream().map(ClientTrust::plain).collect(Collectors.toSet());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        if (authorities.isPresent()) {
            // Java does not look at the dates of a certificate that is itself among the authorities.
            chain[0].checkValidity();
            authorities.get().checkClientTrusted(chain, type, engine);
        }
        named(chain[0]);
    }

    private void named(X509Certificate client) throws CertificateException {
        if (!allowed.isEmpty() && names(client).stream().noneMatch(allowed::contains)) {
            throw new CertificateException("no name of this client is allowed");
        }
    }

    private static Set<String> names(X509Certificate client) throws CertificateException {
        Collection<List<?>> all = client.getSubjectAlternativeNames();
        return all == null
                ? Set.of()
                : all.stream()
                        .filter(name -> KINDS.contains(name.get(0)))
                        .map(name -> plain(String.valueOf(name.get(1))))
                        .collect(Collectors.toSet());
    }

    /** An IPv6 address has many forms. */
    private static String plain(String name) {
        try {
            return name.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")
                    ? InetAddress.getByName(name).getHostAddress()
                    : name;
        } catch (UnknownHostException e) {
            return name;
        }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.map(X509ExtendedTrustManager::getAcceptedIssuers).orElseGet(() -> new X509Certificate[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("not for sockets");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("not without a connection");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("not for servers");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("not for servers");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("not for servers");
    }
}
