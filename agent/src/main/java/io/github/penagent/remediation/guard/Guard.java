package io.github.penagent.remediation.guard;

/** One question that has to be answered with yes before a backend is taken out, or kept out. */
interface Guard {
    /** Its name in records and metrics. */
    String name();

    /** Total: an answer for whatever it is asked. */
    Answer ask(Proposal proposal, PenFacts pen);
}
