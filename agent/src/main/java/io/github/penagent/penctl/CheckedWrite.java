package io.github.penagent.penctl;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Reads pen, decides, sends one command, and reads again: pen's own replies tell nothing. Alone on its pen from the first
 * read to the last, as far as this program goes; what others do in between shows in the last read.
 *
 * <p>A command is sent again only after another read has shown the same run of pen with the slot as it was: a retry that went
 * to a pen started anew, with fewer slots, would create some.
 */
final class CheckedWrite {
    private static final int TRIES = 5;
    private static final Duration BACKOFF = Duration.ofMillis(100);

    private final Desk desk;

    CheckedWrite(Desk desk) {
        this.desk = desk;
    }

    /** Always completes with one outcome. */
    Mono<Outcome> decide(Function<PenState, Mono<Plan>> decision) {
        return desk.alone(lookBefore()
                .flatMap(answer -> answer instanceof Answer.Ok<PenState> read
                        ? decision.apply(read.value()).flatMap(plan -> act(plan, read.value()))
                        : Mono.just(new Outcome.Refused("nothing was sent: pen cannot be read: " + why(answer)))));
    }

    private Mono<Outcome> act(Plan plan, PenState before) {
        if (plan instanceof Plan.Done done) {
            return Mono.just(done.outcome());
        }
        Plan.Write write = (Plan.Write) plan;
        String objection = desk.objection(write.order());
        return objection.isEmpty() ? send(write, before, 1) : Mono.just(new Outcome.Refused(objection));
    }

    private Mono<Outcome> send(Plan.Write write, PenState before, int attempt) {
        return desk.send(write.order().once())
                .flatMap(sent -> lookAfter().flatMap(after -> verdict(write, before, sent, after)
                        .map(Mono::just)
                        .orElseGet(() -> attempt == TRIES
                                ? Mono.just(withoutEffect(write, sent))
                                : again(write, before, sent, attempt))));
    }

    /** Reads once more first: the pause is long enough for pen to restart, or for a late command to arrive. */
    private Mono<Outcome> again(Plan.Write write, PenState before, Answer<String> sent, int attempt) {
        Duration pause = BACKOFF.multipliedBy(attempt)
                .plusMillis(ThreadLocalRandom.current().nextLong(BACKOFF.toMillis()));
        return Mono.delay(pause).then(lookAfter()).flatMap(now -> verdict(write, before, sent, now)
                .map(Mono::just)
                .orElseGet(() -> send(write, before, attempt + 1)));
    }

    /** Nothing if the same run of pen was read and the command has had no effect, as far as can be seen. */
    private static Optional<Outcome> verdict(
            Plan.Write write, PenState before, Answer<String> sent, Answer<PenState> after) {
        if (!(after instanceof Answer.Ok<PenState> read)) {
            return unsure(write, "pen could not be read afterwards: " + why(after));
        }
        PenState now = read.value();
        if (!now.sameRunAs(before)) {
            return unsure(
                    write,
                    "pen was restarted meanwhile (pid " + before.pid() + ", now " + now.pid() + "), "
                            + write.seen(now));
        }
        if (write.isDone(now)) {
            return write.hidden().isEmpty() ? confirmed(write, now) : hidden(write, sent);
        }
        return write.isUntouched(now)
                ? Optional.empty()
                : unsure(write, "somebody else has changed the slot: " + write.seen(now));
    }

    private static Optional<Outcome> confirmed(Plan.Write write, PenState now) {
        write.whenConfirmed().run();
        String note = write.note().isEmpty() ? "" : "; " + write.note();
        return Optional.of(new Outcome.Confirmed(write.seen(now) + note));
    }

    /** What shows nowhere is worth sending again only if it may not have arrived. */
    private static Optional<Outcome> hidden(Plan.Write write, Answer<String> sent) {
        return sent instanceof Answer.Ok<String> ? unsure(write, write.hidden()) : Optional.empty();
    }

    private static Optional<Outcome> unsure(Plan.Write write, String why) {
        return Optional.of(new Outcome.NotConfirmed("sent '" + write.order().text() + "': " + why));
    }

    private static Outcome withoutEffect(Plan.Write write, Answer<String> sent) {
        String said = sent instanceof Answer.Ok<String> ok ? ok.value().strip() : why(sent);
        return new Outcome.NotConfirmed("sent '" + write.order().text() + "' " + TRIES + " times: "
                + (said.isEmpty() ? "no effect is to be seen" : said));
    }

    /** The pid first: if pen restarts after that, the pid read after the write is another one. */
    private Mono<Answer<PenState>> lookBefore() {
        return desk.ask(Command.pid())
                .flatMap(pid -> pid instanceof Answer.Ok<Integer> ok
                        ? desk.ask(Command.servers()).map(table -> table.map(rows -> state(ok.value(), rows)))
                        : Mono.just(pid.map(number -> new PenState(number, List.of()))));
    }

    /** The pid last: if it is still the one read before the write, so was the table's. */
    private Mono<Answer<PenState>> lookAfter() {
        return desk.ask(Command.servers())
                .flatMap(table -> table instanceof Answer.Ok<ServerTable> ok
                        ? desk.ask(Command.pid()).map(pid -> pid.map(number -> state(number, ok.value())))
                        : Mono.just(table.map(rows -> state(0, rows))));
    }

    private static PenState state(int pid, ServerTable table) {
        return new PenState(pid, ServerRow.of(table));
    }

    /** The reason of a failure; empty for anything else. */
    static String why(Answer<?> answer) {
        return answer instanceof Answer.Failed<?> failed ? failed.failure().message() : "";
    }
}
