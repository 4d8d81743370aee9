package io.github.penagent.penctl;

/** What became of a change. Only {@link Confirmed} means that pen was seen to have made it. */
public sealed interface Outcome {

    /** One line for a person: what was seen, or why not. */
    String message();

    default boolean confirmed() {
        return this instanceof Confirmed;
    }

    /** pen was asked afterwards and shows the change. */
    record Confirmed(String message) implements Outcome {}

    /** Nothing was sent, or pen said no: its state is as it was. */
    record Refused(String message) implements Outcome {}

    /** The change may or may not have been made: what was seen instead, or why nothing could be seen. */
    record NotConfirmed(String message) implements Outcome {}
}
