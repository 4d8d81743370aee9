package io.github.penagent.cluster.etcd;

import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.parsetools.RecordParser;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A watch that one member keeps: first it says that it has begun, then what changes, until it ends one way or another. */
final class Stream {
    private final Exchange exchange;
    private final Promise<Stream> begun;
    private final List<Answer> early = new ArrayList<>();
    private long revision;
    private boolean ended;
    private int status;
    private @Nullable Fault end;
    private @Nullable Consumer<Answer> changes;
    private @Nullable Consumer<Fault> ends;

    Stream(Exchange exchange, Promise<Stream> begun) {
        this.exchange = exchange;
        this.begun = begun;
    }

    void read(HttpClientResponse response) {
        status = response.statusCode();
        RecordParser lines = RecordParser.newDelimited("\n", this::line).maxRecordSize(Http.MAX_ANSWER);
        lines.exceptionHandler(e -> end(Fault.unanswered("answered more than " + Http.MAX_ANSWER + " bytes")));
        response.handler(lines);
        response.exceptionHandler(e -> end(Fault.of(e)));
        response.endHandler(nothing -> end(Fault.unanswered("ended the answer")));
        response.resume();
    }

    private void line(Buffer line) {
        if (ended) {
            return;
        }
        try {
            message(Answer.read(status, line).object("result"));
        } catch (Fault e) {
            end(e);
        }
    }

    private void message(Answer message) {
        if (message.flag("canceled")) {
            end(canceled(message));
        } else if (message.flag("created")) {
            revision = message.revision();
            begun.tryComplete(this);
        } else if (changes == null) {
            early.add(message);
        } else {
            changes.accept(message);
        }
    }

    /** A token that is not known any more looks like a right that was never there. */
    private static Fault canceled(Answer message) {
        long compacted = message.number("compact_revision");
        if (compacted > 0) {
            return Fault.refused("what changed before revision " + compacted + " is forgotten there (compacted)");
        }
        String reason = message.word("cancel_reason");
        return reason.contains("permission denied") || reason.contains("auth token")
                ? Fault.said(Fault.UNAUTHENTICATED, reason)
                : Fault.refused(reason.isEmpty() ? "ended the watch" : "ended the watch: " + reason);
    }

    private void end(Fault why) {
        if (!ended) {
            ended = true;
            end = why;
            begun.tryFail(why);
            if (ends != null) {
                ends.accept(why);
            }
        }
    }

    /** The store's revision when the watch began. */
    long revision() {
        return revision;
    }

    /** Hands over what comes, from the first line on. */
    void hear(Consumer<Answer> messages, Consumer<Fault> theEnd) {
        changes = messages;
        ends = theEnd;
        early.forEach(messages);
        early.clear();
        if (end != null) {
            theEnd.accept(end);
        }
    }

    /** Nobody hears more of it. */
    void close() {
        ended = true;
        exchange.end();
    }
}
