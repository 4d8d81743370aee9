package io.github.penagent.remediation;

import io.github.penagent.penctl.Answer;
import io.github.penagent.penctl.Command;
import io.github.penagent.penctl.Control;
import io.github.penagent.penctl.StatusPage;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import reactor.core.publisher.Mono;

/**
 * One pen's status page: read only while it is there and cheap enough. Most pens have none, and asking those is not free
 * either, so what was found is remembered for a while, and for one run of pen. For one look at a time.
 */
final class StatusPages {
    private static final long AGAIN_NANOS = Duration.ofMinutes(10).toNanos();

    private final String pen;
    private final Senses senses;
    private int pid = -1;
    private long triedNanos;
    private boolean missing;
    private OptionalLong cost = OptionalLong.empty();
    private long offset;

    StatusPages(String pen, Senses senses) {
        this.pen = pen;
        this.senses = senses;
    }

    /** What the page says; empty where there is none, or where it would take too long. */
    Mono<PageReading> read(Control control, int nowPid, LoadAllowance allowance) {
        return Mono.defer(() -> {
            forgetIfOld(nowPid);
            long expected = cost.orElseGet(() -> LoadAllowance.estimate(senses.rows(pen)));
            if (missing || !allowance.allows(expected)) {
                return Mono.empty();
            }
            return value(control.ask(Command.blacklist()))
                    .flatMap(time -> control.ask(Command.status()).flatMap(answer -> Mono.justOrEmpty(noted(answer))
                            .map(page -> new PageReading(page, time, senses.wall()))));
        });
    }

    private void forgetIfOld(int nowPid) {
        long now = senses.nanos();
        if (nowPid != pid) {
            pid = nowPid;
            offset = 0;
            missing = false;
            cost = OptionalLong.empty();
        } else if ((missing || cost.isPresent()) && now - triedNanos > AGAIN_NANOS) {
            missing = false;
            cost = OptionalLong.empty();
        }
    }

    private Optional<StatusPage> noted(Answer<StatusPage> answer) {
        triedNanos = senses.nanos();
        cost = OptionalLong.of(LoadAllowance.measured(answer.timing().replyNanos()));
        missing = answer instanceof Answer.Failed<StatusPage>;
        return answer instanceof Answer.Ok<StatusPage> ok ? Optional.of(ok.value()) : Optional.empty();
    }

    private static <T> Mono<T> value(Mono<Answer<T>> question) {
        return question.flatMap(answer -> answer instanceof Answer.Ok<T> ok ? Mono.just(ok.value()) : Mono.empty());
    }

    /** How far this pen's clock is ahead of ours in seconds, as far as is known. */
    long offset() {
        return offset;
    }

    /** It was told by a write of our own, which knows pen's time exactly. */
    void offset(long seconds) {
        offset = seconds;
    }
}
