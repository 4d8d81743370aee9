package io.github.penagent.penctl;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** A control port without a network: replies are text, read by the real readers, after a delay on a given scheduler. */
public final class ScriptedControl implements Control {
    private final Scheduler scheduler;
    private final LongSupplier nanos;
    private final List<String> asked = new ArrayList<>();
    private Function<String, String> replies;
    private Duration delay = Duration.ofMillis(1);
    private Duration reply = Duration.ZERO;
    private int open;
    private int mostOpen;

    public ScriptedControl(Scheduler scheduler, LongSupplier nanos, Function<String, String> replies) {
        this.scheduler = scheduler;
        this.nanos = nanos;
        this.replies = replies;
    }

    /** Answers differently from now on; an empty reply is a refusal, {@code "!"} a reset. */
    public void replies(Function<String, String> next) {
        replies = next;
    }

    /** How long each answer takes from now on, and how much of that between its first byte and its last. */
    public void takes(Duration total, Duration betweenFirstAndLastByte) {
        delay = total;
        reply = betweenFirstAndLastByte;
    }

    /** Every command so far, in order. */
    public List<String> asked() {
        return asked;
    }

    /** How often a command was sent. */
    public long times(String command) {
        return asked.stream().filter(command::equals).count();
    }

    public int mostOpen() {
        return mostOpen;
    }

    @Override
    public <T> Mono<Answer<T>> ask(Command<T> command) {
        return Mono.defer(() -> {
            if (!command.wanted()) {
                long now = nanos.getAsLong();
                return Mono.just(
                        new Answer.Failed<>(new Failure.Connect("not sent"), new Answer.Timing(now, now, now, 0)));
            }
            asked.add(command.toString());
            mostOpen = Math.max(mostOpen, ++open);
            long start = nanos.getAsLong();
            return Mono.delay(delay, scheduler).map(over -> {
                open--;
                return answer(command, start);
            });
        });
    }

    private <T> Answer<T> answer(Command<T> command, long start) {
        byte[] bytes = replies.apply(command.toString()).getBytes(StandardCharsets.ISO_8859_1);
        long end = nanos.getAsLong();
        Answer.Timing timing = new Answer.Timing(start, end - reply.toNanos(), end, bytes.length);
        if (bytes.length == 1) {
            return new Answer.Failed<>(new Failure.Reset(5), timing);
        }
        try {
            return new Answer.Ok<>(command.read(bytes, bytes.length), timing);
        } catch (UnreadableReply e) {
            return new Answer.Failed<>(e.failure(), timing);
        }
    }
}
