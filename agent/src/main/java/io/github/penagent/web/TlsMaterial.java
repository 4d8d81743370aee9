package io.github.penagent.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;

/** Settings for TLS, taken apart and found to be of use. */
final class TlsMaterial {
    private static final Duration HANDSHAKE = Duration.ofSeconds(5);

    private TlsMaterial() {}

    /**
     * What a listener needs.
     *
     * @throws IllegalArgumentException naming what cannot be used
     */
    static ServerSSLOptions of(TlsSettings tls) {
        List<X509Certificate> chain = certificates("the certificate", tls.certificate());
        PemKeyCertOptions pair = new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(tls.certificate()))
                .addKeyValue(Buffer.buffer(tls.key().reveal()));
        if (!belong(key(pair), chain.get(0))) {
            throw new IllegalArgumentException("the key is not that of the certificate");
        }
        ServerSSLOptions options = new ServerSSLOptions()
                .setKeyCertOptions(pair)
                .setUseAlpn(false)
                .setClientAuth(tls.clients().handshake())
                .setEnabledSecureTransportProtocols(tls.protocols())
                .setSslHandshakeTimeout(HANDSHAKE.toSeconds())
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
        if (tls.clients() != ClientPolicy.NONE) {
            options.setTrustOptions(TrustOptions.wrap(new ClientTrust(authorities(tls), tls.allowedSans())));
        }
        tls.cipherSuites().forEach(options::addEnabledCipherSuite);
        return options;
    }

    private static Optional<X509ExtendedTrustManager> authorities(TlsSettings tls) {
        if (!tls.clients().verifies()) {
            return Optional.empty();
        }
        List<X509Certificate> all =
                certificates("the client authorities", tls.clientAuthorities().orElse(""));
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (X509Certificate one : all) {
                store.setCertificateEntry("authority-" + store.size(), one);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return Optional.of((X509ExtendedTrustManager) factory.getTrustManagers()[0]);
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new IllegalArgumentException("the client authorities cannot be used", e);
        }
    }

    private static List<X509Certificate> certificates(String what, String pem) {
        Set<X509Certificate> found = new LinkedHashSet<>();
        try {
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                    .forEach(one -> found.add((X509Certificate) one));
        } catch (CertificateException e) {
            throw new IllegalArgumentException(what + " cannot be read", e);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(what + " cannot be read: there is none in PEM");
        }
        return List.copyOf(found);
    }

    private static PrivateKey key(PemKeyCertOptions pair) {
        try {
            X509KeyManager manager =
                    (X509KeyManager) pair.getKeyManagerFactory(null).getKeyManagers()[0];
            return manager.getPrivateKey(pair.loadKeyStore(null).aliases().nextElement());
        } catch (Exception e) {
            // The library declares no less. What it says of a key is not repeated.
            throw new IllegalArgumentException("the key cannot be read: it must be RSA or EC in PEM, not encrypted", e);
        }
    }

    /** Whether what the one signs the other can confirm. */
    private static boolean belong(PrivateKey key, X509Certificate certificate) {
        try {
            String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
            byte[] words = "do you belong together?".getBytes(StandardCharsets.US_ASCII);
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(words);
            Signature confirming = Signature.getInstance(algorithm);
            confirming.initVerify(certificate.getPublicKey());
            confirming.update(words);
            return confirming.verify(signing.sign());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
