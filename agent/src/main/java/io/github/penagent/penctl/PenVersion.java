package io.github.penagent.penctl;

/**
 * The releases of pen whose control ports differ, oldest first. pen cannot tell its own: the caller states it, and {@link
 * #UNKNOWN} allows only what is safe in all of them.
 */
public enum PenVersion {
    /** Not stated: whatever is unsafe or unknown in any release is refused. */
    UNKNOWN("unknown"),
    V0_21("0.21"),
    V0_25("0.25"),
    V0_27("0.27"),
    V0_28("0.28"),
    V0_29("0.29"),
    V0_33("0.33"),
    /** 0.34 and what came after it; the control port has not changed since. */
    V0_34("0.34");

    private final String text;

    PenVersion(String text) {
        this.text = text;
    }

    /** Whether this release, if it was stated at all, is {@code other} or a later one. */
    public boolean atLeast(PenVersion other) {
        return this != UNKNOWN && compareTo(other) >= 0;
    }

    /** Whether this release, if it was stated at all, is older than {@code other}. */
    public boolean before(PenVersion other) {
        return this != UNKNOWN && compareTo(other) < 0;
    }

    /**
     * The release that {@code text}, such as {@code 0.34.1}, behaves like: the newest listed one not newer than it.
     *
     * @throws IllegalArgumentException if that is not a version, or one before 0.21
     */
    public static PenVersion of(String text) {
        if (text.equals(UNKNOWN.text)) {
            return UNKNOWN;
        }
        java.util.regex.Matcher m = java.util.regex.Pattern.compile("(\\d{1,3})\\.(\\d{1,3})(\\..*)?")
                .matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("must be a version of pen such as 0.34.1, or unknown");
        }
        int number = Integer.parseInt(m.group(1)) * 1000 + Integer.parseInt(m.group(2));
        PenVersion found = UNKNOWN;
        for (PenVersion v : values()) {
            if (v != UNKNOWN && Integer.parseInt(v.text.substring(2)) <= number) {
                found = v;
            }
        }
        if (found == UNKNOWN) {
            throw new IllegalArgumentException("versions before 0.21 are not known here");
        }
        return found;
    }

    @Override
    public String toString() {
        return text;
    }
}
