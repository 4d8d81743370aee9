package io.github.penagent.remediation;

import io.github.penagent.penctl.ScriptedControl;
import io.github.penagent.penctl.StatusPageText;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A pen of text and the hand in front of it, in virtual time. What pen does on a command can be replaced, once each. */
final class TestPen {
    private static final long START = 1_800_000_000;

    final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    final ScriptedControl control = new ScriptedControl(time, this::nanos, this::reply);
    final List<String> addresses = new ArrayList<>(List.of("10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80"));
    final long[] failed = new long[16];
    final Hand hand;
    final AuditLog audit;
    private final Map<String, UnaryOperator<String>> surprises = new HashMap<>();
    int pid = 100;
    long incarnation = 1;
    int blacklist = 30;
    boolean page;
    long clockAhead;
    long zone;
    int rows = 10;
    private long ids;

    TestPen(Path auditFile) {
        audit = new AuditLog(new AuditSettings(auditFile, AuditSettings.MAX_BYTES, 1), this::wall);
        Senses senses = new Senses(this::nanos, this::wall, pen -> incarnation, pen -> rows);
        hand = new Hand(
                pen -> pen.equals("web") ? Optional.of(control) : Optional.empty(),
                audit,
                Schedulers.immediate(),
                senses,
                () -> new LoadAllowance(0.01, 20));
    }

    long nanos() {
        return time.now(TimeUnit.NANOSECONDS);
    }

    Instant wall() {
        return Instant.ofEpochSecond(START).plusNanos(nanos());
    }

    private long penTime() {
        return wall().getEpochSecond() + clockAhead;
    }

    /** The next such command is met by this; it gets what pen would have said if the command begins so. */
    void next(String command, UnaryOperator<String> instead) {
        surprises.put(command, instead);
    }

    private String reply(String command) {
        for (String start : List.copyOf(surprises.keySet())) {
            if (command.startsWith(start)) {
                return surprises.remove(start).apply(command);
            }
        }
        return obey(command);
    }

    String obey(String command) {
        String[] words = command.split(" ", -1);
        return switch (words[0]) {
            case "pid" -> pid + "\n";
            case "blacklist" -> blacklist + "\n";
            case "servers" -> servers();
            case "status" -> page ? page() : "Unable to create webstats\n";
            case "server" -> {
                failed[Integer.parseInt(words[1])] = penTime() + Integer.parseInt(words[3]) - blacklist;
                yield "";
            }
            default -> "";
        };
    }

    private String servers() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < addresses.size(); i++) {
            String[] parts = addresses.get(i).split(":", -1);
            lines.append(i).append(" addr ").append(parts[0]).append(" port ").append(parts[1]);
            lines.append(" conn 0 max 0 hard 0 weight 0 prio 0 sx 1 rx 2\n");
        }
        return lines.toString();
    }

    private String page() {
        List<List<?>> rows = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            String[] parts = addresses.get(i).split(":", -1);
            rows.add(List.of(i, parts[0], failed[i], parts[1], 0, 0, 0, 1, 2, 0, 0));
        }
        return StatusPageText.of(penTime() + zone, rows);
    }

    Permit permit(int server, String address, int seconds) {
        return new Permit(
                ++ids,
                new SlotKey("web", incarnation, server, address),
                seconds,
                nanos() + Duration.ofSeconds(1).toNanos());
    }

    Action.Eject eject(int server) {
        Permit permit = permit(server, addresses.get(server), 20);
        return new Action.Eject(permit, decision(permit, Decision.Kind.EJECT));
    }

    Action.Release release(int server) {
        Permit permit = permit(server, addresses.get(server), 0);
        return new Action.Release(permit, decision(permit, Decision.Kind.LIFT));
    }

    static Decision decision(Permit permit, Decision.Kind kind) {
        return new Decision(
                permit.id(),
                0,
                permit.slot().pen(),
                permit.slot().server(),
                permit.slot().address(),
                kind,
                Mode.ENFORCE,
                Optional.of(Source.CHECK),
                "connect refused 3 times",
                List.of(),
                Optional.empty(),
                permit.seconds());
    }

    Action.RaisePending raise() {
        Permit permit = permit(0, "", 0);
        return new Action.RaisePending(
                permit.id(), "web", incarnation, 1_000_000, decision(permit, Decision.Kind.RAISE_PENDING));
    }

    /** Lets time pass until the call is over. */
    <T> Optional<T> result(Mono<T> call) {
        CompletableFuture<T> future = call.toFuture();
        for (int i = 0; i < 5_000 && !future.isDone(); i++) {
            time.advanceTimeBy(Duration.ofMillis(1));
        }
        if (!future.isDone()) {
            throw new AssertionError("still not over after five seconds");
        }
        return Optional.ofNullable(future.join());
    }

    Event.Done done(Mono<Event.Done> call) {
        return result(call).orElseThrow();
    }

    WriteOutcome eject() {
        return done(hand.carryOut(eject(1))).outcome();
    }

    /** What would have changed pen. */
    List<String> written() {
        return control.asked().stream()
                .filter(line -> line.startsWith("server ") || line.startsWith("pending_max"))
                .toList();
    }

    void restart(int newPid) {
        pid = newPid;
        Arrays.fill(failed, 0);
    }
}
