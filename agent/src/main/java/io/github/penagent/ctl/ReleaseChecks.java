package io.github.penagent.ctl;

import static io.github.penagent.ctl.BackendChecks.when;

import io.github.penagent.penctl.PenVersion;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What cannot be seen from outside: it depends on pen's release and on how it was started. */
final class ReleaseChecks {
    static final List<Function<Facts, Optional<Finding>>> ALL =
            List.of(ReleaseChecks::refused, ReleaseChecks::leak, ReleaseChecks::emergency);

    private ReleaseChecks() {}

    private static Optional<Finding> refused(Facts facts) {
        StatedVersion version = facts.version();
        String why =
                "on Linux's epoll 0.33 and 0.34 close the client when its backend refuses: no other backend is tried, "
                        + "none is blacklisted, an emergency server is not used";
        if (!version.known()) {
            return Optional.of(Finding.note(
                    "release-unknown",
                    "pen cannot tell its release, and --pen-version was not given",
                    why + "; whether that is so here is unknown",
                    "start pen with '-O poll', which is right for every release, and call doctor with --pen-version"));
        }
        boolean affected = version.behavesLike().atLeast(PenVersion.V0_33) && !version.after034();
        return when(
                affected,
                () -> Finding.warning(
                        "no-failover",
                        "release " + version.text() + "; how it polls cannot be seen",
                        why,
                        "start pen with '-O poll'"));
    }

    private static Optional<Finding> leak(Facts facts) {
        StatedVersion version = facts.version();
        String why =
                "every release up to 0.34.1 loses a place for each failed connect; at 'pending_max' (100) it accepts "
                        + "nobody any more, while the control port still answers";
        String remedy =
                "watch that pen forwards; send 'pending_max 1000000' ahead of time: it is safe, and revives a pen "
                        + "that hangs";
        if (version.after034()) {
            return Optional.empty();
        }
        return Optional.of(
                version.known()
                        ? Finding.warning(
                                "pending-leak",
                                "release " + version.text() + "; places lost so far cannot be seen",
                                why,
                                remedy)
                        : Finding.note("pending-leak", "places lost so far cannot be seen", why, remedy));
    }

    private static Optional<Finding> emergency(Facts facts) {
        return when(
                !facts.backends().isEmpty(),
                () -> Finding.note(
                        "emergency-unseen",
                        "an emergency server ('-e') is shown nowhere",
                        "without one pen closes its clients when all backends are blacklisted or full",
                        "make sure that pen is started with '-e host:port'"));
    }
}
