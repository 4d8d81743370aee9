package io.github.penagent.remediation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the agent may do to pens, and within which bounds.
 *
 * @param mode the most that any pen may do
 * @param pens how far each pen goes; one that is not named observes
 * @param leaseSeconds for how long an ejection holds without being renewed, 6 to 300
 * @param maxOut the share of a pen's backends that may be out at the same time, over 0 and at most 1; at least one of two may
 * @param minHealthy the share of a pen's backends that must be seen healthy for another to leave, over 0 and at most 1
 * @param warmUp from the start, or from a pen's first answer, to the first ejection, 0 s to 1 h
 * @param agents how many agents act on these pens without knowing of each other, 1 to 16
 * @param index which of them this is, from 0
 * @param pendingMax what {@code pending_max} is raised to, so that failed connects cannot hang pen; 0 leaves it alone
 * @param alerts which alerts may speak against backends
 * @param witnesses places whose loss means that this agent is cut off, each {@code host:port}
 * @param killSwitchFile while this file exists, everything is at most observed
 * @param stateFile what has to outlive the process: holds and the kill switch
 */
public record RemediationSettings(
        Mode mode,
        Map<String, Mode> pens,
        int leaseSeconds,
        double maxOut,
        double minHealthy,
        Duration warmUp,
        int agents,
        int index,
        int pendingMax,
        List<AlertRule> alerts,
        List<String> witnesses,
        Optional<Path> killSwitchFile,
        Path stateFile,
        AuditSettings audit) {
    public static final int MIN_LEASE_SECONDS = 6;
    public static final int MAX_LEASE_SECONDS = 300;
    public static final int MAX_AGENTS = 16;
    public static final int MAX_PENDING = 1_000_000_000;
    public static final Duration MAX_WARM_UP = Duration.ofHours(1);

    public RemediationSettings {
        pens = Map.copyOf(pens);
        alerts = List.copyOf(alerts);
        witnesses = List.copyOf(witnesses);
        if (leaseSeconds < MIN_LEASE_SECONDS || leaseSeconds > MAX_LEASE_SECONDS) {
            throw new IllegalArgumentException(
                    "lease must be between " + MIN_LEASE_SECONDS + " s and " + MAX_LEASE_SECONDS + " s");
        }
        if (index < 0 || index >= agents || agents > MAX_AGENTS) {
            throw new IllegalArgumentException("index must be between 0 and agents - 1");
        }
    }

    /** How far this pen may go by configuration. */
    public Mode modeOf(String pen) {
        return mode.and(pens.getOrDefault(pen, Mode.OBSERVE));
    }

    /** Whether any pen may be acted upon, so that audit and state files are needed. */
    public boolean enforcesAny() {
        return mode == Mode.ENFORCE && pens.containsValue(Mode.ENFORCE);
    }
}
