package io.github.penagent.penctl;

/** When a command came into pen. */
final class Since {
    private Since() {}

    /** @throws IllegalArgumentException if {@code version} is older, or unknown and the command is not in all of them */
    static void check(String word, PenVersion since, PenVersion version) {
        if (since == PenVersion.V0_21 || version.atLeast(since)) {
            return;
        }
        throw new IllegalArgumentException(
                version == PenVersion.UNKNOWN
                        ? word + " came with pen " + since + ", and the version of this one was not stated"
                        : word + " came with pen " + since + ", this one is " + version);
    }
}
