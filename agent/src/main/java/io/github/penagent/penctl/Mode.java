package io.github.penagent.penctl;

import java.util.HashMap;
import java.util.Map;

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

    static Mode parse(Cursor reply) throws UnreadableReply {
        String text = Cursor.onlyText(reply);
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
        return new Mode(
                text,
                flag(flags, "hash"),
                flag(flags, "roundrobin"),
                flag(flags, "stubborn"),
                flag(flags, "weight"),
                // Releases before 0.18 know no prio.
                flags.getOrDefault("prio", false));
    }

    private static boolean flag(Map<String, Boolean> flags, String name) throws UnreadableReply {
        Boolean on = flags.get(name);
        if (on == null) {
            throw new UnreadableReply(new Failure.Malformed(1, 1, "expected '" + name + "' or 'no " + name + "'"));
        }
        return on;
    }
}
