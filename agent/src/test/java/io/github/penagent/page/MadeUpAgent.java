package io.github.penagent.page;

import io.github.penagent.web.DecisionRow;
import io.github.penagent.web.ListenAddress;
import io.github.penagent.web.Others;
import io.github.penagent.web.ScrapeAnswer;
import io.github.penagent.web.Sources;
import io.github.penagent.web.WebServer;
import io.github.penagent.web.WebSettings;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The web listener over a fleet that is made up; its pens are polled in turn, each every five seconds. */
final class MadeUpAgent implements AutoCloseable {
    private static final int LIMIT_SECONDS = 10;

    private final Vertx vertx = Vertx.vertx();
    final MadeUpFleet fleet;
    final List<DecisionRow> decisions = new CopyOnWriteArrayList<>();
    volatile Others others = Others.NONE;
    private final int port;
    private WebServer server;

    MadeUpAgent(MadeUpFleet fleet) {
        this.fleet = fleet;
        server = listen(0);
        port = server.port();
        vertx.setPeriodic(
                1000,
                tick -> vertx.executeBlocking(() -> {
                    fleet.poll(5);
                    return true;
                }));
    }

    private WebServer listen(int wanted) {
        Sources sources = new Sources(
                request -> ScrapeAnswer.plain(new byte[0]),
                fleet::states,
                name -> Optional.empty(),
                () -> decisions,
                () -> true,
                () -> true,
                () -> "{}",
                "made up",
                () -> others);
        return WebServer.listen(
                        vertx,
                        WebSettings.open(new ListenAddress("127.0.0.1", wanted), Optional.empty(), true),
                        sources)
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    /** Cuts all lines, as if the agent were gone, until {@link #comeBack()}. */
    void goAway() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    void comeBack() {
        server = listen(port);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** To look at it by hand: how many pens, and how many backends each. */
    public static void main(String[] args) {
        MadeUpFleet fleet = new MadeUpFleet(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
        MadeUpAgent agent = new MadeUpAgent(fleet);
        System.out.println(agent.url());
    }
}
