package io.github.penagent.healing;

import com.sun.net.httpserver.HttpServer;
import io.github.penagent.peers.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What backends say of themselves to Prometheus: how long they take for an answer. The agent never sees it. */
final class SelfReport implements AutoCloseable {
    private final HttpServer server;
    private final Site site;
    private final int backends;

    private SelfReport(HttpServer server, Site site, int backends) {
        this.server = server;
        this.site = site;
        this.backends = backends;
    }

    static SelfReport of(Site site, int backends) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
            SelfReport report = new SelfReport(server, site, backends);
            server.createContext("/metrics", exchange -> {
                byte[] page = report.page().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
                exchange.close();
            });
            server.start();
            return report;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String page() {
        StringBuilder page = new StringBuilder();
        for (int slot = 0; slot < backends; slot++) {
            page.append(String.format(
                    Locale.ROOT,
                    "backend_answer_seconds{pen=\"web\",address=\"%s\"} %.3f%n",
                    site.address(slot),
                    site.backend(slot).thought().toMillis() / 1e3));
        }
        return page.toString();
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
