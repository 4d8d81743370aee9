package io.github.penagent.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the configuration library says about a file it cannot read, cut to what helps an operator. */
record LibraryMessage(@Nullable ConfigOrigin place, String text) {
    private static final int MAX_SHOWN = 200;

    /** Advice that quotes the text a second time, or that is for programmers. */
    private static final Pattern ADVICE = Pattern.compile(" ?(?:\\(if you |Trace: ).*", Pattern.DOTALL);

    private static final Pattern NOT_FOUND = Pattern.compile("resource not found on classpath: .*", Pattern.DOTALL);

    private static final Pattern CLASS_NAME = Pattern.compile("(?:[a-z]+\\.)+[A-Z]\\w*Exception: ");

    static LibraryMessage of(ConfigException e) {
        String message = String.valueOf(e.getMessage());
        return e instanceof ConfigException.IO ? unread(message) : unparsed(message, e.origin());
    }

    private static LibraryMessage unread(String message) {
        String plain = CLASS_NAME.matcher(message).replaceAll("");
        return new LibraryMessage(
                null, cut("cannot read " + NOT_FOUND.matcher(plain).replaceFirst("no such file")));
    }

    private static LibraryMessage unparsed(String message, @Nullable ConfigOrigin place) {
        String prefix = place == null ? "" : place.description() + ": ";
        String text = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
        // The library says so of any bracket that is left open.
        String corrected = text.replace("a close parentheses ')' here", "a closing brace or bracket");
        return new LibraryMessage(place, cut(ADVICE.matcher(corrected).replaceFirst("")));
    }

    private static String cut(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }

    void addTo(Problems problems) {
        if (place == null) {
            problems.add(text);
        } else {
            problems.add(place, text);
        }
    }
}
