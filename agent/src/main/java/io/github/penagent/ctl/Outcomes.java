package io.github.penagent.ctl;

import io.github.penagent.penctl.Danger;
import io.github.penagent.penctl.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What became of a change, in words, as JSON and as an exit code. */
final class Outcomes {
    private static final String OPEN = " not accepted";

    private Outcomes() {}

    static Report report(Outcome outcome) {
        List<Danger> open = open(outcome);
        String message = outcome.message();
        for (Danger danger : open) {
            message = message.replace(danger + OPEN, name(danger) + OPEN);
        }
        Map<String, Object> json = Json.object("outcome", word(outcome).replace(' ', '_'), "message", message);
        String text = word(outcome) + ": " + message + "\n";
        if (!open.isEmpty()) {
            List<String> names = open.stream().map(Outcomes::name).toList();
            json.put("accept", names);
            text += "nothing was sent; to accept that, add: --accept " + String.join(",", names) + "\n";
        }
        return new Report(text, json, succeeded(outcome) ? Ctl.DONE : Ctl.FAILED);
    }

    private static String word(Outcome outcome) {
        if (outcome instanceof Outcome.Confirmed) {
            return "confirmed";
        }
        return outcome instanceof Outcome.Refused ? "refused" : "not confirmed";
    }

    /** The dangers for which nothing was sent. */
    private static List<Danger> open(Outcome outcome) {
        List<Danger> open = new ArrayList<>();
        for (Danger danger : Danger.values()) {
            if (outcome instanceof Outcome.Refused refused && refused.message().contains(danger + OPEN)) {
                open.add(danger);
            }
        }
        return open;
    }

    /** Whether it is as good as it gets: confirmed, or taken by a pen that shows this nowhere. */
    static boolean succeeded(Outcome outcome) {
        return outcome.confirmed() || (outcome instanceof Outcome.NotConfirmed sent && shownNowhere(sent.message()));
    }

    /** In the library's words; {@code ChangingTest} holds both together. */
    private static boolean shownNowhere(String message) {
        return (message.startsWith("sent; pen ") && message.endsWith(" answers, and shows this nowhere"))
                || (message.startsWith("sent '") && message.contains("': pen took it, but its list does not show "));
    }

    /** A danger as the command line writes it, such as {@code stops-pen}. */
    static String name(Danger danger) {
        return danger.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String names() {
        return Arrays.stream(Danger.values()).map(Outcomes::name).collect(Collectors.joining(", "));
    }
}
