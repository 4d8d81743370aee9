package io.github.penagent;

import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/** Asks an agent whether it lives, without any of the libraries that the agent itself is made of: this has to be quick. */
final class SignOfLife {
    /** For everything, a second try over TLS included. */
    static final Duration LIMIT = Duration.ofSeconds(3);

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;

    private SignOfLife() {}

    /**
     * Returns if the agent at {@code address} lives.
     *
     * @param address {@code host:port} or {@code [v6]:port}
     * @throws StartFailure with the reason, if it does not, or not within {@link #LIMIT}
     */
    static void of(String address) throws StartFailure {
        FutureTask<Integer> asking = new FutureTask<>(() -> status(address));
        Thread thread = new Thread(asking, "asking");
        // Whatever a stuck peer does to it, it must not keep this process.
        thread.setDaemon(true);
        thread.start();
        try {
            judge(address, asking.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw late(address, e);
        } catch (ExecutionException e) {
            throw failed(address, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted", e);
        }
    }

    private static StartFailure failed(String address, @Nullable Throwable cause) {
        if (cause instanceof SocketTimeoutException late) {
            return late(address, late);
        }
        String why = cause == null ? "" : String.valueOf(cause.getMessage());
        return new StartFailure(address + ": " + why, new IOException(why, cause));
    }

    private static StartFailure late(String address, Exception e) {
        return new StartFailure(address + ": no answer within " + LIMIT.toSeconds() + " s", e);
    }

    /** A wrong password is answered by an agent that lives. */
    private static void judge(String address, int status) throws StartFailure {
        if (status != OK && status != UNAUTHORIZED) {
            throw new StartFailure(address + ": answered " + status);
        }
    }

    private static int status(String address) throws IOException {
        try {
            return answer(connection("http://" + address));
        } catch (ConnectException | SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return overTls(address, e);
        }
    }

    /** What is no HTTP may be TLS, and a certificate or an alert is as good a sign of life as an answer. */
    private static int overTls(String address, IOException plain) throws IOException {
        HttpsURLConnection connection = (HttpsURLConnection) connection("https://" + address);
        connection.setHostnameVerifier((host, session) -> true);
        AtomicBoolean shown = new AtomicBoolean();
        connection.setSSLSocketFactory(AnyCertificate.sockets(() -> shown.set(true)));
        try {
            return answer(connection);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            if (shown.get() || String.valueOf(e.getMessage()).contains("Received fatal alert")) {
                return OK;
            }
            throw plain;
        }
    }

    private static int answer(HttpURLConnection connection) throws IOException {
        int millis = (int) LIMIT.toMillis();
        connection.setConnectTimeout(millis);
        connection.setReadTimeout(millis);
        connection.setInstanceFollowRedirects(false);
        try {
            int status = connection.getResponseCode();
            if (status < 0) {
                throw new IOException("answers, but not in HTTP");
            }
            return status;
        } finally {
            connection.disconnect();
        }
    }

    private static HttpURLConnection connection(String url) throws IOException {
        return (HttpURLConnection) new URL(url + "/-/healthy").openConnection(Proxy.NO_PROXY);
    }
}
