package io.github.penagent.poll;

import io.github.penagent.fleet.Fleet;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.SkipReason;
import io.github.penagent.penctl.Endpoint;
import io.github.penagent.penctl.ScriptedControl;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

/** One pen under watch in virtual time. */
final class Watched {
    static final PollSettings EVERY_SECOND = new PollSettings(Duration.ofSeconds(1), Duration.ofSeconds(2), 0.01);
    static final RecentClientsSettings NO_CLIENTS =
            new RecentClientsSettings(false, Duration.ofMinutes(5), Duration.ofSeconds(30), 0);
    static final RecentClientsSettings CLIENTS =
            new RecentClientsSettings(true, Duration.ofMinutes(5), Duration.ofSeconds(30), 10);

    final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    final ScriptedControl control = new ScriptedControl(time, this::nanos, this::reply);
    final Fleet fleet = new Fleet(List.of("web"), state -> {});
    final PenWatch watch;

    String servers = servers(2, 100);
    int processId = 7;
    String recent = "";
    private final Disposable running;

    Watched(PollSettings poll, RecentClientsSettings clients) {
        Clock clock = new Clock() {
            @Override
            public long nanos() {
                return Watched.this.nanos();
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS));
            }
        };
        Random random = new Random(1);
        Target target = new Target("web", new Endpoint.Tcp("127.0.0.1", 8888), Optional.empty());
        Poller.Context context = new Poller.Context(fleet, poll, clients, clock, random, PollListener.NONE);
        watch = new PenWatch(target, control, time, new Rhythm(poll.interval().toNanos(), random, 0), context);
        running = watch.run().subscribe();
    }

    void change(String control, PollSettings poll, RecentClientsSettings clients) {
        watch.change(new Target("web", Endpoint.parse(control), Optional.empty()), poll, clients);
        pass(Duration.ZERO);
    }

    /** Lines whose counts are {@code sent} and twice that. */
    static String servers(int count, long sent) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append(i)
                    .append(" addr 10.0.0.1 port ")
                    .append(8000 + i)
                    .append(" conn 0 max 0 hard 0 weight 0 prio 0 sx ")
                    .append(sent)
                    .append(" rx ")
                    .append(2 * sent)
                    .append('\n');
        }
        return lines.toString();
    }

    void pass(Duration duration) {
        time.advanceTimeBy(duration);
    }

    /** Lets time pass until one more poll has ended. */
    void nextPoll() {
        long before = state().tally().polls();
        for (int i = 0; i < 10_000 && state().tally().polls() == before; i++) {
            pass(Duration.ofMillis(1));
        }
    }

    PenState state() {
        return fleet.state("web");
    }

    long skips(SkipReason reason) {
        return state().tally().skips().getOrDefault(reason, 0L);
    }

    void stop() {
        running.dispose();
    }

    private long nanos() {
        return time.now(TimeUnit.NANOSECONDS);
    }

    private String reply(String command) {
        return switch (command.split(" ", 2)[0]) {
            case "servers" -> servers;
            case "recent" -> recent;
            case "pid" -> processId + "\n";
            case "mode" -> "no hash roundrobin no stubborn no weight no prio\n";
            case "listen" -> "127.0.0.1:80\n";
            case "control" -> "127.0.0.1:8888\n";
            case "conn_max" -> "500\n";
            case "clients_max" -> "2048\n";
            case "blacklist" -> "30\n";
            default -> "";
        };
    }
}
