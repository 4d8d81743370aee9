package io.github.penagent.bench;

import io.github.penagent.fleet.PenState;
import io.github.penagent.metrics.AgentMeters;
import io.github.penagent.metrics.Exposition;
import io.github.penagent.metrics.Format;
import io.github.penagent.metrics.Page;
import io.github.penagent.web.ListenAddress;
import io.github.penagent.web.ScrapeAnswer;
import io.github.penagent.web.ScrapeRequest;
import io.github.penagent.web.Sources;
import io.github.penagent.web.WebServer;
import io.github.penagent.web.WebSettings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The agent's own page and door, over pens that are made up. Told {@code fresh}, all of them change before each scrape. */
final class AgentPage {
    private final MadeUpFleet fleet;
    private final Page page = new Page();
    private final Exposition exposition;
    private volatile boolean changing;
    private boolean other;

    private AgentPage(int series) {
        fleet = new MadeUpFleet(series);
        exposition = new Exposition(page, new AgentMeters("bench", "bench", Instant.now()), fleet::names);
        change();
    }

    /** With the number of series. */
    public static void main(String[] args) throws IOException {
        AgentPage page = new AgentPage(Integer.parseInt(args[0]));
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2));
        Sources sources = new Sources(
                page::scraped,
                List::of,
                pen -> Optional.empty(),
                List::of,
                () -> true,
                () -> true,
                () -> "{}",
                "bench");
        WebServer web = WebServer.listen(
                        vertx, WebSettings.open(new ListenAddress("127.0.0.1", 0), Optional.empty(), false), sources)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        Served.on(web.port(), word -> page.changing = word.equals("fresh"));
    }

    private ScrapeAnswer scraped(ScrapeRequest request) {
        if (changing) {
            change();
        }
        return new ScrapeAnswer(exposition.whole(Format.TEXT, request.gzip()), request.gzip());
    }

    /** As polls do. */
    private void change() {
        other = !other;
        for (PenState pen : fleet.states(other)) {
            page.changed(pen);
        }
    }
}
