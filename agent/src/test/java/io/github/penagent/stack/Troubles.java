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
import java.util.Map;
import java.util.TreeMap;

/** What should never happen, brought about so that each expression that waits for it is answered once. */
final class Troubles {
    private static final Duration SOON = Duration.ofSeconds(70);

    private final LiveStack stack;
    private final Expressions expressions;
    private final RealPen alone;
    private final Map<String, String> shown = new TreeMap<>();

    Troubles(LiveStack stack, Expressions expressions) {
        this.stack = stack;
        this.expressions = expressions;
        this.alone = stack.alone.pen;
    }

    /** What each was that had to wait for it: by the name of the expression, the state that fills it. */
    Map<String, String> shown() {
        return shown;
    }

    private void shown(String state, String... names) {
        for (String name : names) {
            await(name).atMost(SOON).until(() -> expressions.answered(name));
            shown.put(name, state);
        }
    }

    /** One after the other, as far as they would disturb each other; they get worse and worse. */
    void bring() throws IOException, InterruptedException {
        shown("a pen that is slow to answer", "PenControlSlow");
        stack.door.becomeDeaf();
        stack.odd.kill(0);
        alone.penctl("blacklist", "29");
        stack.alone.underLoad(10, 20);
        stack.web.pen.penctl("server", "3", "blacklist", "60");
        stack.shop.backend(0).status(500);
        stack.shop.backend(1).status(500);
        alertsThatComeToNothing();
        shown("a blacklist of a person's", "PenForeignBlacklistLong");
        shown("as many clients as pen can remember", "PenClientCapHit");
        secretsOfPen();
        noRoom();
        shown("more bad backends than may leave", "PenEjectionBudgetExhausted");
        noRest();
        shown("another blacklist time", "PenBlacklistTimeChanged");
        shown("a pen that takes no command", "PenEjectionFailing");
        mostAreBad();
        Files.createFile(stack.killSwitch());
        shown("the kill switch", "PenRemediationDowngraded");
        badConfiguration();
        endOfAll();
    }

    private void badConfiguration() throws IOException {
        String good = Files.readString(stack.agent.configurationFile());
        stack.agent.write(good + "\npen-agent.oops = 1");
        stack.agent.signal("HUP");
        shown("a configuration with a problem", "PenAgentConfigReloadFailed");
        stack.agent.write(good);
    }

    private void alertsThatComeToNothing() throws IOException, InterruptedException {
        HttpRequest message = HttpRequest.newBuilder(URI.create(stack.webhook()))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        HttpClient.newHttpClient().send(message, HttpResponse.BodyHandlers.discarding());
        shown("a message without the word", "PenAgentWebhookFailing", "PenAgentWebhookFailing #1");
        stack.alertmanager.post(LiveStack.alert("Unheard", stack.web.address(0)));
        shown("an alert that the configuration does not name", "PenAgentWebhookFailing #2");
    }

    /** A stranger takes a slot, so that pen's counts of it begin at 0. */
    private void secretsOfPen() throws IOException {
        try (HttpBackend stranger = HttpBackend.start()) {
            alone.penctl("server", "1", "blacklist", "300", "port", Integer.toString(stranger.port()));
            upload(8);
            shown("a backend that a person keeps out", "PenNoServerTraffic");
            stranger.hang();
            alone.penctl("server", "1", "blacklist", "0");
            upload(4);
            shown("a silent backend that nobody takes out", "PenBackendBlackhole");
            alone.penctl(
                    "server",
                    "1",
                    "port",
                    Integer.toString(stack.alone.backend(1).port()));
        }
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
        alone.penctl("server", "0", "max", "12", "hard", "12");
        alone.penctl("server", "1", "max", "12", "hard", "12");
        List<HttpTraffic.Connection> held = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            held.add(HttpTraffic.to(alone.listenPort()).open("127.0.0.1"));
        }
        shown(
                "no room for clients",
                "PenServerNearHardLimit",
                "PenConnectionsNearLimit",
                "PenConnectionsNearLimit #1",
                "PenConnectionsNearLimit #2");
        for (HttpTraffic.Connection each : held) {
            each.close();
        }
    }

    private void noRest() {
        // Otherwise it would hang of what fails here, and be forgotten by the time at which somebody looks.
        alone.penctl("pending_max", "1000000");
        while (!expressions.answered("PenServerFlapping") || !expressions.answered("PenDoubleListener")) {
            double lives = lives();
            stack.alone.kill(0);
            stack.shop.pen.restart();
            awaitCheck("0");
            stack.alone.restart(0);
            awaitCheck("1");
            await("a new life is noticed").atMost(SOON).until(() -> lives() > lives);
        }
        shown("a backend that comes and goes", "PenServerFlapping", "PenServerFlapping #1");
        shown("a pen that starts again and again", "PenDoubleListener");
    }

    private double lives() {
        return stack.agent.metrics().value("pen_process_id_changes_total", "pen", "shop");
    }

    /** Prometheus must have seen it. */
    private void awaitCheck(String value) {
        String query = "pen_server_check_up{pen='alone',server='0'} == " + value;
        await(query).atMost(SOON).until(() -> !stack.prometheus.query(query).isEmpty());
    }

    private void mostAreBad() {
        for (int slot = 0; slot < 3; slot++) {
            stack.web.backend(slot).status(500);
        }
        shown(
                "most backends bad",
                "PenRemediationPanic",
                "pen-pen / Mode / A #1",
                "pen-pen / Failing / A #1",
                "pen-pen / Why it held back / A #1",
                "pen-fleet / Backends failing / A #1",
                "pen-fleet / Backends not in order / B #1",
                "pen-fleet / Pens / A #3",
                "pen-fleet / Pens / A #4",
                "pen-fleet / Pens / D #1",
                "pen-fleet / Why agents held back / A #1",
                "pen-agent / Suppressed by guard / A #1");
    }

    private void endOfAll() {
        // Fewer than it has lost by now.
        alone.penctl("pending_max", "1");
        shown("a pen that has lost its places for connects", "PenDataPlaneHung", "pen-fleet / Pens / A #2");
        stack.alone.kill(0);
        stack.alone.kill(1);
        shown("no good backend", "PenNoHealthyServer", "PenNoHealthyServer #1");
        alone.penctl("server", "0", "address", "0.0.0.0", "port", "0");
        alone.penctl("server", "1", "address", "0.0.0.0", "port", "0");
        shown("no backend at all", "PenNoHealthyServer #2");
        alone.kill();
        shown("a dead pen", "PenDown", "PenPollsFailing", "pen-fleet / Pens / A #1");
        stack.agent.kill();
        shown("a dead agent", "PenAgentDown", "PenAgentDown #1");
        stack.agent.restart();
        shown("an agent that was started anew", "pen-agent / @Agent starts");
    }
}
