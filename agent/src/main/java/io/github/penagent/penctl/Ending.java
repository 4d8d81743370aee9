package io.github.penagent.penctl;

import java.time.Duration;
import reactor.core.publisher.Mono;

/** The two commands that end something, sent once. */
final class Ending {
    private static final int LOOKS = 20;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Desk desk;

    Ending(Desk desk) {
        this.desk = desk;
    }

    Mono<Outcome> exit() {
        Order order = Order.of("exit").once().with(Danger.STOPS_PEN);
        String objection = desk.objection(order);
        if (!objection.isEmpty()) {
            return Change.refused(objection);
        }
        return desk.ask(Command.pid())
                .flatMap(answer -> Change.either(
                        answer,
                        pid -> exit(order, pid),
                        failure -> Change.refused(Change.UNKNOWN + failure.message())));
    }

    private Mono<Outcome> exit(Order order, int pid) {
        return Change.of(desk, () -> order)
                .provedBy(sent ->
                        sent instanceof Answer.Ok<String> ok && !ok.value().isEmpty()
                                ? Change.refused("pen said: " + ok.value().strip())
                                : gone(pid, LOOKS));
    }

    /** pen ends after its round, so it may still be there at the first look. */
    private Mono<Outcome> gone(int pid, int looks) {
        return desk.askOnce(Command.pid()).flatMap(now -> {
            if (now instanceof Answer.Ok<Integer> ok && ok.value() != pid) {
                return confirmed("pen " + pid + " ended; " + ok.value() + " answers instead");
            }
            if (now instanceof Answer.Failed<Integer> failed && failed.failure() instanceof Failure.Connect) {
                return confirmed("pen " + pid + " ended");
            }
            return looks > 1
                    ? Mono.delay(BETWEEN_LOOKS).then(Mono.defer(() -> gone(pid, looks - 1)))
                    : Mono.just(Change.notConfirmed(
                            now instanceof Answer.Failed<Integer> failed
                                    ? "sent; " + failed.failure().message()
                                    : "sent, but pen " + pid + " still answers"));
        });
    }

    private static Mono<Outcome> confirmed(String message) {
        return Mono.just(new Outcome.Confirmed(message));
    }

    Mono<Outcome> close(int number) {
        return Change.of(desk, () -> {
                    Since.check("close", PenVersion.V0_27, desk.version());
                    Wording.within("the connection", number, 0, Integer.MAX_VALUE);
                    return Order.of("close " + number).once().with(Danger.CLOSES_CONNECTION);
                })
                .unless(() ->
                        Change.looking(desk.ask(Questions.connection(number)), now -> now.inUse() ? "" : idle(now)))
                .shownBy(Mono.defer(() -> desk.ask(Questions.connection(number))), now -> !now.inUse());
    }

    private static String idle(ConnectionState now) {
        return now.exists()
                ? "connection " + now.number() + " is not in use: pen's counts would go wrong"
                : "pen has no connection " + now.number();
    }
}
