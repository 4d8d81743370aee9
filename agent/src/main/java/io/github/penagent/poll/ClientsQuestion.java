package io.github.penagent.poll;

import io.github.penagent.fleet.ClientLedger;
import io.github.penagent.fleet.Observation;
import io.github.penagent.fleet.Past;
import io.github.penagent.fleet.PenSettings;
import io.github.penagent.penctl.Answer;
import io.github.penagent.penctl.ClientTable;
import io.github.penagent.penctl.Command;
import io.github.penagent.penctl.Control;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Asks one pen for its clients, on a rhythm of its own and each time only for those with an accept since the last answer;
 * the window is kept here. Where clients have rows of their own, it asks for the bytes of the whole window, too. Not
 * thread-safe.
 */
final class ClientsQuestion {
    /** pen counts in whole seconds of its own clock, from both ends. */
    private static final int OVERLAP_SECONDS = 2;

    /** Where pen does not say how many clients it remembers. */
    private static final int DEFAULT_CAPACITY = 2_048;

    private final String pen;
    private final Control control;
    private final LoadBudget budget;
    private final Clock clock;
    private RecentClientsSettings settings;
    private final ClientLedger ledger;
    private final ClientTable table = new ClientTable();
    private boolean due = true;

    /** Whether there are clients in the pen's state. */
    private boolean shown;

    private long asked;
    private long coveredUntil;

    /** @param past what another agent has counted */
    ClientsQuestion(
            String pen, Control control, LoadBudget budget, Clock clock, RecentClientsSettings settings, Past past) {
        this.pen = pen;
        this.control = control;
        this.budget = budget;
        this.clock = clock;
        this.settings = settings;
        this.ledger = new ClientLedger(settings.window().toNanos(), settings.top());
        ledger.goOn(past);
    }

    /** From now on by other settings; what was counted stays. */
    void change(RecentClientsSettings now) {
        settings = now;
        ledger.show(now.window().toNanos(), now.top());
    }

    void penRestarted() {
        ledger.penRestarted();
    }

    void ownConnection() {
        ledger.ownConnection();
    }

    Mono<Observation> askIfDue(Optional<PenSettings> pens) {
        long now = clock.nanos();
        if (!settings.enabled()) {
            return shown ? Mono.fromSupplier(this::hidden) : Mono.empty();
        }
        if (!due && now - asked < settings.interval().toNanos()) {
            return Mono.empty();
        }
        due = false;
        asked = now;
        OptionalInt limit = pens.map(PenSettings::clientsLimit).orElse(OptionalInt.empty());
        int capacity = Math.max(limit.orElse(DEFAULT_CAPACITY), 1);
        return (ledger.needsBaseline() ? baseline(now) : growth(now)).map(read -> {
            shown = true;
            return new Observation.ClientsRead(pen, Optional.of(ledger.read(now, capacity)));
        });
    }

    private Observation hidden() {
        shown = false;
        return new Observation.ClientsRead(pen, Optional.empty());
    }

    /** All that pen remembers, and which of them connected within the window. */
    private Mono<Boolean> baseline(long now) {
        return recent(Command.MAX_RECENT_SECONDS)
                .doOnNext(all -> enter(now))
                .flatMap(all -> recent(seconds(settings.window())))
                .doOnNext(window -> {
                    Set<String> withinWindow = new HashSet<>();
                    for (int i = 0; i < table.size(); i++) {
                        withinWindow.add(table.identity(i));
                    }
                    ledger.closeBaseline(withinWindow, now);
                    coveredUntil = now;
                });
    }

    private Mono<Boolean> growth(long now) {
        Duration unseen = Duration.ofNanos(now - coveredUntil);
        return recent(seconds(unseen))
                .doOnNext(rows -> {
                    enter(now);
                    coveredUntil = now;
                })
                .flatMap(rows -> settings.top() == 0 ? Mono.just(true) : bytes());
    }

    /** A connection moves bytes long after its accept, so clients that are shown are all asked for. */
    private Mono<Boolean> bytes() {
        return recent(seconds(settings.window()))
                .doOnNext(rows -> {
                    for (int i = 0; i < table.size(); i++) {
                        ledger.moved(table.identity(i), table.connects(i), table.sx(i), table.rx(i));
                    }
                })
                .defaultIfEmpty(true);
    }

    private void enter(long now) {
        for (int i = 0; i < table.size(); i++) {
            ledger.seen(table.identity(i), table.client(i), table.connects(i), table.sx(i), table.rx(i), now);
        }
    }

    /** Empty if there was no usable answer: the next one then covers the longer time. */
    private Mono<Boolean> recent(int seconds) {
        return control.ask(Command.recent(seconds, table)).flatMap(answer -> {
            if (answer instanceof Answer.Failed) {
                return Mono.empty();
            }
            budget.spent(answer.timing(), table.size());
            return Mono.just(true);
        });
    }

    private static int seconds(Duration time) {
        return (int) Math.min(time.toSeconds() + OVERLAP_SECONDS, Command.MAX_RECENT_SECONDS);
    }
}
