package io.github.penagent.penctl;

import org.jspecify.annotations.Nullable;

/** What to do about a pen that was just read. */
sealed interface Plan {

    /** Nothing to send: it is so already, or it must not be. */
    record Done(Outcome outcome) implements Plan {
        static Done refused(String why) {
            return new Done(new Outcome.Refused(why));
        }
    }

    /**
     * One command.
     *
     * @param before the slot as read; null if the command creates it
     * @param after the slot as pen has to show it then
     * @param hidden why pen's list cannot show all of it, or an empty text
     * @param note what a person should know if it is confirmed, or an empty text
     * @param whenConfirmed what is to be remembered then
     */
    record Write(
            Order order,
            @Nullable ServerRow before,
            ServerRow after,
            String hidden,
            String note,
            Runnable whenConfirmed)
            implements Plan {

        /** A change that pen's list shows. */
        static Write visible(Order order, @Nullable ServerRow before, ServerRow after) {
            return new Write(order, before, after, "", "", () -> {});
        }

        /** With something that pen's list does not show; the rest is {@code after}. */
        static Write hidden(Order order, ServerRow before, ServerRow after, String why) {
            return new Write(order, before, after, why, "", () -> {});
        }

        Write noting(String text) {
            return new Write(order, before, after, hidden, text, whenConfirmed);
        }

        Write whenConfirmed(Runnable action) {
            return new Write(order, before, after, hidden, note, action);
        }

        boolean isDone(PenState state) {
            return state.has(after.slot()) && state.rows().get(after.slot()).sameSettings(after);
        }

        /** Whether the slot is what it was before anything was sent, so that sending again changes nothing else. */
        boolean isUntouched(PenState state) {
            return before == null
                    ? state.rows().size() == after.slot()
                    : state.rows().get(after.slot()).sameSettings(before);
        }

        String seen(PenState state) {
            return state.has(after.slot()) ? state.rows().get(after.slot()).text() : "no slot " + after.slot();
        }
    }
}
