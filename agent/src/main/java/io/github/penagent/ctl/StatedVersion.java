package io.github.penagent.ctl;

import io.github.penagent.penctl.PenVersion;

/**
 * What the caller says about pen's release; pen itself cannot tell.
 *
 * @param text as written
 * @param behavesLike the release whose control port it has
 */
record StatedVersion(String text, PenVersion behavesLike) {
    static final StatedVersion NONE = new StatedVersion(PenVersion.UNKNOWN.toString(), PenVersion.UNKNOWN);

    /** @throws IllegalArgumentException if that is no version */
    static StatedVersion of(String text) {
        return new StatedVersion(text, PenVersion.of(text));
    }

    boolean known() {
        return behavesLike != PenVersion.UNKNOWN;
    }

    /** What came after 0.34 fails over refused connects again, and leaks none of them. */
    boolean after034() {
        return behavesLike == PenVersion.V0_34 && !text.equals("0.34") && !text.startsWith("0.34.");
    }
}
