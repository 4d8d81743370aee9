package io.github.penagent.config;

import com.typesafe.config.ConfigValue;
import io.github.penagent.cluster.etcd.EtcdSettings;
import io.github.penagent.cluster.etcd.Password;
import io.github.penagent.web.ClientPolicy;
import io.github.penagent.web.Secret;
import io.github.penagent.web.TlsSettings;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code tls} of etcd: whom to trust, and what to show. */
final class EtcdTlsReader {
    private static final List<String> KEYS = List.of("ca-file", "cert-file", "key-file");
    private static final String NO_CERTIFICATE = "must contain certificates in PEM";

    private final Section tls;
    private final Rule<String> contents;

    /** @param folder where relative paths begin */
    EtcdTlsReader(Section tls, Path folder) {
        this.tls = tls;
        contents = SmallFile.in(folder);
    }

    /** @param secure whether any endpoint is asked over TLS */
    EtcdSettings.Tls read(boolean secure) {
        Optional<String> authorities = tls.optional("ca-file", this::certificates);
        Optional<String> certificate = tls.optional("cert-file", this::certificates);
        Optional<String> key = tls.optional("key-file", contents);
        if (tls.isWritten("cert-file") != tls.isWritten("key-file")) {
            tls.refuse(tls.isWritten("cert-file") ? "key-file" : "cert-file", "is missing");
        }
        KEYS.stream()
                .filter(tls::isWritten)
                .findFirst()
                .filter(any -> !secure)
                .ifPresent(name -> tls.refuse(name, "has no meaning, as no endpoint begins with https://"));
        return new EtcdSettings.Tls(authorities, certificate.flatMap(pem -> key.map(own -> identity(pem, own))));
    }

    private EtcdSettings.Identity identity(String certificate, String key) {
        // Of a listener, but whether the two belong together is the same question.
        new TlsSettings(
                        certificate,
                        new Secret(key),
                        Optional.empty(),
                        ClientPolicy.NONE,
                        Set.of(),
                        TlsSettings.PROTOCOLS,
                        List.of())
                .problem()
                .ifPresent(why -> tls.refuse("cert-file", why));
        return new EtcdSettings.Identity(certificate, new Password(key));
    }

    private String certificates(ConfigValue value) {
        String pem = contents.read(value);
        try {
            byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
            if (CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes))
                    .isEmpty()) {
                throw new IllegalArgumentException(NO_CERTIFICATE);
            }
            return pem;
        } catch (CertificateException e) {
            throw new IllegalArgumentException(NO_CERTIFICATE, e);
        }
    }
}
