package io.github.penagent.simulation;

import io.github.penagent.fleet.EndsOfPolls;
import io.github.penagent.fleet.Fleet;
import io.github.penagent.fleet.Observation;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Reading;
import io.github.penagent.health.Check;
import io.github.penagent.health.probe.DataPlane;
import io.github.penagent.health.probe.Prober;
import io.github.penagent.penctl.Endpoint;
import io.github.penagent.penctl.ScriptedControl;
import io.github.penagent.poll.Clock;
import io.github.penagent.poll.PollListener;
import io.github.penagent.poll.Poller;
import io.github.penagent.poll.Target;
import io.github.penagent.remediation.AuditLog;
import io.github.penagent.remediation.DecisionLog;
import io.github.penagent.remediation.Event;
import io.github.penagent.remediation.Hand;
import io.github.penagent.remediation.LoadAllowance;
import io.github.penagent.remediation.Means;
import io.github.penagent.remediation.Records;
import io.github.penagent.remediation.Remediation;
import io.github.penagent.remediation.Senses;
import io.github.penagent.remediation.StateFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import reactor.core.publisher.Mono;

/** This agent, wired as in the program, on the threads of a simulated machine and with nothing real around it but two files. */
final class OurAgent {
    private static final String NAME = "web";

    private final World world;
    private final Threads threads;
    private final OurSettings settings;
    private final Fleet fleet;
    private final Poller poller;
    private final Prober prober;
    private final DataPlane dataPlane;
    private final Remediation remediation;
    private final EndsOfPolls ends = new EndsOfPolls();
    private boolean running;

    /**
     * @param number of this agent, 0 for the first, of {@code agents}
     * @param files a directory for its files
     */
    OurAgent(World world, int agents, int number, Path files) {
        this.world = world;
        this.threads = new Threads(world);
        this.settings = new OurSettings(agents, number, files);
        long seed = world.chance(10 + number).nextLong();
        Clock clock = clock();
        fleet = new Fleet(List.of(NAME), this::changed);
        ScriptedControl control = new ScriptedControl(threads, world.time()::nanos, this::reply);
        poller = new Poller(
                List.of(new Target(NAME, new Endpoint.Tcp("10.0.1.1", 8888), Optional.empty())),
                target -> new Poller.Line(control, threads),
                new Poller.Context(
                        fleet, OurSettings.POLL, OurSettings.CLIENTS, clock, new Random(seed), PollListener.NONE));
        SimulatedExaminer examiner = new SimulatedExaminer(world, threads);
        List<Check> checks = List.of(OurSettings.CHECK);
        prober = new Prober(
                checks,
                examiner,
                threads,
                clock::nanos,
                new Random(seed + 1),
                (pen, at, check, r, after) -> remediation().checked(pen, at, check.name(), r));
        dataPlane = new DataPlane(
                checks, Map.of(NAME, Pen.LISTEN), examiner, threads, clock::nanos, prober::troubled, new Forwards());
        AuditLog audit = new AuditLog(settings.remediation().audit(), clock::instant);
        Senses senses = new Senses(clock::nanos, clock::instant, this::incarnation, pen -> 10);
        LoadAllowance allowance = new LoadAllowance(OurSettings.POLL.maxPenLoad(), OurSettings.LEASE_SECONDS);
        Hand hand = new Hand(pen -> Optional.of(control), audit, threads, senses, () -> allowance);
        Means means = new Means(
                clock::nanos,
                clock::instant,
                hand,
                pen -> poller.reread(pen).map(Mono::then).orElseGet(Mono::empty),
                prober::recheck,
                (pen, remedy) -> fleet.accept(new Observation.Remedied(pen, remedy)));
        StateFile stateFile = new StateFile(settings.remediation().stateFile());
        Records records = new Records(new DecisionLog(), audit, stateFile, threads);
        remediation = new Remediation(settings.rules(NAME), means, records, threads);
    }

    private Remediation remediation() {
        return remediation;
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public long nanos() {
                return world.time().nanos();
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochSecond(Pen.EPOCH).plusNanos(nanos());
            }
        };
    }

    void start() {
        threads.schedule(() -> {
            running = true;
            remediation.run().subscribe();
            prober.run().subscribe();
            dataPlane.run().subscribe();
            poller.run().subscribe();
        });
    }

    private String reply(String command) {
        if (world.pen().isDown() || world.watcher().penHidden()) {
            return "!";
        }
        return command.startsWith("server ")
                ? world.change(command)
                : world.pen().execute(command);
    }

    private void changed(PenState pen) {
        if (ends.isOne(pen) && running) {
            remediation.polled(pen);
            dataPlane.polled(pen);
            pen.reading().ifPresent(now -> prober.watch(pen.name(), now.slots().addresses()));
        }
    }

    private long incarnation(String pen) {
        return fleet.state(pen).last().map(Reading::restarts).orElse(0L);
    }

    /** What became known of pen's forwarding. */
    private final class Forwards implements DataPlane.Listener {
        @Override
        public void forwards(String pen, Optional<Boolean> forwards) {
            fleet.accept(new Observation.Forwards(pen, forwards));
            forwards.ifPresent(now -> remediation.tell(nanos -> new Event.Forwards(nanos, pen, now)));
        }

        @Override
        public void asked(String pen) {
            poller.ownConnection(pen);
        }
    }
}
