package io.github.penagent.ctl;

import static io.github.penagent.ctl.BackendChecks.when;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Who reaches pen, and which pen is reached. */
final class AccessChecks {
    static final List<Function<Facts, Optional<Finding>>> ALL =
            List.of(AccessChecks::twoPens, AccessChecks::control, AccessChecks::sharedList, AccessChecks::ipv6);

    private AccessChecks() {}

    private static Optional<Finding> twoPens(Facts facts) {
        List<Integer> pids = facts.pids().stream().distinct().toList();
        return when(
                pids.size() > 1,
                () -> Finding.serious(
                        "pid-changes",
                        "process ids " + facts.pids() + " in a row",
                        "two pens share this port, or pen restarts: answers and changes go to one or the other",
                        "find them with 'ss -ltnp' and end the one too many, or read pen's log for why it ends"));
    }

    private static Optional<Finding> control(Facts facts) {
        Optional<ControlAddress> exposed = facts.control().filter(address -> !address.local());
        if (exposed.isEmpty()) {
            return Optional.empty();
        }
        String seen = "the control port is " + exposed.get().text() + ", with access list "
                + facts.controlAcl().map(String::valueOf).orElse("unknown");
        String remedy = "restart pen with '-C 127.0.0.1:port' or '-C /path/to/socket'";
        return Optional.of(
                facts.controlAcl().orElse(0) == 0
                        ? Finding.serious(
                                "control-port-open",
                                seen,
                                "there is no password: whoever reaches it can stop pen or redirect its clients, unless list 0 "
                                        + "was filled, which cannot be read",
                                remedy + ", or fill a list of its own: 'acl 9 permit A M', then 'control_acl 9'")
                        : Finding.warning(
                                "control-port-exposed",
                                seen,
                                "there is no password; whether the list keeps strangers out cannot be read",
                                remedy + ", or check the list in pen's configuration"));
    }

    private static Optional<Finding> sharedList(Facts facts) {
        boolean tcp = facts.control().map(address -> !address.socket()).orElse(false);
        return when(
                tcp
                        && facts.controlAcl().equals(Optional.of(0))
                        && facts.clientAcl().equals(Optional.of(0)),
                () -> Finding.note(
                        "shared-access-list",
                        "client_acl and control_acl are both 0",
                        "clients, backends and the control port stand on one list: a line against one can cut all",
                        "use a list of its own for each, such as 'client_acl 1' after 'acl 1 ...'"));
    }

    private static Optional<Finding> ipv6(Facts facts) {
        return facts.ipv6Client()
                .map(client -> Finding.warning(
                        "ipv6-clients",
                        "client " + client,
                        "pen tells IPv6 clients apart by their first byte alone: they share one entry"
                                + (facts.sticky() ? ", so all of them go to one backend" : "")
                                + "; on a :: listener the IPv4 clients do too",
                        facts.sticky()
                                ? "send 'roundrobin', or let pen listen on IPv4 and terminate IPv6 before it"
                                : "let pen listen on IPv4 if counters per client matter"));
    }
}
