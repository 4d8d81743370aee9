package io.github.penagent.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the configuration library says about a file it cannot read, cut to what helps an operator. */
record LibraryMessage(@Nullable ConfigOrigin place, String text) {
    /** Advice that quotes the text a second time, or that is for programmers. */
    private static final Pattern ADVICE = Pattern.compile(" ?\\(if you .*", Pattern.DOTALL);

    private static final Pattern CLASS_NAME = Pattern.compile("(?:[a-z]+\\.)+[A-Z]\\w*Exception: ");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\u0085\u2028\u2029]+");

    static LibraryMessage of(ConfigException e) {
        String message = CONTROL.matcher(String.valueOf(e.getMessage())).replaceAll(" ");
        if (e instanceof ConfigException.IO) {
            return new LibraryMessage(
                    null, "cannot read " + CLASS_NAME.matcher(message).replaceAll(""));
        }
        ConfigOrigin place = e.origin();
        String prefix = place == null ? "" : place.description() + ": ";
        String text = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
        return new LibraryMessage(place, ADVICE.matcher(text).replaceFirst(""));
    }

    void addTo(Problems problems) {
        if (place == null) {
            problems.add(text);
        } else {
            problems.add(place, text);
        }
    }
}
