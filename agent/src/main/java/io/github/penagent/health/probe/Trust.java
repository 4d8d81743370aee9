package io.github.penagent.health.probe;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The authorities that certificates are checked against, loaded when first needed and off the event loops. Thread-safe. */
final class Trust {
    private final Vertx vertx;
    private final Optional<KeyStore> store;
    private @Nullable Future<TrustManagerFactory> loading;

    /** @param store the authorities; empty for those that this Java trusts */
    Trust(Vertx vertx, Optional<KeyStore> store) {
        this.vertx = vertx;
        this.store = store;
    }

    /** Fails if there are none; the next call then tries again. */
    synchronized Future<TrustManagerFactory> loaded() {
        Future<TrustManagerFactory> known = loading;
        if (known == null || known.failed()) {
            known = vertx.executeBlocking(this::load, false);
            loading = known;
        }
        return known;
    }

    /** A new one each time: a session that is resumed would not show its certificate again. */
    static SslContext context(TrustManagerFactory authorities) throws SSLException {
        return SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .trustManager(authorities)
                .endpointIdentificationAlgorithm("HTTPS")
                .build();
    }

    private TrustManagerFactory load() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store.orElse(null));
        boolean any = Arrays.stream(factory.getTrustManagers())
                .anyMatch(m -> m instanceof X509TrustManager x509 && x509.getAcceptedIssuers().length > 0);
        if (!any) {
            // Java says nothing of a file that is not there.
            throw new GeneralSecurityException("no trusted authorities were found");
        }
        return factory;
    }
}
