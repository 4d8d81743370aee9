package io.github.penagent.remediation;

import io.github.penagent.penctl.Answer;
import io.github.penagent.penctl.Command;
import io.github.penagent.penctl.Control;
import io.github.penagent.penctl.ServerTable;
import io.github.penagent.penctl.StatusPage;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * One errand, once: looks whether pen is as the core believes, sends the command, and looks again. The process id is asked for
 * first and last, so that everything in between was said by one run of pen. Nothing is ever sent a second time: the core
 * decides anew.
 */
final class Carrying {
    private final Errand errand;
    private final Control control;
    private final Memory memory;
    private final Senses senses;
    private final LoadAllowance allowance;
    private volatile String withdrawn = "";
    private volatile boolean sent;
    private volatile long sentNanos;

    Carrying(Errand errand, Control control, Memory memory, Senses senses, LoadAllowance allowance) {
        this.errand = errand;
        this.control = control;
        this.memory = memory;
        this.senses = senses;
        this.allowance = allowance;
    }

    /** Whether the command may have left; from then on failures do not mean that nothing was done. */
    boolean sent() {
        return sent;
    }

    long sentNanos() {
        return sentNanos;
    }

    Mono<Verdict> run() {
        String objection = objection();
        return objection.isEmpty()
                ? control.ask(Command.pid())
                        .flatMap(pid -> pid instanceof Answer.Ok<Integer> ok ? atProcess(ok.value()) : unread(pid))
                : Mono.just(Verdict.nothingSent(objection));
    }

    private Mono<Verdict> atProcess(int pid) {
        if (!memory.sameRun(errand.incarnation(), pid)) {
            return Mono.just(Verdict.nothingSent("pen has started anew, its process is now " + pid));
        }
        if (errand.permit().isEmpty()) {
            return write(pid);
        }
        return control.ask(Command.servers())
                .flatMap(table -> table instanceof Answer.Ok<ServerTable> ok ? atSlot(pid, ok.value()) : unread(table));
    }

    private Mono<Verdict> atSlot(int pid, ServerTable table) {
        String other = errand.otherSlot(table);
        return other.isEmpty() ? write(pid) : Mono.just(Verdict.nothingSent(other));
    }

    private static Mono<Verdict> unread(Answer<?> failed) {
        return Mono.just(Verdict.nothingSent("pen cannot be read: " + Aftermath.failure(failed)));
    }

    private Mono<Verdict> write(int pid) {
        return control.ask(errand.command().onlyIf(this::stillWanted))
                .flatMap(answer -> sent ? lookAfter(pid, answer) : Mono.just(Verdict.nothingSent(notSent(answer))));
    }

    private String notSent(Answer<String> answer) {
        return withdrawn.isEmpty() ? Aftermath.failure(answer) : withdrawn;
    }

    /** The very last look, when the connection is about to open: the command may have waited behind a poll. */
    private boolean stillWanted() {
        withdrawn = objection();
        sentNanos = senses.nanos();
        sent = withdrawn.isEmpty();
        return sent;
    }

    private String objection() {
        if (errand.late(senses.nanos())) {
            return "too late, the permit has expired";
        }
        if (!senses.ours(errand.pen())) {
            return "it cannot be proved any more that this pen is this agent's";
        }
        return senses.incarnation(errand.pen()) == errand.incarnation()
                ? ""
                : "pen has started anew since the decision";
    }

    private Mono<Verdict> lookAfter(int pid, Answer<String> answer) {
        return errand.permit()
                .map(permit -> lookAtSlot(pid, answer, permit))
                .orElseGet(() -> lookAtProcess(pid, answer, Optional.empty(), Optional.empty()));
    }

    private Mono<Verdict> lookAtSlot(int pid, Answer<String> answer, Permit permit) {
        return control.ask(Command.servers()).flatMap(table -> {
            boolean same = table instanceof Answer.Ok<ServerTable> ok
                    && errand.otherSlot(ok.value()).isEmpty();
            Mono<PageReading> page = same ? memory.pages().read(control, pid, allowance) : Mono.empty();
            return page.map(reading -> shown(reading, permit))
                    .defaultIfEmpty(Optional.empty())
                    .flatMap(shown -> lookAtProcess(pid, answer, Optional.of(table), shown));
        });
    }

    private Mono<Verdict> lookAtProcess(
            int pid, Answer<String> answer, Optional<Answer<ServerTable>> table, Optional<Aftermath.Shown> shown) {
        return control.ask(Command.pid()).map(after -> new Aftermath(pid, answer, table, shown, after).verdict(errand));
    }

    /** Nothing if the page is about another backend: the table will tell. */
    private Optional<Aftermath.Shown> shown(PageReading reading, Permit permit) {
        int slot = permit.slot().server();
        return reading.page().servers().stream()
                .filter(server -> server.slot() == slot)
                .filter(server -> server.hostPort().equals(permit.slot().address()))
                .findFirst()
                .map(server -> shown(reading, server, permit.seconds()));
    }

    private Aftermath.Shown shown(PageReading reading, StatusPage.Server server, int seconds) {
        StatusPages pages = memory.pages();
        long byOurs = reading.penTimeByOurs(pages.offset());
        long byWrite = reading.penTimeByWrite(server, seconds, pages.offset());
        boolean fits = reading.fits(server, seconds, byOurs);
        long now = fits || !reading.fits(server, seconds, byWrite) ? byOurs : byWrite;
        if (reading.fits(server, seconds, now)) {
            pages.offset(reading.offset(now));
        }
        long left = reading.secondsLeft(server, now);
        return new Aftermath.Shown(
                reading.fits(server, seconds, now),
                "the status page shows " + (left > 0 ? left + " s left" : "no blacklist"));
    }
}
