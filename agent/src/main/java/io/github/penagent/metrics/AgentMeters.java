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
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** The agent's own meters and those of its JVM, in Micrometer's registry, as the last part of the page. */
public final class AgentMeters implements PollListener, AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ExpositionFormatWriter text = PrometheusTextFormatWriter.create();
    private final ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final Timer polls;
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
        Info.builder()
                .name("pen_agent_build_info")
                .help("What this agent was built from and runs on.")
                .labelNames("version", "revision", "java_version")
                .register(registry.getPrometheusRegistry())
                .addLabelValues(version, revision, Runtime.version().toString());
        webhook = new WebhookMeters(registry);
        targets = new TargetMeters(registry);
        bindJvm();
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
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        // Instead of Micrometer's own, whose unit is nanoseconds.
        FunctionCounter.builder("process.cpu", ManagementFactory.getOperatingSystemMXBean(), AgentMeters::cpuSeconds)
                .description("CPU time that this process has used.")
                .baseUnit("seconds")
                .register(registry);
        gc.bindTo(registry);
    }

    /** Only what the contract names: {@code pen_agent_*}, {@code jvm_*}, {@code process_*}. */
    private static boolean promised(Meter.Id id) {
        String name = id.getName();
        return name.startsWith("pen.agent.")
                || name.startsWith("jvm.")
                || (name.startsWith("process.") && !name.equals("process.cpu.time"));
    }

    private static double cpuSeconds(OperatingSystemMXBean system) {
        return system instanceof com.sun.management.OperatingSystemMXBean s ? s.getProcessCpuTime() / 1e9 : Double.NaN;
    }

    @Override
    public void polled(String pen, Duration took) {
        polls.record(took);
    }

    /** The lines of the wanted families; in OpenMetrics with the end mark that closes the page. */
    public byte[] render(Format format, Predicate<String> wanted) {
        MetricSnapshots snapshots = registry.getPrometheusRegistry().scrape(wanted);
        ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);
        try {
            (format == Format.OPEN_METRICS ? openMetrics : text)
                    .write(out, snapshots, EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
