package io.github.penagent.penctl;

import java.util.List;

/** What was read of a pen before or after a write. */
record PenState(int pid, List<ServerRow> rows) {

    /**
     * Whether this can be the same run of pen as {@code earlier}. In a container every run may have the same pid, but a table
     * never shrinks and counters never fall within one.
     */
    boolean sameRunAs(PenState earlier) {
        return pid == earlier.pid
                && rows.size() >= earlier.rows.size()
                && earlier.rows.stream().noneMatch(this::fell);
    }

    private boolean fell(ServerRow then) {
        ServerRow now = rows.get(then.slot());
        return Long.compareUnsigned(now.sx(), then.sx()) < 0 || Long.compareUnsigned(now.rx(), then.rx()) < 0;
    }

    boolean has(int slot) {
        return slot >= 0 && slot < rows.size();
    }
}
