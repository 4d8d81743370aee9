package io.github.penagent.web;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;

/** TLS for a listener that is about to be made. */
final class Tls {
    private Tls() {}

    /** @throws IllegalArgumentException if certificate, key or authorities cannot be used */
    static void turnOn(HttpServerOptions options, TlsSettings tls) {
        ServerSSLOptions ssl = TlsMaterial.of(tls);
        options.setSsl(true)
                .setUseAlpn(false)
                .setSslHandshakeTimeout(ssl.getSslHandshakeTimeout())
                .setSslHandshakeTimeoutUnit(ssl.getSslHandshakeTimeoutUnit())
                .setKeyCertOptions(ssl.getKeyCertOptions())
                .setTrustOptions(ssl.getTrustOptions())
                .setClientAuth(ssl.getClientAuth())
                .setEnabledSecureTransportProtocols(ssl.getEnabledSecureTransportProtocols());
        ssl.getEnabledCipherSuites().forEach(options::addEnabledCipherSuite);
    }
}
