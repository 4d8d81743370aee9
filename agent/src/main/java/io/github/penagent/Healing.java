package io.github.penagent;

import io.github.penagent.config.Settings;
import io.github.penagent.fleet.EndsOfPolls;
import io.github.penagent.fleet.Fleet;
import io.github.penagent.fleet.Observation;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Reading;
import io.github.penagent.fleet.Slots;
import io.github.penagent.health.Check;
import io.github.penagent.health.CheckHistory;
import io.github.penagent.health.Result;
import io.github.penagent.health.probe.DataPlane;
import io.github.penagent.health.probe.Examiner;
import io.github.penagent.health.probe.NetExaminer;
import io.github.penagent.health.probe.Prober;
import io.github.penagent.health.probe.Witnesses;
import io.github.penagent.penctl.Control;
import io.github.penagent.poll.Clock;
import io.github.penagent.poll.Poller;
import io.github.penagent.poll.Target;
import io.github.penagent.remediation.AlertOutcome;
import io.github.penagent.remediation.AlertReading;
import io.github.penagent.remediation.AuditLog;
import io.github.penagent.remediation.DecisionLog;
import io.github.penagent.remediation.Event;
import io.github.penagent.remediation.Hand;
import io.github.penagent.remediation.Kept;
import io.github.penagent.remediation.KillSwitchFile;
import io.github.penagent.remediation.LoadAllowance;
import io.github.penagent.remediation.Means;
import io.github.penagent.remediation.Records;
import io.github.penagent.remediation.Remediation;
import io.github.penagent.remediation.RemediationSettings;
import io.github.penagent.remediation.Rules;
import io.github.penagent.remediation.Senses;
import io.github.penagent.remediation.StateFile;
import io.github.penagent.web.Wishes;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The self-healing half of the agent, put together. A decision's way: polls and {@link Prober} give evidence, {@link Remediation}
 * decides, {@link Hand} acts, {@link Records} remember.
 */
