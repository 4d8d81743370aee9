package io.github.penagent.ctl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one poll of {@code top} saw.
 *
 * @param recent clients of the last {@value Polls#RECENT_SECONDS} seconds
 * @param nanos when the list of servers was complete, on the clock of {@link System#nanoTime()}
 * @param pollNanos how long pen took for that list, connect to end
 */
record Snapshot(String mode, int pid, String listen, int recent, long nanos, long pollNanos, List<Row> rows) {

    /** A backend and how fast its bytes flow: NaN where no earlier number fits. */
    record Row(Backend backend, double sentRate, double receivedRate) {

        Map<String, Object> json() {
            Map<String, Object> fields = backend.json();
            fields.put("sent_bytes_per_second", sentRate);
            fields.put("received_bytes_per_second", receivedRate);
            return fields;
        }
    }

    /** The rows of {@code backends}, whose rates come from {@code before}, of the same process. */
    static List<Row> rows(List<Backend> backends, List<Row> before, double seconds) {
        List<Row> rows = new ArrayList<>();
        for (Backend now : backends) {
            boolean there = now.slot() < before.size();
            rows.add(
                    there ? row(before.get(now.slot()).backend(), now, seconds) : new Row(now, Double.NaN, Double.NaN));
        }
        return rows;
    }

    private static Row row(Backend then, Backend now, double seconds) {
        if (!then.address().equals(now.address())) {
            return new Row(now, Double.NaN, Double.NaN);
        }
        return new Row(now, rate(then.sent(), now.sent(), seconds), rate(then.received(), now.received(), seconds));
    }

    /** NaN if the counter fell: a restart that the process id did not show. */
    private static double rate(long before, long now, double seconds) {
        boolean grew = Long.compareUnsigned(now, before) >= 0;
        return grew && seconds > 0 ? (now - before) / seconds : Double.NaN;
    }

    Map<String, Object> json() {
        return Json.object(
                "pid",
                pid,
                "mode",
                mode,
                "listen",
                listen,
                "recent_clients",
                recent,
                "poll_seconds",
                pollNanos / 1e9,
                "backends",
                rows.stream().map(Row::json).toList());
    }
}
