package io.github.penagent.penctl;

/** What may become a label, a log value or a cell of a table. */
final class Text {
    private Text() {}

    /** Whether all characters can be shown: no control characters, among them line ends and escape. */
    static boolean printable(String latin1) {
        for (int i = 0; i < latin1.length(); i++) {
            char c = latin1.charAt(i);
            if (c < ' ' || (c >= 0x7f && c < 0xa0)) {
                return false;
            }
        }
        return true;
    }
}
