package io.github.penagent.remediation;

/** What is remembered of one pen between errands, which come one at a time. */
final class Memory {
    private final StatusPages pages;
    private long lastId = Long.MIN_VALUE;
    private long incarnation = Long.MIN_VALUE;
    private int pid;

    Memory(StatusPages pages) {
        this.pages = pages;
    }

    StatusPages pages() {
        return pages;
    }

    /** Whether this number is used for the first time, and after all smaller ones: a permit is good once. */
    boolean first(long id) {
        if (id <= lastId) {
            return false;
        }
        lastId = id;
        return true;
    }

    /** Whether pen is the process that was found in this run before: polls may not have noticed a new one yet. */
    boolean sameRun(long nowIncarnation, int nowPid) {
        if (incarnation != nowIncarnation) {
            incarnation = nowIncarnation;
            pid = nowPid;
        }
        return pid == nowPid;
    }
}
