package io.github.penagent.ctl;

import io.github.penagent.ctl.Snapshot.Row;
import io.github.penagent.penctl.Answer;
import io.github.penagent.penctl.ClientTable;
import io.github.penagent.penctl.Command;
import io.github.penagent.penctl.ServerTable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks one pen again and again: its process id and servers each time; mode, listen address and recent clients of a new
 * process and every few seconds.
 */
final class Polls {
    /** How far back clients count as recent. */
    static final int RECENT_SECONDS = 60;

    /** A full client table costs pen as much as a thousand servers. */
    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Conversation pen;
    private final ServerTable servers = new ServerTable();
    private final ClientTable clients = new ClientTable();
    private @Nullable Snapshot last;
    private @Nullable About about;

    /** What changes rarely, or costs more. */
    private record About(int pid, long nanos, String mode, String listen, int recent) {}

    Polls(Conversation pen) {
        this.pen = pen;
    }

    /** The next snapshot; after a failure the one before it still counts. */
    Snapshot next() throws NoAnswer {
        int pid = pen.ask(Command.pid());
        Answer<ServerTable> answer = pen.answer(Command.servers(servers));
        if (answer instanceof Answer.Failed<ServerTable> failed) {
            throw new NoAnswer(pen.endpoint() + ": servers", failed.failure());
        }
        long now = answer.timing().endNanos();
        About known = about(pid, now);
        Snapshot next = new Snapshot(
                known.mode(),
                pid,
                known.listen(),
                known.recent(),
                now,
                answer.timing().totalNanos(),
                rows(pid, now));
        last = next;
        return next;
    }

    private List<Row> rows(int pid, long now) {
        Snapshot before = last;
        List<Backend> backends = Backend.all(servers);
        return before == null || before.pid() != pid
                ? Snapshot.rows(backends, List.of(), 0)
                : Snapshot.rows(backends, before.rows(), (now - before.nanos()) / 1e9);
    }

    private About about(int pid, long now) throws NoAnswer {
        About known = about;
        if (known == null || known.pid() != pid || now - known.nanos() >= SLOW_NANOS) {
            known = new About(pid, now, pen.ask(Command.mode()).text(), pen.ask(Command.listen()), recent());
            about = known;
        }
        return known;
    }

    private int recent() throws NoAnswer {
        return pen.ask(Command.recent(RECENT_SECONDS, clients)).size();
    }
}
