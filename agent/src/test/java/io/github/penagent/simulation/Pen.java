package io.github.penagent.simulation;

import io.github.penagent.demo.PenModel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A pen in front of backends: the model of pen 0.34.1, with what its kernel does for it, and a clock that may be wrong. */
final class Pen {
    static final String LISTEN = "10.0.1.1:80";
    static final String CONTROL = "10.0.1.1:8888";

    /** When pen's clock said so, the run began. */
    static final long EPOCH = 1_795_247_000L;

    /** Connections that wait to be accepted. */
    private static final int BACKLOG = 500;

    private final World world;
    private final List<String> configuration;
    private final Deque<Request> waiting = new ArrayDeque<>();
    private final Set<Request> open = new LinkedHashSet<>();
    private PenModel model;
    private long pid = 100;
    private boolean down;
    private long clockOffsetSeconds;
    private boolean showsStatus;
    private boolean udp;

    Pen(World world, List<String> configuration) {
        this.world = world;
        this.configuration = configuration;
        this.model = started();
    }

    private PenModel started() {
        PenModel fresh = new PenModel(++pid, CONTROL, LISTEN);
        configuration.forEach(command -> fresh.execute(command, clock()));
        return fresh;
    }

    /** What its clock says. */
    long clock() {
        return EPOCH + world.time().nanos() / 1_000_000_000L + clockOffsetSeconds;
    }

    void stepClock(long seconds) {
        clockOffsetSeconds += seconds;
    }

    /** As with {@code -w}: a status page is there. */
    void showStatus() {
        showsStatus = true;
    }

    /** As with {@code -U}: nothing is seen to come back, and nothing is refused. */
    void udp() {
        udp = true;
    }

    boolean isUdp() {
        return udp;
    }

    boolean isDown() {
        return down;
    }

    PenModel model() {
        return model;
    }

    /** Ends with all its connections, and comes back with everything forgotten. */
    void restart(Duration gone) {
        down = true;
        List<Request> lost = Stream.concat(open.stream(), waiting.stream()).toList();
        open.clear();
        waiting.clear();
        lost.forEach(Request::cut);
        world.time().after(gone, () -> {
            model = started();
            down = false;
        });
    }

    /** One command at the control port. */
    String execute(String command) {
        String reply = command.equals("status") && showsStatus
                ? StatusText.of(model, clock())
                : model.execute(command, clock());
        letIn();
        return reply;
    }

    boolean blacklisted(int slot) {
        return model.blacklisted(slot, clock());
    }

    /** The addresses in its table, by slot. */
    List<String> addresses() {
        return model.execute("servers", clock())
                .lines()
                .map(line -> line.split(" ", -1))
                .map(words -> words[2] + ":" + words[4])
                .toList();
    }

    void connect(Request request) {
        if (down) {
            request.cut();
        } else if (waiting.isEmpty() && model.accepting()) {
            enter(request);
        } else {
            request.giveUpInTime();
            if (waiting.size() < BACKLOG) {
                waiting.add(request);
            }
        }
    }

    private void enter(Request request) {
        open.add(request);
        request.accepted(model.accept(request.client(), request.port(), clock()));
    }

    /** A place may have become free. */
    void letIn() {
        while (!down && !waiting.isEmpty() && model.accepting()) {
            Request next = waiting.remove();
            if (!next.over()) {
                enter(next);
            }
        }
    }

    void left(Request request) {
        open.remove(request);
        letIn();
    }
}
