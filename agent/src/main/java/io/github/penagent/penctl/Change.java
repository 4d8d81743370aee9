package io.github.penagent.penctl;

import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * The way of every change: built and checked, its dangers accepted, pen asked whether it may be made at all, sent, and pen
 * asked what became of it. It stops at the first objection; nothing of the change has been sent by then.
 */
final class Change {
    static final String UNKNOWN = "pen could not be asked first: ";
    private static final String IGNORED = "do_cmd: ignoring";

    private final Desk desk;
    private final Supplier<Order> order;
    private final Supplier<Mono<String>> obstacle;

    private Change(Desk desk, Supplier<Order> order, Supplier<Mono<String>> obstacle) {
        this.desk = desk;
        this.order = order;
        this.obstacle = obstacle;
    }

    /** @param order throws {@link IllegalArgumentException} with the reason if there is no such order */
    static Change of(Desk desk, Supplier<Order> order) {
        return new Change(desk, order, () -> Mono.just(""));
    }

    /** @param obstacle the reason not to send, or an empty text; asked only when the order itself is in order */
    Change unless(Supplier<Mono<String>> obstacle) {
        return new Change(desk, order, obstacle);
    }

    /** For {@link #unless}: asks, and objects to the value, or to not knowing it. */
    static <T> Mono<String> looking(Mono<Answer<T>> question, Function<T, String> objection) {
        return question.map(answer -> either(answer, objection, failure -> UNKNOWN + failure.message()));
    }

    static <T, R> R either(Answer<T> answer, Function<T, R> ok, Function<Failure, R> failed) {
        return answer instanceof Answer.Ok<T> value
                ? ok.apply(value.value())
                : failed.apply(((Answer.Failed<T>) answer).failure());
    }

    /** What to make of the reply; pen's lines are in it, none for most orders. */
    interface Proof {
        Mono<Outcome> of(Answer<String> sent);
    }

    Mono<Outcome> provedBy(Proof proof) {
        return Mono.defer(() -> {
            Order checked;
            try {
                checked = order.get();
            } catch (IllegalArgumentException e) {
                return refused(String.valueOf(e.getMessage()));
            }
            String objection = desk.objection(checked);
            if (!objection.isEmpty()) {
                return refused(objection);
            }
            return obstacle.get().flatMap(reason -> reason.isEmpty() ? send(checked, proof) : refused(reason));
        });
    }

    private Mono<Outcome> send(Order checked, Proof proof) {
        return desk.send(checked)
                .flatMap(sent ->
                        sent instanceof Answer.Ok<String> ok && ok.value().startsWith(IGNORED)
                                ? refused("pen said: " + ok.value().strip())
                                : proof.of(sent));
    }

    /** Proved if pen, asked anew, shows what is wanted. */
    <T> Mono<Outcome> shownBy(Mono<Answer<T>> question, Predicate<T> wanted) {
        return provedBy(sent -> question.map(answer -> either(
                answer,
                value -> wanted.test(value)
                        ? new Outcome.Confirmed("pen shows " + shown(value))
                        : notConfirmed("pen shows " + shown(value)),
                failure -> notConfirmed("pen could not be asked afterwards: " + failure.message()))));
    }

    private static String shown(Object value) {
        return value instanceof Mode mode ? mode.text() : value.toString().isEmpty() ? "nothing" : value.toString();
    }

    /** For what pen shows nowhere: the best that can be said is that it took our commands before and after. */
    Mono<Outcome> unseen() {
        return provedBy(sent -> either(
                sent,
                reply -> reply.isEmpty()
                        ? desk.ask(Command.pid()).map(Change::afterwards)
                        : Mono.just(notConfirmed("pen said: " + reply.strip())),
                failure -> Mono.just(notConfirmed("sent, without an end of the reply: " + failure.message()))));
    }

    private static Outcome afterwards(Answer<Integer> answer) {
        return either(
                answer,
                pid -> notConfirmed("sent; pen " + pid + " answers, and shows this nowhere"),
                failure -> notConfirmed("sent, but pen answers no more: " + failure.message()));
    }

    static Outcome notConfirmed(String message) {
        return new Outcome.NotConfirmed(message);
    }

    static Mono<Outcome> refused(String reason) {
        return Mono.just(new Outcome.Refused(reason));
    }
}
