package io.github.penagent.config;

/**
 * One thing wrong with a configuration file; its text form is one line: {@code FILE:LINE: KEY = VALUE: RULE}.
 *
 * @param file as the caller named it, or the included file in which the value stands
 * @param line from 1; 0 where the file as a whole is meant
 * @param text what is wrong, in one line
 */
public record Problem(String file, int line, String text) {
    @Override
    public String toString() {
        return line > 0 ? file + ":" + line + ": " + text : file + ": " + text;
    }
}
