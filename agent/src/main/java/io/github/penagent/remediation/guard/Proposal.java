package io.github.penagent.remediation.guard;

import java.util.Optional;

/**
 * What the core would like to do to one slot.
 *
 * @param kind a new ejection, or keeping up one that is in force
 * @param basis how well it is founded
 * @param target the slot as last read
 * @param suspectNanos when the first sign against the backend began: what others have shown since counts, what they showed
 *     before may be the same trouble not yet seen
 * @param needsContrast whether the evidence is only that we could not get through, so that traffic that does speaks against it
 * @param hold a person's word against it, in words
 * @param flapping why it comes and goes too often, in words
 * @param foreignSeconds for how long somebody else's blacklist still keeps the slot out; 0 for none
 */
public record Proposal(
        Kind kind,
        Basis basis,
        SlotFacts target,
        long suspectNanos,
        boolean needsContrast,
        Optional<String> hold,
        Optional<String> flapping,
        int foreignSeconds) {

    /** What is proposed. */
    public enum Kind {
        EJECT,
        RENEW
    }

    boolean isNew() {
        return kind == Kind.EJECT;
    }

    /** How many more would be out. */
    int more() {
        return isNew() ? 1 : 0;
    }

    /** Whether it is for bounds on how many leave to judge: a new one on nobody's word but ours. */
    boolean isBounded() {
        return isNew() && asserted();
    }

    boolean asserted() {
        return basis == Basis.ASSERTED;
    }
}
