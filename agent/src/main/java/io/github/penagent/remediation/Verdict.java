package io.github.penagent.remediation;

/**
 * What became of an errand.
 *
 * @param seen one line for a person, printable
 */
record Verdict(WriteOutcome outcome, String seen) {
    private static final int MAX_SEEN = 200;

    Verdict {
        String printable = seen.replaceAll("[^ -~]+", " ").strip();
        seen = printable.length() <= MAX_SEEN ? printable : printable.substring(0, MAX_SEEN) + "...";
    }

    static Verdict nothingSent(String why) {
        return new Verdict(WriteOutcome.NOT_WRITTEN, "nothing was sent: " + why);
    }
}
