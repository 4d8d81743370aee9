package io.github.penagent.metrics;

import io.github.penagent.poll.PollListener;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** The agent's own meters and those of its JVM, in Micrometer's registry, as the last part of the page. */
public final class AgentMeters implements PollListener, AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MeterLines lines;
    private final ProcessCpu cpu = new ProcessCpu();
    private final ThreadStates threads = new ThreadStates();
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final Timer polls;
    private LongSupplier ownershipChanges = () -> 0;
    private final ReloadMeters reloads;
    private final WebhookMeters webhook;
    private final TargetMeters targets;

    /**
     * Binds all meters.
     *
     * @param started when the configuration was loaded
     */
    public AgentMeters(String version, String revision, Instant started) {
        registry.config().meterFilter(MeterFilter.denyUnless(AgentMeters::promised));
        polls = Timer.builder("pen.agent.poll.duration")
                .description("How long polls of all pens took, from connect to the end of the reply.")
                .serviceLevelObjectives(
                        Duration.ofNanos(250_000),
                        Duration.ofNanos(500_000),
                        Duration.ofMillis(1),
                        Duration.ofNanos(2_500_000),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(2500))
                .register(registry);
        reloads = new ReloadMeters(registry, started);
        webhook = new WebhookMeters(registry);
        targets = new TargetMeters(registry);
        bindJvm();
        lines = new MeterLines(registry, List.of(buildInfo(version, revision)));
    }

    private static MeterFamily buildInfo(String version, String revision) {
        String labels = new LineWriter(96)
                .label("java_version", Runtime.version().toString())
                .text(",")
                .label("revision", revision)
                .text(",")
                .label("version", version)
                .toText();
        return new MeterFamily(Family.Type.INFO, "pen_agent_build", "What this agent was built from and runs on.")
                .row(labels, () -> 1);
    }

    /**
     * Tells of the files that say who may enter.
     *
     * @param inOrder whether they were, when they were last looked at
     */
    public void webConfig(BooleanSupplier inOrder) {
        Gauge.builder("pen.agent.web.config.last.reload.successful", () -> inOrder.getAsBoolean() ? 1 : 0)
                .description(
                        "Whether certificates, tokens and users of both listeners are those that their files hold.")
                .register(registry);
    }

    /**
     * Tells of the agents that share the pens.
     *
     * @param members as far as this agent knows
     * @param owned pens that are this agent's
     * @param moves of pens to this agent or away from it
     * @param coordinated whether the others can be reached, and ownership proved
     */
    public void sharing(IntSupplier members, IntSupplier owned, LongSupplier moves, BooleanSupplier coordinated) {
        Gauge.builder("pen.agent.members", members::getAsInt)
                .description("Agents that share the pens, this one included, as far as this one knows.")
                .register(registry);
        Gauge.builder("pen.agent.owned.pens", owned::getAsInt)
                .description("Pens that are this agent's to poll and act on.")
                .register(registry);
        // Micrometer does not hold on to what it counts.
        ownershipChanges = moves;
        FunctionCounter.builder("pen.agent.ownership.changes", this, all -> all.ownershipChanges.getAsLong())
                .description("Pens that became this agent's, or ceased to be.")
                .register(registry);
        Gauge.builder("pen.agent.coordination.up", () -> coordinated.getAsBoolean() ? 1 : 0)
                .description(
                        "Whether etcd answers and ownership of pens can be proved; without, pens are polled on and none is acted on.")
                .register(registry);
    }

    /** The meters of the alerts that are sent to us. */
    public WebhookMeters webhook() {
        return webhook;
    }

    /** The meters of the configuration in force. */
    public ReloadMeters reloads() {
        return reloads;
    }

    /** The meters of what names pens. */
    public TargetMeters targets() {
        return targets;
    }

    private void bindJvm() {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        registry.find("jvm.threads.states").gauges().forEach(registry::remove);
        for (Thread.State state : Thread.State.values()) {
            Gauge.builder("jvm.threads.states", threads, all -> all.count(state))
                    .description("The current number of threads")
                    .baseUnit("threads")
                    .tag("state", state.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .register(registry);
        }
        Gauge.builder("process.files.open", OpenFiles::count)
                .description("The open file descriptor count")
                .baseUnit("files")
                .register(registry);
        Gauge.builder("process.files.max", OpenFiles::limit)
                .description("The maximum file descriptor count")
                .baseUnit("files")
                .register(registry);
        new UptimeMetrics().bindTo(registry);
        // Instead of Micrometer's own, whose unit is nanoseconds.
        FunctionCounter.builder("process.cpu", cpu, used -> ProcessCpu.seconds())
                .description("CPU time that this process has used.")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("process.cpu.usage", cpu, ProcessCpu::usage)
                .description("Share of all processors that this process has used lately.")
                .register(registry);
        gc.bindTo(registry);
    }

    /** Only what the contract names: {@code pen_agent_*}, {@code jvm_*}, {@code process_*}. */
    private static boolean promised(Meter.Id id) {
        String name = id.getName();
        return MeterLines.KNOWN.contains(id.getType()) && promised(name);
    }

    private static boolean promised(String name) {
        return name.startsWith("pen.agent.")
                || name.startsWith("jvm.")
                || (name.startsWith("process.") && !name.equals("process.cpu.time"));
    }

    @Override
    public void polled(String pen, Duration took) {
        polls.record(took);
    }

    /** Writes the lines of the wanted families; in OpenMetrics with the end mark that closes the page. */
    void write(Format format, Predicate<String> wanted, LineWriter out) {
        lines.write(format, wanted, out);
        if (format == Format.OPEN_METRICS) {
            out.raw(Exposition.END);
        }
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