final class Healing implements AutoCloseable {
    /** Handshakes and patterns of checks take their time, which must not be that of scrapes. */
    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));

    private final Fleet fleet;
    private final Poller poller;
    private final Scheduler deciding = Schedulers.newSingle("pen-decide", true);
    private final Scheduler checking = Schedulers.newSingle("pen-check", true);
    private final Scheduler files = Schedulers.newSingle("pen-files", true);
    private final CheckBoard board = new CheckBoard();
    private final EndsOfPolls ends = new EndsOfPolls();
    private final Map<String, Slots> listed = new ConcurrentHashMap<>();
    private final DecisionLog decisions = new DecisionLog();
    private final Prober prober;
    private final DataPlane dataPlane;
    private final Examiner examiner;
    private final Remediation remediation;
    private final Sharing sharing;
    private final Clock clock;
    private final Sinks.Many<RemediationSettings> inForce =
            Sinks.many().replay().latest();
    private volatile LoadAllowance allowance;

    /**
     * Nothing happens before {@link #run()} is subscribed to.
     *
     * @param controls the control port of a pen by its name, for one piece of work
     */
    Healing(
            Settings settings,
            Fleet fleet,
            Poller poller,
            Function<String, Optional<Control>> controls,
            Sharing sharing,
            Clock clock)
            throws StartFailure {
        this(settings, fleet, poller, controls, sharing, clock, kept(settings.remediation(), clock));
    }

    /** What may not start is known before anything is opened that would have to be closed again. */
    private Healing(
            Settings settings,
            Fleet fleet,
            Poller poller,
            Function<String, Optional<Control>> controls,
            Sharing sharing,
            Clock clock,
            Kept kept) {
        this.fleet = fleet;
        this.poller = poller;
        this.sharing = sharing;
        this.clock = clock;
        examiner = new NetExaminer(vertx, java.time.Clock.systemUTC(), clock::nanos);
        prober = new Prober(settings.checks(), examiner, checking, clock::nanos, new Random(), this::checked);
        dataPlane = new DataPlane(
                settings.checks(),
                listens(settings.pens()),
                examiner,
                checking,
                clock::nanos,
                prober::troubled,
                new Forwards());
        RemediationSettings wanted = settings.remediation();
        AuditLog audit = new AuditLog(wanted.audit(), clock::instant);
        StateFile stateFile = new StateFile(wanted.stateFile());
        Senses senses = new Senses(clock::nanos, clock::instant, this::incarnation, this::rows, sharing::mayAct);
        allowance = allowance(settings);
        Hand hand = new Hand(controls, audit, files, senses, () -> allowance);
        Means means = new Means(
                clock::nanos,
                clock::instant,
                hand,
                pen -> poller.reread(pen).map(Mono::then).orElseGet(Mono::empty),
                prober::recheck,
                (pen, remedy) -> fleet.accept(new Observation.Remedied(pen, remedy)));
        remediation = new Remediation(
                rules(settings, sharing.elsewhere(settings.pens(), settings.pens())),
                means,
                new Records(decisions, audit, stateFile, files),
                deciding);
        inForce.tryEmitNext(wanted);
        remediation.recall(kept);
    }

    private static Rules rules(Settings settings, Optional<Set<String>> elsewhere) {
        return new Rules(
                settings.pens().stream().map(Target::name).toList(),
                settings.remediation(),
                settings.checks(),
                settings.passive(),
                settings.poll().maxPenLoad(),
                elsewhere.map(pens -> Rules.Moves.with(pens, settings.poll().deadline())));
    }

    private static LoadAllowance allowance(Settings settings) {
        return new LoadAllowance(
                settings.poll().maxPenLoad(), settings.remediation().leaseSeconds());
    }

    /**
     * From now on by these settings, which {@link #mayStart} was asked about; what is known of pens that stay is kept.
     *
     * @param elsewhere pens that are other agents' now; absent where pens do not move
     */
    void use(Settings settings, Optional<Set<String>> elsewhere) {
        allowance = allowance(settings);
        remediation.configure(rules(settings, elsewhere));
        prober.check(settings.checks());
        dataPlane.ask(settings.checks(), listens(settings.pens()));
        inForce.tryEmitNext(settings.remediation());
    }

    /**
     * A pen is not watched any more. Backends of it that are out come back by themselves.
     */
    void gone(String pen) {
        ends.gone(pen);
        dataPlane.gone(pen);
        listed.remove(pen);
        prober.watch(pen, Set.of());
    }

    /** Looks whether what a run has to begin with can be read. */
    static void mayStart(RemediationSettings settings, Clock clock) throws StartFailure {
        kept(settings, clock);
    }

    private static Kept kept(RemediationSettings settings, Clock clock) throws StartFailure {
        StateFile.Loaded loaded = new StateFile(settings.stateFile()).load(clock.instant());
        if (loaded instanceof StateFile.Loaded.Good good) {
            return good.kept();
        }
        String problem = ((StateFile.Loaded.Bad) loaded).problem();
        if (settings.enforcesAny()) {
            throw new StartFailure("pen-agent.remediation.state-file: " + problem);
        }
        return Kept.NOTHING;
    }

    /** Works for as long as it is subscribed to; never completes. */
    Mono<Void> run() {
        return Mono.when(
                remediation.run(),
                prober.run(),
                dataPlane.run(),
                witnesses(),
                killSwitchFile(),
                proofs(),
                board.run(prober, fleet, checking));
    }

    private Mono<Void> witnesses() {
        return inForce.asFlux()
                .map(RemediationSettings::witnesses)
                .distinctUntilChanged()
                .switchMap(addresses -> {
                    // Whatever others have said: these are not known to be out of reach.
                    remediation.tell(now -> new Event.Witnessed(now, true));
                    return new Witnesses(
                                    addresses,
                                    examiner,
                                    checking,
                                    clock::nanos,
                                    (any, nanos) -> remediation.tell(now -> new Event.Witnessed(now, any)))
                            .run();
                })
                .then();
    }

    private Mono<Void> proofs() {
        return sharing.proven()
                .doOnNext(ours -> remediation.tell(now -> new Event.Proven(now, ours)))
                .then();
    }

    private Mono<Void> killSwitchFile() {
        return inForce.asFlux()
                .map(RemediationSettings::killSwitchFile)
                .distinctUntilChanged()
                .switchMap(file -> file.map(path -> new KillSwitchFile(path, files, this::killFile).run())
                        .orElseGet(() ->
                                Mono.<Void>fromRunnable(() -> killFile(false)).then(Mono.never())))
                .then();
    }

    private void killFile(boolean there) {
        remediation.tell(now -> new Event.KillFile(now, there));
    }

    /** A pen's state is another one. */
    void changed(PenState pen) {
        if (ends.isOne(pen)) {
            remediation.polled(pen);
            dataPlane.polled(pen);
            pen.reading().ifPresent(now -> listed(pen.name(), now.slots()));
        }
    }

    /** Thousands of pens list what they listed a second ago. */
    private void listed(String pen, Slots now) {
        Slots before = listed.put(pen, now);
        if (before == null || !now.sameBackends(before)) {
            prober.watch(pen, now.addresses());
        }
    }

    /** What becomes of the alerts of one message; empty if too many wait already. */
    Optional<Mono<List<AlertOutcome>>> alerted(List<AlertReading> message) {
        return remediation.alerted(message);
    }

    /** What people want of backends. */
    Wishes wishes() {
        return new People(fleet, remediation, sharing);
    }

    /** What people want of this pen's backends, to go with it to another agent. */
    List<Kept.Held> holds(String pen) {
        return remediation.holds(pen);
    }

    /** This pen was another agent's, to whom people have said these and no others. */
    void inherit(String pen, List<Kept.Held> holds) {
        remediation.inherit(pen, holds);
    }

    DecisionLog decisions() {
        return decisions;
    }

    private void checked(String pen, String address, Check check, Result result, CheckHistory after) {
        board.checked(pen);
        remediation.checked(pen, address, check.name(), result);
    }

    private long incarnation(String pen) {
        return fleet.find(pen).flatMap(PenState::last).map(Reading::restarts).orElse(0L);
    }

    private int rows(String pen) {
        return fleet.find(pen)
                .flatMap(PenState::last)
                .map(last -> last.slots().size()
                        + last.clients().map(c -> c.recent()).orElse(0))
                .orElse(0);
    }

    private static Map<String, String> listens(List<Target> targets) {
        Map<String, String> listens = new HashMap<>();
        targets.forEach(target -> target.listen().ifPresent(at -> listens.put(target.name(), at.toString())));
        return listens;
    }

    /** What became known of a pen's forwarding. */
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

    @Override
    public void close() {
        deciding.dispose();
        checking.dispose();
        files.dispose();
        vertx.close();
    }
}
