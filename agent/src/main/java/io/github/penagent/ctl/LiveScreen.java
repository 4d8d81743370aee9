package io.github.penagent.ctl;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/**
 * A terminal taken over whole, with keys one by one. It is given back as it was by {@link #close()}, which also runs if the
 * JVM is told to end.
 */
final class LiveScreen implements AutoCloseable {
    /** No key came in time. */
    static final int NONE = -2;

    private static final int ESCAPE = 27;
    private static final int MIN_COLUMNS = 20;
    private static final int MIN_LINES = 5;

    /** The rest of an arrow key's sequence follows at once, or never. */
    private static final long SEQUENCE_MILLIS = 50;

    private final Terminal terminal;
    private final Attributes before;
    private final Display display;
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final AtomicBoolean resized = new AtomicBoolean(true);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread atEnd = new Thread(this::restore);

    LiveScreen(Terminal terminal) {
        this.terminal = terminal;
        terminal.handle(Signal.INT, signal -> interrupted.set(true));
        terminal.handle(Signal.WINCH, signal -> resized.set(true));
        before = terminal.enterRawMode();
        Runtime.getRuntime().addShutdownHook(atEnd);
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        display = new Display(terminal, true);
    }

    /** Whether somebody pressed Ctrl-C. */
    boolean interrupted() {
        return interrupted.get();
    }

    /** Whether the size changed since the last drawing. */
    boolean resized() {
        return resized.get();
    }

    /** How many lines there are room for. */
    int height() {
        return size().getRows();
    }

    /** Draws what changed; what is too wide is cut. */
    void show(List<String> lines) {
        Size size = size();
        if (resized.getAndSet(false)) {
            display.clear();
            display.resize(size.getRows(), size.getColumns());
        }
        // A list that can be changed: the display takes lines away that it need not draw.
        List<AttributedString> cut = new ArrayList<>();
        lines.forEach(line -> cut.add(AttributedString.fromAnsi(line).columnSubSequence(0, size.getColumns())));
        display.update(cut, 0);
    }

    /** The next key; up and down are {@code k} and {@code j}; {@link #NONE} if none comes in time, {@code q} at the end. */
    int key(Duration patience) throws IOException {
        int key = terminal.reader().read(Math.max(1, patience.toMillis()));
        if (key == ESCAPE) {
            return arrow();
        }
        return key == -1 ? 'q' : key;
    }

    private int arrow() throws IOException {
        int bracket = terminal.reader().read(SEQUENCE_MILLIS);
        int letter = bracket == '[' || bracket == 'O' ? terminal.reader().read(SEQUENCE_MILLIS) : NONE;
        return switch (letter) {
            case 'A' -> 'k';
            case 'B' -> 'j';
            default -> NONE;
        };
    }

    /** What a terminal says that does not know its size is no size. */
    private Size size() {
        Size size = terminal.getSize();
        return new Size(
                size.getColumns() < MIN_COLUMNS ? 80 : size.getColumns(),
                size.getRows() < MIN_LINES ? 24 : size.getRows());
    }

    private void restore() {
        if (closed.compareAndSet(false, true)) {
            terminal.puts(Capability.cursor_visible);
            terminal.puts(Capability.exit_ca_mode);
            terminal.flush();
            terminal.setAttributes(before);
        }
    }

    @Override
    public void close() {
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(atEnd);
        } catch (IllegalStateException e) {
            // The JVM ends already, and the hook has run or will.
        }
    }
}
