package io.github.penagent.simulation;

import io.github.penagent.demo.PenModel;
import io.github.penagent.penctl.StatusPageText;
import java.util.List;

/** The status page of a modelled pen: its servers with their blacklists. */
final class StatusText {
    private static final int LONGEST = 3_600;

    private StatusText() {}

    static String of(PenModel pen, long clock) {
        List<String> rows = pen.execute("servers", clock).lines().toList();
        return StatusPageText.of(
                clock,
                rows.stream().map(row -> server(row.split(" ", -1), pen, clock)).toList());
    }

    /** From a row of {@code servers}: number, then name and value in turn. */
    private static List<String> server(String[] row, PenModel pen, long clock) {
        int slot = Integer.parseInt(row[0]);
        return List.of(
                row[0],
                row[2],
                Long.toString(failed(pen, slot, clock)),
                row[4],
                row[6],
                row[8],
                row[10],
                row[16],
                row[18],
                row[12],
                row[14]);
    }

    /** What pen keeps: the time at which the blacklist ends, less the time that all have in common. */
    private static long failed(PenModel pen, int slot, long clock) {
        int seconds = 0;
        while (seconds < LONGEST && pen.blacklisted(slot, clock + seconds)) {
            seconds++;
        }
        long inCommon = Long.parseLong(pen.execute("blacklist", clock).strip());
        return seconds == 0 ? 0 : clock + seconds - inCommon;
    }
}
