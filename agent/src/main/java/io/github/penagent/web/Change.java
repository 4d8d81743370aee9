package io.github.penagent.web;

/** What became of something that a person wanted. */
public sealed interface Change {
    /** It is in force, and kept for the next start. */
    record Done() implements Change {}

    /** There is no such pen, or no such backend of it. */
    record Unknown(String what) implements Change {}

    /** It is not, or not wholly. */
    record Failed(String why) implements Change {}
}
