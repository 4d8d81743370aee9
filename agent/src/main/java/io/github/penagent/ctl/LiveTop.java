package io.github.penagent.ctl;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code top} on a terminal: polls, draws, listens to keys, until it is told to stop. */
final class LiveTop {
    /** How soon a new size or Ctrl-C is noticed. */
    private static final long SLICE_MILLIS = 100;

    private final Polls polls;
    private final TopPage page;
    private final LiveScreen screen;
    private final long intervalNanos;
    private TopOrder order = TopOrder.SLOT;
    private boolean paused;
    private boolean over;
    private int skip;
    private String trouble = "";
    private @Nullable Snapshot last;

    LiveTop(Polls polls, TopPage page, LiveScreen screen, Duration interval) {
        this.polls = polls;
        this.page = page;
        this.screen = screen;
        this.intervalNanos = interval.toNanos();
    }

    /** Returns when somebody quits. */
    void run() throws IOException {
        long due = System.nanoTime();
        while (!over && !screen.interrupted()) {
            boolean changed = screen.resized();
            if (!paused && System.nanoTime() - due >= 0) {
                poll();
                due = System.nanoTime() + intervalNanos;
                changed = true;
            }
            int key = changed ? LiveScreen.NONE : screen.key(patience(due));
            if (changed || press(key)) {
                draw();
            }
        }
    }

    private Duration patience(long due) {
        long left = Math.max(1, (due - System.nanoTime()) / 1_000_000);
        return Duration.ofMillis(paused ? SLICE_MILLIS : Math.min(SLICE_MILLIS, left));
    }

    private void poll() {
        try {
            last = polls.next();
            trouble = "";
        } catch (NoAnswer e) {
            trouble = String.valueOf(e.getMessage());
        }
    }

    /** Whether there is something new to draw. */
    private boolean press(int key) {
        switch (key) {
            case LiveScreen.NONE -> {
                return false;
            }
            case 'q', 'Q', 3 -> over = true;
            case 'p', ' ' -> paused = !paused;
            case 'j' ->
                skip = Math.min(
                        skip + 1, last == null ? 0 : Math.max(0, last.rows().size() - 1));
            case 'k' -> skip = Math.max(0, skip - 1);
            default -> order = TopOrder.under(key, order);
        }
        return !over;
    }

    private void draw() {
        Snapshot snapshot = last;
        screen.show(
                snapshot == null
                        ? List.of("waiting for pen: " + trouble)
                        : page.screen(snapshot, order, skip, screen.height(), remark()));
    }

    private String remark() {
        if (!trouble.isEmpty()) {
            return "these are the last numbers: " + trouble;
        }
        return paused ? "paused, p goes on" : "";
    }
}
