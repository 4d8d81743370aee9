package io.github.penagent.ctl;

import static io.github.penagent.ctl.BackendChecks.when;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What pen's mode, times and sizes show. */
final class SettingChecks {
    static final List<Function<Facts, Optional<Finding>>> ALL = List.of(
            SettingChecks::stubborn,
            SettingChecks::blacklist,
            SettingChecks::timeout,
            SettingChecks::tracking,
            SettingChecks::connections,
            SettingChecks::clients,
            SettingChecks::debug);

    private SettingChecks() {}

    private static Optional<Finding> stubborn(Facts facts) {
        return when(
                facts.mode().stubborn() && facts.sticky(),
                () -> Finding.warning(
                        "stubborn-with-tracking",
                        "stubborn is on and clients are tracked (no roundrobin)",
                        "a client whose backend is down, blacklisted or drained is closed instead of served by another",
                        "send 'no stubborn', or 'roundrobin' if clients need no fixed backend"));
    }

    private static Optional<Finding> blacklist(Facts facts) {
        if (facts.blacklist().orElse(1) > 0) {
            return Optional.empty();
        }
        String seen = "blacklist is " + facts.blacklist().orElse(0) + " seconds";
        String remedy = "send 'blacklist 30'; it moves the end of blacklists that run now";
        return Optional.of(
                facts.version().after034()
                        ? Finding.warning(
                                "blacklist-0", seen, "each client tries a failed backend again and waits", remedy)
                        : Finding.serious(
                                "blacklist-0",
                                seen,
                                "each client tries a failed backend again, and each try may cost a place in pen's queue of "
                                        + "connects: after 'pending_max' (100) of them pen stops accepting for ever",
                                remedy));
    }

    private static Optional<Finding> timeout(Facts facts) {
        return when(
                facts.timeout().orElse(1) <= 0,
                () -> Finding.serious(
                        "timeout-0",
                        "timeout is " + facts.timeout().orElse(0) + " seconds",
                        "connects that are not done at once count as failed, and pen spins on the processor",
                        "send 'timeout 5'"));
    }

    private static Optional<Finding> tracking(Facts facts) {
        return when(
                facts.sticky() && facts.tracking().orElse(1) == 0,
                () -> Finding.warning(
                        "tracking-for-ever",
                        "tracking is 0 and clients are tracked (no roundrobin)",
                        "a client that once went to another backend stays there: load does not return to one that recovered",
                        "send 'tracking 3600', or 'roundrobin' if clients need no fixed backend"));
    }

    private static Optional<Finding> connections(Facts facts) {
        int max = facts.connMax().orElse(0);
        return when(
                max > 0 && facts.connections() >= BackendChecks.NEAR * max,
                () -> Finding.serious(
                        "near-conn-max",
                        facts.connections() + " connections of conn_max " + max,
                        "at conn_max pen accepts nobody until a connection ends",
                        "restart pen with a higher '-x'; raising conn_max while it runs can crash it"));
    }

    private static Optional<Finding> clients(Facts facts) {
        int max = facts.clientsMax().orElse(0);
        return when(
                max > 0 && facts.clients() >= 0.9 * max,
                () -> Finding.warning(
                        "client-table-full",
                        facts.clients() + " clients in " + Facts.RECENT_SECONDS + " seconds, with room for " + max,
                        "pen forgets clients that are still there: they lose their backend and their counters",
                        "restart pen with a higher '-c'"));
    }

    private static Optional<Finding> debug(Facts facts) {
        return when(
                facts.debug().orElse(0) >= 2,
                () -> Finding.warning(
                        "debug-level",
                        "debug is " + facts.debug().orElse(0),
                        "pen logs each event, from level 3 on the content of connections, and slows down",
                        "send 'debug 0'"));
    }
}
