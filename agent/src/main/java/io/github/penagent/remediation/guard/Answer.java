package io.github.penagent.remediation.guard;

/**
 * What one guard said.
 *
 * @param guard its name, a label value
 * @param passes whether it agrees
 * @param words why, with the numbers a person needs
 */
public record Answer(String guard, boolean passes, String words) {
    static Answer pass(String guard, String words) {
        return new Answer(guard, true, words);
    }

    static Answer refuse(String guard, String words) {
        return new Answer(guard, false, words);
    }

    static Answer of(boolean passes, String guard, String words) {
        return new Answer(guard, passes, words);
    }
}
