package io.github.penagent.remediation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings for tests: the documented defaults but for what is said. */
public final class SettingsFixture {
    private final Path folder;
    private String name = "pen-agent";
    private Mode mode = Mode.OBSERVE;
    private Map<String, Mode> pens = Map.of();
    private int leaseSeconds = 20;
    private double maxOut = 0.34;
    private Duration warmUp = Duration.ofSeconds(20);
    private int agents = 1;
    private int index;
    private int pendingMax = 1_000_000;
    private List<AlertRule> alerts = List.of();

    private SettingsFixture(Path folder) {
        this.folder = folder;
    }

    /** With the files in {@code folder}. */
    public static SettingsFixture in(Path folder) {
        return new SettingsFixture(folder);
    }

    /** With files that begin so, where several agents have the same folder. */
    public SettingsFixture named(String agent) {
        name = agent;
        return this;
    }

    /** This far for these pens, and not at all for others. */
    public SettingsFixture mode(Mode all, String... names) {
        Map<String, Mode> each = new HashMap<>();
        for (String name : names) {
            each.put(name, all);
        }
        mode = all;
        return pens(each);
    }

    public SettingsFixture pens(Map<String, Mode> each) {
        pens = each;
        return this;
    }

    /** The warm-up is as long. */
    public SettingsFixture lease(int seconds) {
        leaseSeconds = seconds;
        return warmUp(Duration.ofSeconds(seconds));
    }

    public SettingsFixture warmUp(Duration duration) {
        warmUp = duration;
        return this;
    }

    public SettingsFixture maxOut(double share) {
        maxOut = share;
        return this;
    }

    public SettingsFixture agents(int count, int number) {
        agents = count;
        index = number;
        return this;
    }

    public SettingsFixture pendingMax(int places) {
        pendingMax = places;
        return this;
    }

    public SettingsFixture alerts(AlertRule... rules) {
        alerts = List.of(rules);
        return this;
    }

    public RemediationSettings settings() {
        return new RemediationSettings(
                mode,
                pens,
                leaseSeconds,
                maxOut,
                0.5,
                warmUp,
                agents,
                index,
                pendingMax,
                alerts,
                List.of(),
                Optional.empty(),
                folder.resolve(name + "-state.json"),
                new AuditSettings(folder.resolve(name + "-audit.jsonl"), 64 * 1024 * 1024, 4));
    }
}
