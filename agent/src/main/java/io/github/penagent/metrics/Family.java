package io.github.penagent.metrics;

import io.github.penagent.fleet.Checks;
import io.github.penagent.fleet.Clients;
import io.github.penagent.fleet.FailureReason;
import io.github.penagent.fleet.PenSettings;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Reading;
import io.github.penagent.fleet.Remedy;
import io.github.penagent.fleet.Series;
import io.github.penagent.fleet.SkipReason;
import io.github.penagent.fleet.Slots;
import java.nio.charset.StandardCharsets;

/**
 * Every metric that describes a pen: type, name, help, and where its rows come from. In the order of the page, which is
 * that of the names.
 */
// The rows are stateless functions and the name is never handed out: immutable, though the compiler cannot see it.
@SuppressWarnings("ImmutableEnumChecker")
enum Family {
    INFO(Type.INFO, "pen", "How this pen was started, in its own words.", Rows.info()),
    ACCEPTED_CONNECTIONS(
            Type.COUNTER,
            "pen_accepted_connections",
            "Connections accepted since the agent's first reading, as the growth of pen's counts per client. A lower"
                    + " bound: a client that pen evicts between two readings is missed, and IPv6 clients share one"
                    + " entry.",
            Rows.ofClients((clients, out) -> out.number(clients.accepted()))),
    BLACKLIST_SECONDS(
            Type.GAUGE,
            "pen_blacklist_seconds",
            "For how long pen avoids a backend whose connect failed.",
            Rows.ofSetting(PenSettings::blacklistSeconds)),
    CLIENT_CONNECTIONS(
            Type.COUNTER,
            "pen_client_connections",
            "Connections accepted from this client since pen last forgot it.",
            Rows.perClient(Clients.Row::connections)),
    CLIENT_RECEIVED_BYTES(
            Type.COUNTER,
            "pen_client_received_bytes",
            "Bytes from this client since pen last forgot it.",
            Rows.perClient(Clients.Row::received)),
    CLIENT_SENT_BYTES(
            Type.COUNTER,
            "pen_client_sent_bytes",
            "Bytes to this client since pen last forgot it.",
            Rows.perClient(Clients.Row::sent)),
    CLIENTS_DROPPED(
            Type.GAUGE,
            "pen_clients_dropped",
            "Recent clients left out by the cap on client series.",
            Rows.ofClients((clients, out) -> out.number(clients.dropped()))),
    CLIENTS_LIMIT(
            Type.GAUGE,
            "pen_clients_limit",
            "How many clients pen remembers.",
            Rows.ofSetting(PenSettings::clientsLimit)),
    CLOCK_OFFSET(
            Type.GAUGE,
            "pen_clock_offset_seconds",
            "pen's clock less the agent's, where pen shows its own.",
            Rows.ofClockOffset()),
    CONNECTIONS_LIMIT(
            Type.GAUGE,
            "pen_connections_limit",
            "How many simultaneous connections pen takes.",
            Rows.ofSetting(PenSettings::connectionsLimit)),
    CONTROL_OCCUPANCY(
            Type.GAUGE,
            "pen_control_occupancy_ratio",
            "Share of pen's loop spent on this agent's commands, estimated and smoothed.",
            Rows.ofLastKnown(last -> last.sample().occupancy(), 9)),
    DATA_PLANE_UP(
            Type.GAUGE,
            "pen_data_plane_up",
            "Whether pen forwards traffic: its clients' counts moved, or a request through it was answered; absent while"
                    + " that cannot be told.",
            Rows.ofForwarding((forwards, out) -> out.number(forwards ? 1 : 0))),
    EJECTION_BUDGET(
            Type.GAUGE,
            "pen_ejection_budget_servers",
            "How many more backends may be taken out now.",
            Rows.ofRemedy((remedy, out) -> out.number(remedy.budget()))),
    EJECTION_LIFTS(
            Type.COUNTER,
            "pen_ejection_lifts",
            "Ejections ended before their lease was over, by what had spoken against the backend.",
            Rows.perSource(Remedy.Tally::lifts)),
    EJECTION_RENEWALS(
            Type.COUNTER,
            "pen_ejection_renewals",
            "Leases renewed because the backend still fails, by what speaks against it.",
            Rows.perSource(Remedy.Tally::renewals)),
    EJECTION_VERIFY_FAILURES(
            Type.COUNTER,
            "pen_ejection_verify_failures",
            "Commands that were written and could not be seen to have worked.",
            Rows.ofRemedy((remedy, out) -> out.number(remedy.tally().verifyFailures()))),
    EJECTIONS(
            Type.COUNTER,
            "pen_ejections",
            "Backends taken out by this agent, by what spoke against them first.",
            Rows.perSource(Remedy.Tally::ejections)),
    EJECTIONS_SUPPRESSED(
            Type.COUNTER,
            "pen_ejections_suppressed",
            "Ejections that did not take place, by the first guard that refused; mode counts those of a dry run.",
            Rows.perGuard()),
    FOREIGN_BLACKLISTS(
            Type.GAUGE,
            "pen_foreign_blacklists",
            "Backends blacklisted by somebody else, where pen shows it.",
            Rows.ofForeign()),
    POLL_DURATION(
            Type.GAUGE,
            "pen_poll_duration_seconds",
            "How long the last poll took, from connect to the end of the reply.",
            Rows.ofPoll((took, out) -> out.decimal(took.toNanos() / 1e9, 9))),
    POLL_FAILURES(
            Type.COUNTER,
            "pen_poll_failures",
            "Polls that failed, by reason.",
            Rows.perReason(FailureReason.values(), FailureReason::label, state -> state.tally()
                    .failures())),
    POLL_LAST_SUCCESS(
            Type.GAUGE,
            "pen_poll_last_success_timestamp_seconds",
            "When this pen last answered, as unix time: the age of what the page shows.",
            Rows.ofLastKnown(last -> last.sample().at().toEpochMilli() / 1e3, 3)),
    POLLS(
            Type.COUNTER,
            "pen_polls",
            "Polls that ended, well or not.",
            Rows.ofState((state, out) -> out.number(state.tally().polls()))),
    POLLS_SKIPPED(
            Type.COUNTER,
            "pen_polls_skipped",
            "Polls that were due and did not take place, by reason.",
            Rows.perReason(SkipReason.values(), SkipReason::label, state -> state.tally()
                    .skips())),
    PROCESS_ID_CHANGES(
            Type.COUNTER,
            "pen_process_id_changes",
            "How often this pen was seen to have started anew, or two pens to share its control port.",
            Rows.ofState((state, out) -> out.number(restarts(state)))),
    RECENT_CLIENTS(
            Type.GAUGE,
            "pen_recent_clients",
            "Clients whose last accepted connection lies within the window.",
            Rows.ofClients((clients, out) -> out.number(clients.recent()))),
    REMEDIATION_MODE(
            Type.GAUGE,
            "pen_remediation_mode",
            "What is in force after all downgrades: 0 off, 1 observe, 2 dry-run, 3 enforce.",
            Rows.ofRemedy((remedy, out) -> out.number(remedy.mode()))),
    REMEDIATION_PANIC(
            Type.GAUGE,
            "pen_remediation_panic",
            "Whether the agent suspects itself rather than the backends, and acts on nothing.",
            Rows.ofRemedy((remedy, out) -> out.number(remedy.panic() ? 1 : 0))),
    SERVER_CHECK_DURATION(
            Type.GAUGE,
            "pen_server_check_duration_seconds",
            "How long the last check of the backend took.",
            ServerRows.check(
                    row -> row.lastSeconds().isPresent(),
                    (row, out) -> out.decimal(row.lastSeconds().orElseThrow(), 9))),
    SERVER_CHECK_FAILURES(
            Type.COUNTER,
            "pen_server_check_failures",
            "Checks that failed by the backend's fault.",
            ServerRows.check(row -> true, (row, out) -> out.number(row.failures()))),
    SERVER_CHECK_UP(
            Type.GAUGE,
            "pen_server_check_up",
            "Whether the backend is healthy by this check; absent while that is unknown.",
            ServerRows.check(
                    row -> row.standing() != Checks.Standing.UNKNOWN,
                    (row, out) -> out.number(row.standing() == Checks.Standing.UP ? 1 : 0))),
    SERVER_CHECKS(
            Type.COUNTER,
            "pen_server_checks",
            "Checks made of the backend, whatever they came to.",
            ServerRows.check(row -> true, (row, out) -> out.number(row.checks()))),
    SERVER_CONNECTIONS(
            Type.GAUGE,
            "pen_server_connections",
            "Established connections to the backend; pen's count drifts low after failed connects.",
            ServerRows.gauge(Slots::connections)),
    SERVER_HARD_LIMIT(
            Type.GAUGE,
            "pen_server_connections_hard_limit",
            "Connections that not even known clients exceed, 0 for none.",
            ServerRows.gauge(Slots::hardLimit)),
    SERVER_SOFT_LIMIT(
            Type.GAUGE,
            "pen_server_connections_soft_limit",
            "Connections that new clients do not exceed, 0 for none.",
            ServerRows.gauge(Slots::softLimit)),
    SERVER_EJECTED(
            Type.GAUGE,
            "pen_server_ejected",
            "Whether the backend is out by this agent's doing.",
            ServerRows.ejected()),
    SERVER_EJECTION_EXPIRY(
            Type.GAUGE,
            "pen_server_ejection_expiry_timestamp_seconds",
            "When the backend's lease ends unless it is renewed, as unix time.",
            ServerRows.ejectionExpiry()),
    SERVER_PRIORITY(
            Type.GAUGE,
            "pen_server_priority",
            "Priority of the backend, lower first, where pen uses it.",
            ServerRows.gauge(Slots::priority)),
    SERVER_RECEIVED_BYTES(
            Type.COUNTER,
            "pen_server_received_bytes",
            "Bytes that pen received from the backend (pen's rx).",
            ServerRows.count(Series::received)),
    SERVER_RECEIVED_RATE(
            Type.GAUGE,
            "pen_server_received_bytes_per_second",
            "Bytes received from the backend between the last two polls, per second; absent where they cannot be"
                    + " compared.",
            ServerRows.rate(Series::receivedRate)),
    SERVER_SENT_BYTES(
            Type.COUNTER,
            "pen_server_sent_bytes",
            "Bytes that pen sent to the backend (pen's sx).",
            ServerRows.count(Series::sent)),
    SERVER_SENT_RATE(
            Type.GAUGE,
            "pen_server_sent_bytes_per_second",
            "Bytes sent to the backend between the last two polls, per second; absent where they cannot be compared.",
            ServerRows.rate(Series::sentRate)),
    SERVER_WEIGHT(
            Type.GAUGE,
            "pen_server_weight",
            "Weight of the backend, where pen uses it.",
            ServerRows.gauge(Slots::weight)),
    SERVERS(
            Type.GAUGE,
            "pen_servers",
            "Backends: the slots of pen's table that are in use.",
            Rows.ofReading((reading, out) -> out.number(reading.slots().used()))),
    UP(
            Type.GAUGE,
            "pen_up",
            "Whether the last poll succeeded.",
            Rows.ofState((state, out) -> out.number(state.up() ? 1 : 0)));

