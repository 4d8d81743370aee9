package io.github.penagent;

import io.github.penagent.config.AdminToken;
import io.github.penagent.web.AdminSettings;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Tells the running agent what a person wants of one backend, over its admin listener. */
final class AdminClient {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final URI uri;
    private final Optional<String> token;
    private final Optional<Path> ca;

    /** @param ca who vouches for the agent's certificate beside those whom Java knows */
    AdminClient(AdminSettings admin, String pen, String address, Optional<String> token, Optional<Path> ca) {
        String scheme = admin.access().tls().isPresent() ? "https://" : "http://";
        uri = URI.create(
                scheme + admin.listen().near() + "/api/v1/pens/" + encoded(pen) + "/holds/" + encoded(address));
        this.token = token;
        this.ca = ca;
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The word that the agent wants to see, if its configuration has it in the clear. */
    static Optional<String> token(Path config, Optional<Path> file) throws StartFailure {
        try {
            return file.isPresent() ? Optional.of(Files.readString(file.get()).strip()) : AdminToken.of(config);
        } catch (IOException | IllegalArgumentException e) {
            throw new StartFailure("the token cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The body of the answer.
     *
     * @throws StartFailure with the agent's own words, if it does not do it
     */
    String send(String method, Optional<JsonObject> body) throws StartFailure {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.map(json -> HttpRequest.BodyPublishers.ofString(json.encode()))
                                .orElseGet(HttpRequest.BodyPublishers::noBody));
        token.ifPresent(word -> request.header("Authorization", "Bearer " + word));
        try {
            HttpResponse<String> answer = client().send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != OK) {
                throw new StartFailure("the agent answered " + answer.statusCode() + ": "
                        + answer.body().strip());
            }
            return answer.body();
        } catch (IOException | GeneralSecurityException e) {
            throw new StartFailure("the agent at " + uri.getAuthority() + " cannot be told: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted", e);
        }
    }

    private HttpClient client() throws IOException, GeneralSecurityException {
        HttpClient.Builder client =
                HttpClient.newBuilder().connectTimeout(LIMIT).version(HttpClient.Version.HTTP_1_1);
        if (ca.isPresent()) {
            client.sslContext(trusting(ca.get()));
        }
        return client.build();
    }

    private static SSLContext trusting(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + store.size(), one);
            }
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
