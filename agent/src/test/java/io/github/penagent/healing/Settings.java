package io.github.penagent.healing;

import io.github.penagent.peers.RunningAgent;
import java.time.Duration;

/** An agent that is quicker than by default, within the rules, so that stories are short. */
final class Settings {
    static final Duration LEASE = Duration.ofSeconds(6);
    static final int RISE = 2;
    static final Duration INTERVAL = Duration.ofMillis(500);

    /** pen counts leases in whole seconds, and whoever looks needs a moment. */
    static final Duration SLACK = Duration.ofSeconds(1);

    private Settings() {}

    static RunningAgent.Builder quick() {
        return RunningAgent.with()
                // A pen that waits for a processor seems to have been kept busy by us; here many wait for one.
                .set("poll { interval = 1s, deadline = 1s, max-pen-load = 10% }")
                .set("checks = [{ name = home, type = http, path = \"/10\", interval = 500ms, fast-interval = 200ms,"
                        + " timeout = 400ms, fall = 3, rise = " + RISE + " }]")
                .set("remediation { lease = " + LEASE.toSeconds() + "s, warm-up = 1s }");
    }

    /** A backend that has recovered serves again within this time. */
    static Duration returnsWithin() {
        return LEASE.plus(INTERVAL.multipliedBy(RISE)).plus(SLACK);
    }
}
