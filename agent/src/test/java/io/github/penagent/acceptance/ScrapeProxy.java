package io.github.penagent.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.penagent.peers.RunningAgent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Between a scraper and the agent: writes down what the one asked and the other answered. */
final class ScrapeProxy implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<String> PASSED_ON =
            List.of("Accept", "Accept-Encoding", "User-Agent", "X-Prometheus-Scrape-Timeout-Seconds");

    private final RunningAgent agent;
    private final Optional<String> accept;
    private final HttpServer server;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final List<Scrape> scrapes = new CopyOnWriteArrayList<>();

    /** One request and its answer; a header that is missing is empty. */
    record Scrape(
            String accept,
            String acceptEncoding,
            String userAgent,
            int status,
            String contentType,
            String contentEncoding,
            String vary) {}

    private ScrapeProxy(RunningAgent agent, Optional<String> accept) {
        this.agent = agent;
        this.accept = accept;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::pass);
        server.start();
    }

    /** Changes nothing. */
    static ScrapeProxy recording(RunningAgent agent) {
        return new ScrapeProxy(agent, Optional.empty());
    }

    /** Asks for another format than the scraper does. */
    static ScrapeProxy accepting(String accept, RunningAgent agent) {
        return new ScrapeProxy(agent, Optional.of(accept));
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create("http://" + agent.address() + exchange.getRequestURI()))
                    .timeout(PATIENCE);
            for (String name : PASSED_ON) {
                String value = asked(exchange, name);
                if (!value.isEmpty()) {
                    request.setHeader(name, value);
                }
            }
            accept.ifPresent(format -> request.setHeader("Accept", format));
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            scrapes.add(new Scrape(
                    asked(exchange, "Accept"),
                    asked(exchange, "Accept-Encoding"),
                    asked(exchange, "User-Agent"),
                    response.statusCode(),
                    answered(response, "Content-Type"),
                    answered(response, "Content-Encoding"),
                    answered(response, "Vary")));
            for (String name : List.of("Content-Type", "Content-Encoding")) {
                response.headers().firstValue(name).ifPresent(value -> exchange.getResponseHeaders()
                        .set(name, value));
            }
            exchange.sendResponseHeaders(response.statusCode(), response.body().length);
            exchange.getResponseBody().write(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String asked(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    private static String answered(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** As targets are written: {@code 127.0.0.1:port}. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    List<Scrape> scrapes() {
        return List.copyOf(scrapes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