    /** Their spellings in both formats. */
    enum Type {
        COUNTER("counter", "counter", "_total"),
        GAUGE("gauge", "gauge", ""),
        INFO("info", "gauge", "_info"),
        HISTOGRAM("histogram", "histogram", ""),
        SUMMARY("summary", "summary", "");

        final String openMetrics;
        final String text;
        final String suffix;

        Type(String openMetrics, String text, String suffix) {
            this.openMetrics = openMetrics;
            this.text = text;
            this.suffix = suffix;
        }

        /** The lines that open a family. OpenMetrics leaves the suffix out, and has the two in the other order. */
        String header(Format format, String base, String help) {
            if (format == Format.OPEN_METRICS) {
                return "# TYPE " + base + " " + openMetrics + "\n# HELP " + base + " " + help + "\n";
            }
            String name = base + suffix;
            return "# HELP " + name + " " + help + "\n# TYPE " + name + " " + text + "\n";
        }
    }

    private final Type type;
    private final String base;
    private final String help;
    private final Rows rows;
    private final String sampleName;
    private final byte[] sampleBytes;

    Family(Type type, String base, String help, Rows rows) {
        this.type = type;
        this.base = base;
        this.help = help;
        this.rows = rows;
        this.sampleName = base + type.suffix;
        this.sampleBytes = sampleName.getBytes(StandardCharsets.UTF_8);
    }

    private static long restarts(PenState state) {
        Reading last = state.last().orElse(null);
        return last == null ? state.past().restarts() : last.restarts();
    }

    Type type() {
        return type;
    }

    /** The name without the suffix that its type adds. */
    String base() {
        return base;
    }

    String help() {
        return help;
    }

    /** The name that stands on every line of the family. */
    String sampleName() {
        return sampleName;
    }

    /** Writes one pen's lines. */
    void render(PenState state, PenLabels labels, LineWriter out) {
        rows.render(state, labels, sampleBytes, out);
    }

    /** The lines that open the family. */
    String header(Format format) {
        return type.header(format, base, help);
    }
}
