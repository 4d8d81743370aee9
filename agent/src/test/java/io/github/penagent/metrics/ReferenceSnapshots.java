package io.github.penagent.metrics;

import io.github.penagent.fleet.Checks;
import io.github.penagent.fleet.FailureReason;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Reading;
import io.github.penagent.fleet.Remedy;
import io.github.penagent.fleet.SkipReason;
import io.github.penagent.fleet.Slots;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The same states as the page shows, put into the model of Prometheus' own Java client, value by value from the contract's
 * wording and without any code of the page but the help texts.
 */
final class ReferenceSnapshots {
    private final TreeMap<String, List<Object[]>> rows = new TreeMap<>();

    static MetricSnapshots of(List<PenState> states) {
        ReferenceSnapshots reference = new ReferenceSnapshots();
        states.forEach(reference::add);
        return reference.build();
    }

    private void add(PenState state) {
        Labels pen = Labels.of("pen", state.name());
        row("pen_up", pen, state.up() ? 1 : 0);
        row("pen_polls", pen, state.tally().polls());
        for (FailureReason reason : FailureReason.values()) {
            row(
                    "pen_poll_failures",
                    pen.add("reason", reason.label()),
                    state.tally().failures().getOrDefault(reason, -1L));
        }
        for (SkipReason reason : SkipReason.values()) {
            row(
                    "pen_polls_skipped",
                    pen.add("reason", reason.label()),
                    state.tally().skips().getOrDefault(reason, -1L));
        }
        row("pen_process_id_changes", pen, state.last().map(Reading::restarts).orElse(0L));
        state.failure()
                .ifPresentOrElse(
                        failure -> row(
                                "pen_poll_duration_seconds", pen, failure.took().toNanos() / 1e9),
                        () -> state.last()
                                .ifPresent(last -> row(
                                        "pen_poll_duration_seconds",
                                        pen,
                                        last.sample().took().toNanos() / 1e9)));
        state.last().ifPresent(last -> {
            row("pen_control_occupancy_ratio", pen, last.sample().occupancy());
            row(
                    "pen_poll_last_success_timestamp_seconds",
                    pen,
                    last.sample().at().toEpochMilli() / 1e3);
        });
        state.remedy().ifPresent(remedy -> remedy(pen, remedy));
        if (state.up()) {
            Reading reading = state.last().orElseThrow();
            reading(pen, reading);
            state.forwards().ifPresent(forwards -> row("pen_data_plane_up", pen, forwards ? 1 : 0));
            checks(pen, state.checks(), reading.slots());
            state.remedy().ifPresent(remedy -> leases(pen, remedy, reading));
        }
    }

    private void remedy(Labels pen, Remedy remedy) {
        row("pen_remediation_mode", pen, remedy.mode());
        row("pen_remediation_panic", pen, remedy.panic() ? 1 : 0);
        row("pen_ejection_budget_servers", pen, remedy.budget());
        row("pen_ejection_verify_failures", pen, remedy.tally().verifyFailures());
        for (String source : List.of("check", "passive", "alert", "person")) {
            Labels labels = pen.add("source", source);
            row("pen_ejections", labels, remedy.tally().ejections().getOrDefault(source, 0L));
            row("pen_ejection_renewals", labels, remedy.tally().renewals().getOrDefault(source, 0L));
            row("pen_ejection_lifts", labels, remedy.tally().lifts().getOrDefault(source, 0L));
        }
        remedy.tally()
                .suppressed()
                .forEach((guard, count) -> row("pen_ejections_suppressed", pen.add("guard", guard), count));
    }

    private void checks(Labels pen, Checks checks, Slots slots) {
        for (Checks.Row check : checks.rows()) {
            for (int i = 0; i < slots.size(); i++) {
                if (!slots.isUsed(i) || !slots.address(i).equals(check.address())) {
                    continue;
                }
                Labels labels = pen.add("server", Integer.toString(i))
                        .add("address", check.address())
                        .add("check", check.check());
                row("pen_server_checks", labels, check.checks());
                row("pen_server_check_failures", labels, check.failures());
                known(
                        "pen_server_check_duration_seconds",
                        labels,
                        check.lastSeconds().orElse(Double.NaN));
                known(
                        "pen_server_check_up",
                        labels,
                        switch (check.standing()) {
                            case UP -> 1;
                            case DOWN -> 0;
                            case UNKNOWN -> Double.NaN;
                        });
            }
        }
    }

