package io.github.penagent.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What one pen was told, and when: written down before the pen itself learns of it. */
final class Commands {
    private static final Pattern BLACKLIST = Pattern.compile("server (\\d+) blacklist (\\d+)");

    private final List<Command> all = new CopyOnWriteArrayList<>();

    record Command(long millis, String text) {}

    /** A slot is to be out for so long; 0 ends it. */
    record Write(long millis, int slot, int seconds) {
        long untilMillis() {
            return millis + 1_000L * seconds;
        }
    }

    void came(String text) {
        all.add(new Command(System.currentTimeMillis(), text.strip()));
    }

    List<Long> polls() {
        return all.stream()
                .filter(command -> command.text.equals("servers"))
                .map(Command::millis)
                .toList();
    }

    /** The longest that nobody asked, from {@code from} to {@code to}. */
    long longestGapMillis(long from, long to) {
        long last = from;
        long longest = 0;
        for (long poll : polls()) {
            if (poll > from && poll <= to) {
                longest = Math.max(longest, poll - last);
                last = poll;
            }
        }
        return Math.max(longest, to - last);
    }

    List<Write> writes() {
        return all.stream()
                .flatMap(command -> write(command.millis, BLACKLIST.matcher(command.text)))
                .toList();
    }

    private static Stream<Write> write(long millis, Matcher m) {
        return m.matches()
                ? Stream.of(new Write(millis, Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2))))
                : Stream.empty();
    }

    /** Slots at the same time, if pen counts no second more than it was told. */
    int mostOut() {
        Map<Integer, Long> until = new HashMap<>();
        int most = 0;
        for (Write write : writes()) {
            until.put(write.slot, write.untilMillis());
            until.values().removeIf(end -> end <= write.millis);
            most = Math.max(most, until.size());
        }
        return most;
    }

    boolean outAt(long millis) {
        return writes().stream().anyMatch(w -> w.seconds > 0 && w.millis <= millis && millis < w.untilMillis());
    }
}
