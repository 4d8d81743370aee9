package io.github.penagent.stack;

import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.HttpBackend;
import io.github.penagent.peers.HttpTraffic;
import io.github.penagent.peers.RealPen;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What should never happen, brought about so that each expression that waits for it is answered once. */
final class Troubles {
    private static final Duration SOON = Duration.ofSeconds(70);

    private final LiveStack stack;
    private final Expressions expressions;
    private final RealPen alone;

    Troubles(LiveStack stack, Expressions expressions) {
        this.stack = stack;
        this.expressions = expressions;
        this.alone = stack.alone.pen;
    }

    private void shown(String... names) {
        for (String name : names) {
            await(name).atMost(SOON).until(() -> expressions.answered(name));
            System.out.println(Duration.between(stack.begun, java.time.Instant.now()) + " " + name);
        }
    }

    /** One after the other, as far as they would disturb each other; they get worse and worse. */
    void bring() throws IOException, InterruptedException {
        alone.penctl("blacklist", "29");
        stack.alone.underLoad(10, 20);
        stack.web.pen.penctl("server", "3", "blacklist", "60");
        stack.shop.backend(0).status(500);
        stack.shop.backend(1).status(500);
        strangersAtTheWebhook();
        shown("PenAgentWebhookFailing", "PenForeignBlacklistLong", "PenClientCapHit");
        try (HttpBackend stranger = HttpBackend.start()) {
            oneWithoutTraffic(stranger);
            shown("PenNoServerTraffic", "PenEjectionBudgetExhausted");
            stack.shop.backend(2).status(500);
            oneThatSwallows(stranger);
            shown("PenBackendBlackhole", "PenRemediationPanic");
        }
        Files.createFile(stack.killSwitch());
        noRoom();
        shown("PenRemediationDowngraded");
        flapping();
        shown("PenBlacklistTimeChanged");
        manyLives();
        stack.alone.kill(0);
        stack.alone.kill(1);
        shown("PenNoHealthyServer", "PenDataPlaneHung");
        alone.kill();
        shown("PenDown", "PenPollsFailing");
        stack.agent.stop();
        shown("PenAgentDown");
        stack.agent.cont();
    }

    private void strangersAtTheWebhook() throws IOException, InterruptedException {
        HttpRequest message = HttpRequest.newBuilder(URI.create(stack.webhook()))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        HttpClient.newHttpClient().send(message, HttpResponse.BodyHandlers.discarding());
    }

    /** It takes a slot anew, so that pen's counts of it begin at 0, and stay there. */
    private void oneWithoutTraffic(HttpBackend stranger) throws IOException {
        alone.penctl("server", "1", "blacklist", "300", "port", Integer.toString(stranger.port()));
        upload(8);
    }

    private void oneThatSwallows(HttpBackend stranger) throws IOException {
        stranger.hang();
        alone.penctl("server", "1", "blacklist", "0");
        upload(4);
    }

    private void upload(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            try (HttpTraffic.Connection connection =
                    HttpTraffic.to(alone.listenPort()).open("127.0.0.1")) {
                connection.upload(100_000);
            }
        }
    }

    private void noRoom() throws IOException {
        alone.penctl("server", "0", "max", "10", "hard", "10");
        alone.penctl(
                "server",
                "1",
                "max",
                "10",
                "hard",
                "10",
                "port",
                Integer.toString(stack.alone.backend(1).port()));
        List<HttpTraffic.Connection> held = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            held.add(HttpTraffic.to(alone.listenPort()).open("127.0.0.1"));
        }
        shown("PenServerNearHardLimit", "PenConnectionsNearLimit");
        for (HttpTraffic.Connection each : held) {
            each.close();
        }
    }

    private void flapping() {
        while (!expressions.answered("PenServerFlapping")) {
            stack.alone.kill(0);
            awaitCheck("0");
            stack.alone.restart(0);
            awaitCheck("1");
        }
    }

    /** Prometheus must have seen it. */
    private void awaitCheck(String value) {
        String query = "pen_server_check_up{pen='alone',server='0'} == " + value;
        await(query).atMost(SOON).until(() -> !stack.prometheus.query(query).isEmpty());
    }

    private void manyLives() {
        while (!expressions.answered("PenDoubleListener")) {
            double before = lives();
            alone.restart();
            await("noticed").atMost(SOON).until(() -> lives() > before);
        }
    }

    private double lives() {
        return stack.agent.metrics().value("pen_process_id_changes_total", "pen", "alone");
    }
}
