package io.github.penagent.ctl;

import io.github.penagent.penctl.OneServer;
import io.github.penagent.penctl.Outcome;
import io.github.penagent.penctl.ServerChange;
import io.github.penagent.penctl.ServerRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** penctl's {@code server N name value...}, as the checked calls that do the same. */
final class ServerSteps {
    private static final Set<String> NAMES =
            Set.of("acl", "address", "port", "max", "hard", "blacklist", "weight", "prio");
    private static final String UNUSED = "0.0.0.0";

    private final Conversation pen;
    private final Words words;
    private final String which;
    private final OneServer server;
    private final Map<String, String> pairs;

    ServerSteps(Conversation pen, Words words, String which) throws Misuse {
        this.pen = pen;
        this.words = words;
        this.which = which;
        this.server = ServerWords.which(pen, words, which);
        this.pairs = words.pairs(NAMES);
    }

    /** One call. */
    record Step(String name, Mono<Outcome> call) {}

    /** All that was written, in a good order. Everything is read before the first is sent. */
    List<Step> read() throws NoAnswer, Misuse {
        ServerChange change = change();
        List<Step> steps = new ArrayList<>();
        if (pairs.containsKey("blacklist")) {
            steps.add(new Step("blacklist", blacklist(words.number(pairs.get("blacklist")))));
        }
        if (pairs.keySet().stream().anyMatch(Set.of("acl", "max", "hard", "weight", "prio")::contains)) {
            steps.add(0, new Step("limits", server.set(change)));
        }
        Mono<Outcome> move = move();
        if (move != null) {
            steps.add(0, new Step("address", move));
        }
        return steps;
    }

    private ServerChange change() throws Misuse {
        ServerChange change = ServerChange.none();
        for (Map.Entry<String, String> pair : pairs.entrySet()) {
            change = with(change, pair.getKey(), pair.getValue());
        }
        return change;
    }

    private ServerChange with(ServerChange change, String name, String value) throws Misuse {
        return switch (name) {
            case "acl" -> change.acl(words.number(value));
            case "max" -> change.max(words.number(value));
            case "hard" -> change.hard(words.number(value));
            case "weight" -> change.weight(words.number(value));
            case "prio" -> change.prio(words.number(value));
            default -> change;
        };
    }

    private Mono<Outcome> blacklist(int seconds) {
        return seconds == 0 ? server.whitelist() : server.blacklist(Duration.ofSeconds(seconds));
    }

    private @Nullable Mono<Outcome> move() throws NoAnswer, Misuse {
        String host = pairs.get("address");
        String port = pairs.get("port");
        if (host == null) {
            return port == null ? null : server.port(words.number(port));
        }
        if (host.equals(UNUSED)) {
            return removal(port);
        }
        if (host.startsWith("/")) {
            return server.address(host);
        }
        int number = port == null ? currentPort() : words.number(port);
        return server.address((host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + number);
    }

    private Mono<Outcome> removal(@Nullable String port) throws Misuse {
        boolean alone = pairs.size() == (port == null ? 1 : 2);
        if (!alone || (port != null && words.number(port) != 0)) {
            throw words.misuse("'address " + UNUSED + "' empties the slot, and goes with 'port 0' only");
        }
        return server.remove();
    }

    /** As in pen, an address alone leaves the port as it is. */
    private int currentPort() throws NoAnswer, Misuse {
        List<ServerRow> rows = pen.told("servers", pen.pen().servers().list());
        return rows.stream()
                .filter(row -> row.address().equals(which)
                        || Integer.toString(row.slot()).equals(which))
                .findFirst()
                .orElseThrow(() -> words.misuse(which + " is not among the servers"))
                .port();
    }

    /** One after the other, until one fails. The weakest outcome is that of all. */
    static Outcome run(Conversation pen, List<Step> steps) {
        List<String> said = new ArrayList<>();
        boolean confirmed = true;
        for (Step step : steps) {
            Outcome outcome = pen.outcome(step.call());
            if (steps.size() == 1 || (said.isEmpty() && outcome instanceof Outcome.Refused)) {
                return outcome;
            }
            if (!Outcomes.succeeded(outcome)) {
                return new Outcome.NotConfirmed(
                        step.name() + " failed: " + outcome.message() + "; before: " + String.join("; ", said));
            }
            confirmed &= outcome.confirmed();
            said.add(outcome.message());
        }
        return confirmed ? new Outcome.Confirmed(String.join("; ", said)) : new Outcome.NotConfirmed(hiddenFirst(said));
    }

    /** The message that says what pen does not show comes first: all others were confirmed. */
    private static String hiddenFirst(List<String> said) {
        return said.stream()
                .sorted(Comparator.comparing(message -> !message.startsWith("sent ")))
                .collect(Collectors.joining("; "));
    }
}
