package io.github.penagent.config;

import static io.github.penagent.config.Rules.bytes;
import static io.github.penagent.config.Rules.count;
import static io.github.penagent.config.Rules.duration;
import static io.github.penagent.config.Rules.flag;
import static io.github.penagent.config.Rules.hostPort;
import static io.github.penagent.config.Rules.oneOf;
import static io.github.penagent.config.Rules.path;
import static io.github.penagent.config.Rules.seconds;
import static io.github.penagent.config.Rules.share;

import io.github.penagent.poll.PollSettings;
import io.github.penagent.remediation.AlertRule;
import io.github.penagent.remediation.AuditSettings;
import io.github.penagent.remediation.Mode;
import io.github.penagent.remediation.RemediationSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the agent may do to pens: each key by itself, and the rules that go across them. */
final class RemediationReader {
    private static final Map<String, Mode> MODES = Arrays.stream(Mode.values())
            .collect(Collectors.toMap(Mode::label, Function.identity(), (a, b) -> b, LinkedHashMap::new));
    private static final Rule<String> ALERT_NAME = Rules.text(
            Pattern.compile("[\\x21-\\x7e](?:[\\x20-\\x7e]{0,198}[\\x21-\\x7e])?"),
            "must be the name of an alert: 1 to 200 printable ASCII characters");
    private static final Duration TTL = Duration.ofMinutes(10);
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final PenNames pens;
    private final PollSettings poll;
    private final Path folder;

    /**
     * @param pens the names of the configured pens
     * @param folder of the configuration file, where relative paths begin
     */
    RemediationReader(PenNames pens, PollSettings poll, Path folder) {
        this.pens = pens;
        this.poll = poll;
        this.folder = folder;
    }

    RemediationSettings read(Section section) {
        Mode mode = section.value("mode", oneOf(MODES));
        Map<String, Mode> modes = section.section("pens", this::modes);
        boolean enforcing = mode == Mode.ENFORCE && modes.containsValue(Mode.ENFORCE);
        int agents = section.value("agents", count(1, RemediationSettings.MAX_AGENTS));
        return new RemediationSettings(
                mode,
                modes,
                lease(section, enforcing),
                section.value("max-out", share(1)),
                section.value("min-healthy", share(1)),
                section.value("warm-up", duration(Duration.ZERO, RemediationSettings.MAX_WARM_UP)),
                agents,
                index(section, agents),
                section.value("pending-max", count(0, RemediationSettings.MAX_PENDING)),
                alerts(section),
                section.values("witnesses", hostPort(1)).stream()
                        .map(HostPort::toString)
                        .toList(),
                section.optional("kill-switch-file", path(folder)),
                file(section, "state-file", enforcing),
                section.section("audit", audit -> audit(audit, enforcing)));
    }

    /** The agent has to have polled, failed and polled again before a lease ends; only where it gives any. */
    private int lease(Section section, boolean enforcing) {
        int lease = section.value(
                "lease", seconds(RemediationSettings.MIN_LEASE_SECONDS, RemediationSettings.MAX_LEASE_SECONDS));
        Duration least = poll.interval().plus(poll.deadline()).multipliedBy(2).plus(MARGIN);
        if (enforcing && Duration.ofSeconds(lease).compareTo(least) < 0) {
            section.refuse(
                    "lease",
                    lease + " s is too short where a pen enforces: must be at least " + Durations.shown(least)
                            + ", twice poll.interval (" + Durations.shown(poll.interval()) + ") and poll.deadline ("
                            + Durations.shown(poll.deadline()) + ") together and " + Durations.shown(MARGIN));
        }
        return lease;
    }

    private Path file(Section section, String key, boolean enforcing) {
        Path file = section.value(key, path(folder));
        if (enforcing) {
            WritableFile.problem(file).ifPresent(rule -> section.refuse(key, rule));
        }
        return file;
    }

    private Map<String, Mode> modes(Section section) {
        Map<String, Mode> modes = new TreeMap<>();
        for (String pen : section.written()) {
            Optional<Mode> mode = section.required(pen, oneOf(MODES));
            if (pens.mayBe(pen)) {
                mode.ifPresent(m -> modes.put(pen, m));
            } else {
                section.refuse(pen, "no pen has this name" + pens.guess(pen));
            }
        }
        return modes;
    }

    private static int index(Section section, int agents) {
        int index = section.value("index", count(0, RemediationSettings.MAX_AGENTS - 1));
        if (index >= agents) {
            section.refuse("index", "must be below agents, which is " + agents);
            return 0;
        }
        return index;
    }

    private static List<AlertRule> alerts(Section section) {
        Set<String> names = new HashSet<>();
        return section.each("alerts", alert -> {
            Optional<String> rule = alert.required("rule", ALERT_NAME);
            Duration ttl = alert.optional("ttl", duration(AlertRule.MIN_TTL, AlertRule.MAX_TTL))
                    .orElse(TTL);
            boolean alone = alert.optional("alone", flag()).orElse(false);
            if (rule.isPresent() && !names.add(rule.get())) {
                alert.refuse("rule", "is in this list twice");
            }
            return rule.map(name -> new AlertRule(name, ttl, alone));
        });
    }

    private AuditSettings audit(Section audit, boolean enforcing) {
        return new AuditSettings(
                file(audit, "file", enforcing),
                audit.value("max-size", bytes(AuditSettings.MIN_BYTES, AuditSettings.MAX_BYTES)),
                audit.value("keep", count(1, AuditSettings.MAX_KEEP)));
    }
}