    private void leases(Labels pen, Remedy remedy, Reading reading) {
        remedy.foreign().ifPresent(foreign -> row("pen_foreign_blacklists", pen, foreign));
        remedy.clockOffsetSeconds().ifPresent(offset -> row("pen_clock_offset_seconds", pen, offset));
        for (int i = 0; i < reading.slots().size(); i++) {
            if (!reading.slots().isUsed(i)) {
                continue;
            }
            String address = reading.slots().address(i);
            Labels labels = pen.add("server", Integer.toString(i)).add("address", address);
            double until = Double.NaN;
            for (Remedy.Ejected ejected : remedy.ejected()) {
                if (ejected.server() == i && ejected.address().equals(address)) {
                    until = reading.sample().at().toEpochMilli() / 1e3
                            + (ejected.untilNanos() - reading.sample().nanos()) / 1e9;
                }
            }
            row("pen_server_ejected", labels, Double.isNaN(until) ? 0 : 1);
            known("pen_server_ejection_expiry_timestamp_seconds", labels, rounded(until));
        }
    }

    private void reading(Labels pen, Reading reading) {
        row("pen_servers", pen, reading.slots().used());
        reading.settings().ifPresent(settings -> {
            row(
                    "pen",
                    pen.add("control", settings.control())
                            .add("listen", settings.listen())
                            .add("mode", settings.mode()),
                    1);
            limit("pen_connections_limit", pen, settings.connectionsLimit());
            limit("pen_clients_limit", pen, settings.clientsLimit());
            limit("pen_blacklist_seconds", pen, settings.blacklistSeconds());
        });
        reading.clients().ifPresent(clients -> {
            row("pen_accepted_connections", pen, clients.accepted());
            row("pen_recent_clients", pen, clients.recent());
            row("pen_clients_dropped", pen, clients.dropped());
            clients.rows().forEach(client -> {
                Labels labels = pen.add("client", client.address());
                row("pen_client_connections", labels, client.connections());
                row("pen_client_sent_bytes", labels, client.sent());
                row("pen_client_received_bytes", labels, client.received());
            });
        });
        for (int i = 0; i < reading.slots().size(); i++) {
            if (reading.slots().isUsed(i)) {
                backend(pen, reading, i);
            }
        }
    }

    private void backend(Labels pen, Reading reading, int i) {
        Slots slots = reading.slots();
        Labels labels = pen.add("server", Integer.toString(i)).add("address", slots.address(i));
        row("pen_server_connections", labels, slots.connections(i));
        row("pen_server_connections_soft_limit", labels, slots.softLimit(i));
        row("pen_server_connections_hard_limit", labels, slots.hardLimit(i));
        row("pen_server_sent_bytes", labels, reading.series().sent(i));
        row("pen_server_received_bytes", labels, reading.series().received(i));
        known("pen_server_weight", labels, slots.weight(i) == Slots.ABSENT ? Double.NaN : slots.weight(i));
        known("pen_server_priority", labels, slots.priority(i) == Slots.ABSENT ? Double.NaN : slots.priority(i));
        known(
                "pen_server_sent_bytes_per_second",
                labels,
                rounded(reading.series().sentRate(i)));
        known(
                "pen_server_received_bytes_per_second",
                labels,
                rounded(reading.series().receivedRate(i)));
    }

    private void limit(String name, Labels labels, OptionalInt value) {
        value.ifPresent(limit -> row(name, labels, limit));
    }

    private void known(String name, Labels labels, double value) {
        if (!Double.isNaN(value)) {
            row(name, labels, value);
        }
    }

    private static double rounded(double value) {
        return Double.isNaN(value) ? value : Math.round(value * 1000) / 1000.0;
    }

    private void row(String name, Labels labels, Number value) {
        rows.computeIfAbsent(name, n -> new ArrayList<>()).add(new Object[] {labels, value.doubleValue()});
    }

    private MetricSnapshots build() {
        MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
        for (Family family : Family.values()) {
            List<Object[]> points = rows.get(family.base());
            if (points == null) {
                continue;
            }
            switch (family.type()) {
                case COUNTER -> {
                    CounterSnapshot.Builder counter =
                            CounterSnapshot.builder().name(family.base()).help(family.help());
                    points.forEach(p -> counter.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                            .labels((Labels) p[0])
                            .value((double) p[1])
                            .build()));
                    snapshots.metricSnapshot(counter.build());
                }
                case GAUGE -> {
                    GaugeSnapshot.Builder gauge =
                            GaugeSnapshot.builder().name(family.base()).help(family.help());
                    points.forEach(p -> gauge.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                            .labels((Labels) p[0])
                            .value((double) p[1])
                            .build()));
                    snapshots.metricSnapshot(gauge.build());
                }
                case HISTOGRAM, SUMMARY -> throw new IllegalStateException("no family of a pen is one");
                case INFO -> {
                    InfoSnapshot.Builder info =
                            InfoSnapshot.builder().name(family.base()).help(family.help());
                    points.forEach(p -> info.dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder()
                            .labels((Labels) p[0])
                            .build()));
                    snapshots.metricSnapshot(info.build());
                }
            }
        }
        return snapshots.build();
    }
}
