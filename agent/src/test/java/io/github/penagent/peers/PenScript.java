package io.github.penagent.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a {@link FakePen} does with one connection. Text stands for bytes, as ISO 8859-1. */
@FunctionalInterface
public interface PenScript {
    void play(Visit visit) throws IOException;

    /** Reads the command, sends {@code reply} and closes, as a healthy pen does. */
    static PenScript replies(String reply) {
        return visit -> {
            visit.command();
            visit.send(bytes(reply));
        };
    }

    /** Reads the command and closes without a word, as pen does when its access list denies. */
    static PenScript saysNothing() {
        return replies("");
    }

    /** Reads the command and never answers. */
    static PenScript hangs() {
        return hangsAfter("");
    }

    /** Sends {@code part} of a reply and then nothing more. */
    static PenScript hangsAfter(String part) {
        return visit -> {
            visit.command();
            visit.send(bytes(part));
            visit.untilClientLeaves();
        };
    }

    /** Sends {@code reply} a byte at a time, each {@code interval} after the last. */
    static PenScript drips(String reply, Duration interval) {
        return visit -> {
            visit.command();
            for (byte b : bytes(reply)) {
                visit.send(new byte[] {b});
                visit.pause(interval);
            }
        };
    }

    /** Resets the connection before reading anything. */
    static PenScript resetsAtOnce() {
        return Visit::reset;
    }

    /** Reads the command, sends {@code part} of a reply, if any, and resets. TCP only. */
    static PenScript resetsAfter(String part) {
        return visit -> {
            visit.command();
            visit.send(bytes(part));
            visit.reset();
        };
    }

    /** Sends {@code line} again and again until the client has enough. */
    static PenScript neverEnds(String line) {
        byte[] lines = bytes(line.repeat(Math.max(1, 8192 / line.length())));
        return visit -> {
            visit.command();
            while (true) {
                visit.send(lines);
            }
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
