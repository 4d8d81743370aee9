package io.github.penagent.penctl;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How pen picks a server for a client.
 *
 * @param text pen's own words, such as {@code no hash roundrobin no stubborn no weight no prio}
 * @param hash by a hash of the client's address
 * @param roundrobin in turn, without remembering clients
 * @param stubborn a client whose server is unavailable is closed
 * @param weight by weight
 * @param prio by priority
 */
public record Mode(String text, boolean hash, boolean roundrobin, boolean stubborn, boolean weight, boolean prio) {

    private static final List<String> ALWAYS_NAMED = List.of("hash", "roundrobin", "stubborn", "weight");

    /** Reads pen's own words; empty if they leave anything out that every pen names. */
    public static Optional<Mode> of(String text) {
        Map<String, Boolean> flags = flags(text);
        return missing(flags).isPresent() ? Optional.empty() : Optional.of(of(text, flags));
    }

    static Mode parse(Cursor reply) throws UnreadableReply {
        String text = Cursor.onlyText(reply);
        Map<String, Boolean> flags = flags(text);
        Optional<String> missing = missing(flags);
        if (missing.isPresent()) {
            String name = missing.get();
            throw new UnreadableReply(new Failure.Malformed(1, 1, "expected '" + name + "' or 'no " + name + "'"));
        }
        return of(text, flags);
    }

    private static Optional<String> missing(Map<String, Boolean> flags) {
        return ALWAYS_NAMED.stream().filter(name -> !flags.containsKey(name)).findFirst();
    }

    private static Mode of(String text, Map<String, Boolean> flags) {
        return new Mode(
                text,
                on(flags, "hash"),
                on(flags, "roundrobin"),
                on(flags, "stubborn"),
                on(flags, "weight"),
                // Releases before 0.18 know no prio.
                on(flags, "prio"));
    }

    private static boolean on(Map<String, Boolean> flags, String name) {
        return flags.getOrDefault(name, false);
    }

    private static Map<String, Boolean> flags(String text) {
        Map<String, Boolean> flags = new HashMap<>();
        boolean on = true;
        for (String word : text.split(" ", -1)) {
            if (word.equals("no") && on) {
                on = false;
            } else {
                flags.put(word, on);
                on = true;
            }
        }
        return flags;
    }
}
