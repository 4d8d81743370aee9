package io.github.penagent.ctl;

/**
 * What a command has to say, in both of its forms.
 *
 * @param text for a person, with its line ends
 * @param json for a script: maps, lists, strings, numbers, booleans and {@link Json#NULL}
 * @param exitCode with which the program ends
 */
record Report(String text, Object json, int exitCode) {

    /** A report of something that went well. */
    static Report of(String text, Object json) {
        return new Report(text, json, Ctl.DONE);
    }
}
