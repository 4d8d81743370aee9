package io.github.penagent.ctl;

import java.io.IOException;
import java.time.Duration;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Option;

/** A pen's backends as they change. */
@picocli.CommandLine.Command(
        header = "A live view of the backends: connections, rates, state.",
        description = {
            "On a terminal it stays until q or Ctrl-C. Keys: p or space pauses; n, a, c, s, r sort by slot, address, "
                    + "connections, bytes sent and received per second; j, k and the arrows scroll.",
            "Elsewhere, with --count and with --json it prints snapshots, one line of JSON each with --json.",
            "LOAD is connections against the soft limit, or the hard one where there is no soft one. Unused slots are hidden; "
                    + "what pen has blacklisted does not show."
        })
final class TopCommand extends CtlCommand {
    private static final Duration MIN_INTERVAL = Duration.ofMillis(200);
    private static final Duration MAX_INTERVAL = Duration.ofHours(1);

    @Option(
            names = {"-i", "--interval"},
            paramLabel = "TIME",
            converter = Converters.OfDuration.class,
            description = "Time between polls, 200ms to 60m; 1s by default.")
    private Duration interval = Duration.ofSeconds(1);

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "Prints N snapshots and ends; 1 where there is no terminal. Rates need two.")
    private int count;

    @Override
    Report run(Conversation pen) throws NoAnswer, Misuse {
        if (interval.compareTo(MIN_INTERVAL) < 0 || interval.compareTo(MAX_INTERVAL) > 0) {
            throw new Misuse("Invalid value for option '--interval': must be between 200ms and 60m");
        }
        if (count < 0) {
            throw new Misuse("Invalid value for option '--count': must not be negative");
        }
        Polls polls = new Polls(pen);
        TopPage page = new TopPage(pen.endpoint().toString(), pen.style());
        boolean live = count == 0 && !pen.json() && Style.standardOutputIsTerminal();
        if (live && live(polls, page)) {
            return Report.of("", Json.NULL);
        }
        return snapshots(pen, polls, page);
    }

    /** All but the last are printed as they come. */
    private Report snapshots(Conversation pen, Polls polls, TopPage page) throws NoAnswer {
        for (int i = 1; i < count; i++) {
            Report report = report(polls, page);
            pen.out().print(pen.json() ? Json.text(report.json()) + "\n" : report.text() + "\n");
            pen.out().flush();
            pause();
        }
        return report(polls, page);
    }

    private static Report report(Polls polls, TopPage page) throws NoAnswer {
        Snapshot snapshot = polls.next();
        return Report.of(String.join("\n", page.lines(snapshot, TopOrder.SLOT)) + "\n", snapshot.json());
    }

    private void pause() {
        try {
            Thread.sleep(interval.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the terminal could be had. */
    private boolean live(Polls polls, TopPage page) {
        try (Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .provider("exec")
                .dumb(false)
                .build()) {
            if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
                return false;
            }
            try (LiveScreen screen = new LiveScreen(terminal)) {
                new LiveTop(polls, page, screen, interval).run();
            }
            return true;
        } catch (IOException | IllegalStateException e) {
            // No terminal that can be drawn on; a snapshot is still worth having.
            return false;
        }
    }
}
