package io.github.penagent.penctl;

/** What may become a label, a log value or a cell of a table. */
final class Text {
    private Text() {}

    /** Whether all characters can be shown: no control characters, among them line ends and escape. */
    static boolean printable(String latin1) {
        for (int i = 0; i < latin1.length(); i++) {
            if (!printable(latin1.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean printable(char latin1) {
        return latin1 >= ' ' && (latin1 < 0x7f || latin1 >= 0xa0);
    }
}
