package io.github.penagent.health.probe;

/**
 * A text that can be looked at so often and no oftener, so that no pattern runs for ever over what a peer sent.
 */
final class BoundedText implements CharSequence {
    /** Around 50 ms; a sane pattern needs a few looks per character. */
    private static final int MAX_LOOKS = 10_000_000;

    /** There were too many looks. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Exhausted() {
            super("too many steps", null, false, false);
        }
    }

    private final String text;
    private int looks;

    BoundedText(String text) {
        this.text = text;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (++looks > MAX_LOOKS) {
            throw new Exhausted();
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
