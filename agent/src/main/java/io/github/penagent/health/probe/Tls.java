package io.github.penagent.health.probe;

import io.github.penagent.health.Cause;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * What a check wants of TLS.
 *
 * @param name that the certificate must be valid for, a host name or a numeric address
 * @param minDays for how many more days it must be valid
 */
record Tls(String name, int minDays) {
    private static final int BYE_MILLIS = 100;

    SslHandler handler(SslContext context, ByteBufAllocator buffers, int port) {
        SslHandler handler = context.newHandler(buffers, name, port);
        // The exchange has one deadline for all of it.
        handler.setHandshakeTimeoutMillis(0);
        handler.setCloseNotifyFlushTimeoutMillis(BYE_MILLIS);
        if (!numeric()) {
            SSLParameters parameters = handler.engine().getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            handler.engine().setSSLParameters(parameters);
        }
        return handler;
    }

    private boolean numeric() {
        return NetUtil.createByteArrayFromIpAddressString(name) != null;
    }

    /** When the backend's certificate ends, after a handshake. */
    static Instant end(SslHandler handler) throws SSLPeerUnverifiedException {
        X509Certificate own = (X509Certificate) handler.engine().getSession().getPeerCertificates()[0];
        return own.getNotAfter().toInstant();
    }

    /** What is wrong with that end, if anything: Java itself accepts one in the past if it trusts just that certificate. */
    Optional<Verdict> objection(Instant end, Instant now) {
        long days = Duration.between(now, end).toDays();
        if (end.isBefore(now)) {
            return Optional.of(Verdict.bad(Cause.WRONG, "expected a valid certificate, saw one that ended at " + end));
        }
        return days < minDays
                ? Optional.of(Verdict.bad(
                        Cause.WRONG, "certificate valid for " + days + " more days, expected at least " + minDays))
                : Optional.empty();
    }

    /** Of a handshake that failed while the connection was there. */
    Verdict failed(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof CertificateException || t instanceof CertPathValidatorException) {
                return Verdict.bad(
                        Cause.WRONG, "expected a valid certificate for " + name + ", saw: " + Faults.seen(t));
            }
            if (t instanceof NotSslRecordException) {
                return Verdict.bad(Cause.WRONG, "expected TLS, saw something else");
            }
        }
        return thrown instanceof SSLException
                ? Verdict.bad(Cause.WRONG, "TLS handshake failed: " + Faults.seen(thrown))
                : Verdict.unknown("TLS handshake failed: " + Faults.seen(thrown));
    }
}
