package io.github.penagent.remediation;

/** Something that the core wants done. */
public sealed interface Action {

    /** Take a backend out, or keep it out: {@code server N blacklist T}. */
    record Eject(Permit permit, Decision decision) implements Action {}

    /** End an own lease early, or one on a slot that was given another backend: {@code server N blacklist 0}. */
    record Release(Permit permit, Decision decision) implements Action {}

    /**
     * Make room for failed connects: {@code pending_max N}.
     *
     * @param id as a permit's
     * @param incarnation the run of pen that is meant
     * @param places over 0
     */
    record RaisePending(long id, String pen, long incarnation, int places, Decision decision) implements Action {}

    /** Read this pen's servers now. */
    record Reread(String pen) implements Action {}

    /** Check all backends of this pen now. */
    record Recheck(String pen) implements Action {}

    /** Nothing but a record: a verdict, a refusal, a dry run, an end. */
    record Note(Decision decision) implements Action {}
}
