package io.github.penagent.penctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.peers.HttpBackend;
import io.github.penagent.peers.HttpTraffic;
import io.github.penagent.peers.RealPen;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Fifty backends come, move and go through the library while clients are served and somebody else edits the same slots. */
class FiftyBackendsIT {
    private static final int BACKENDS = 50;
    private static final int MOST_ROUNDS = 40;
    private static final int ENOUGH_EDITS = 250;
    private static final int MOST_EDITS = 4_000;
    private static final int MOST_REQUESTS = 100_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern SLOT = Pattern.compile("slot (\\d+): (\\S+) .*");

    @AutoClose
    private final Transport transport = Transport.create(1);

    /** One that stays, then those that are added, then those that they move to. */
    private final List<HttpBackend> backends =
            Stream.generate(HttpBackend::start).limit(1 + 2 * BACKENDS).toList();

    @AutoClose
    private final RealPen running = start(backends.get(0));

    private final Recording recording =
            new Recording(transport.client(running.controlEndpoint(), Duration.ofSeconds(5)));
    private final PenServers servers = Pen.over(recording, PenVersion.V0_34).servers();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger edits = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> lost = new ConcurrentLinkedQueue<>();

    private static RealPen start(HttpBackend backend) {
        RealPen.Builder pen = RealPen.with().backend(backend).options("-r");
        for (int i = 0; i < BACKENDS; i++) {
            pen.backend("0.0.0.0:0");
        }
        return pen.start();
    }

    private String address(int backend) {
        return "127.0.0.1:" + backends.get(backend).port();
    }

    @AfterEach
    void closeBackends() {
        backends.forEach(HttpBackend::close);
    }

    @ParameterizedTest
    @EnumSource
    void no_lost_update_is_reported_as_done(Rival kind) throws IOException {
        CompletableFuture<Void> clients = CompletableFuture.runAsync(this::traffic);
        CompletableFuture<Void> rival = CompletableFuture.runAsync(() -> edit(kind));
        List<Outcome> added = new ArrayList<>();
        List<Outcome> moved = new ArrayList<>();
        List<Outcome> removed = new ArrayList<>();
        for (int round = 0; round < MOST_ROUNDS && edits.get() < ENOUGH_EDITS; round++) {
            added.addAll(all(i -> servers.add(address(1 + i))));
            moved.addAll(all(i -> servers.at(address(1 + i)).address(address(1 + BACKENDS + i))));
            removed.addAll(all(i -> servers.remove(address(1 + BACKENDS + i))));
        }
        over.set(true);
        rival.orTimeout(60, TimeUnit.SECONDS).join();
        clients.orTimeout(60, TimeUnit.SECONDS).join();
        System.out.printf("%s: added %s, moved %s, removed %s%n", kind, tally(added), tally(moved), tally(removed));
        int elsewhere =
                backends.stream().skip(1).mapToInt(HttpBackend::requests).sum();
        System.out.printf(
                "%d edits by a rival, %d requests, %d of them to what was added%n",
                edits.get(), served.get(), elsewhere);
        assertThat(edits.get()).isPositive();
        for (List<Outcome> outcomes : List.of(added, moved, removed)) {
            assertThat(outcomes).anyMatch(Outcome::confirmed);
            if (kind == Rival.SETS_WEIGHTS) {
                assertThat(outcomes).noneMatch(Outcome.Refused.class::isInstance);
            }
        }
        assertThat(elsewhere).isPositive();
        assertThat(lost).isEmpty();
        assertThat(running.penctl("servers").lines()).hasSize(BACKENDS + 1);
        assertThat(HttpTraffic.to(running.listenPort()).get("127.0.0.2", 10)).isEqualTo(200);
    }

    private List<Outcome> all(IntFunction<Mono<Outcome>> call) {
        return Objects.requireNonNull(Flux.range(0, BACKENDS)
                .flatMap(i -> call.apply(i).doOnNext(this::check), 8)
                .collectList()
                .block(PATIENCE));
    }

    /** What is said to be done must be what pen's list showed last before it was said. */
    private void check(Outcome outcome) {
        Matcher m = SLOT.matcher(outcome.message());
        if (!outcome.confirmed()) {
            return;
        }
        String shown = m.matches() ? recording.row(Integer.parseInt(m.group(1))) : "no slot named";
        String said = m.matches() && m.group(2).equals("unused")
                ? "0.0.0.0 port 0 "
                : outcome.message().replaceFirst("slot \\d+: ([^:]+):(\\d+) .*", "$1 port $2 ");
        if (!shown.contains(said)) {
            lost.add(outcome + ", shown: " + shown);
        }
    }

    private void traffic() {
        HttpTraffic clients = HttpTraffic.to(running.listenPort());
        for (int i = 0; i < MOST_REQUESTS && !over.get(); i++) {
            try {
                if (clients.get("127.0.0." + (2 + i % 50), 100) == 200) {
                    served.incrementAndGet();
                }
            } catch (IOException e) {
                // Its backend was taken out between pen's choice and its connect.
            }
        }
    }

    /** What the second client does to the slots that the library uses, too. */
    private enum Rival {
        SETS_WEIGHTS,
        TAKES_SLOTS
    }

    /** Goes through all slots. New clients never get where nobody listens. */
    private void edit(Rival kind) {
        for (int i = 0; i < MOST_EDITS && !over.get(); i++) {
            String slot = Integer.toString(1 + i * 7 % BACKENDS);
            switch (kind == Rival.SETS_WEIGHTS ? 0 : i % 3) {
                case 0 -> running.penctl("server", slot, "weight", Integer.toString(i));
                case 1 -> running.penctl("server", slot, "address", "127.0.9." + slot, "port", "9", "max", "-1");
                default -> running.penctl("server", slot, "address", "0.0.0.0", "port", "0");
            }
            edits.incrementAndGet();
        }
    }

    private static String tally(List<Outcome> outcomes) {
        return outcomes.stream()
                .collect(Collectors.groupingBy(o -> o.getClass().getSimpleName(), TreeMap::new, Collectors.counting()))
                .toString();
    }

    /** Keeps the last list that pen gave, line by line. */
    private static final class Recording implements Control {
        private final Control control;
        private volatile List<String> rows = List.of();

        Recording(Control control) {
            this.control = control;
        }

        @Override
        public <T> Mono<Answer<T>> ask(Command<T> command) {
            return control.ask(command).doOnNext(answer -> {
                if (answer instanceof Answer.Ok<T> ok && ok.value() instanceof ServerTable table) {
                    rows = ServerRow.of(table).stream()
                            .map(row -> row.host() + " port " + row.port() + " max " + row.max())
                            .toList();
                }
            });
        }

        String row(int slot) {
            return rows.get(slot);
        }
    }
}
