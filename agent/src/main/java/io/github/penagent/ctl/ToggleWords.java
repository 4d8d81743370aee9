package io.github.penagent.ctl;

import io.github.penagent.penctl.Toggle;
import java.util.Arrays;
import java.util.List;

/** What pen switches on by a word, and off by {@code no} before it. */
final class ToggleWords {
    private ToggleWords() {}

    static List<WordCommand> all() {
        return Arrays.stream(Toggle.values()).map(ToggleWords::on).toList();
    }

    private static WordCommand on(Toggle toggle) {
        WordCommand command = WordCommand.changing(toggle.word(), "", meaning(toggle), (pen, words) -> {
                    words.end();
                    return pen.pen().settings().turn(toggle, true);
                })
                .noting("'no " + toggle.word() + "' switches it off.");
        return switch (toggle) {
            case PEEK, BLOCK, DELAYED_FORWARD -> command.unlisted();
            default -> command;
        };
    }

    private static String meaning(Toggle toggle) {
        return switch (toggle) {
            case HASH -> "A client's first backend by a hash of its address.";
            case HTTP -> "Adds X-Forwarded-For headers to HTTP requests.";
            case ROUNDROBIN -> "Backends in turn, without remembering clients.";
            case STUBBORN -> "A client whose backend is unavailable is closed.";
            case WEIGHT -> "Backends by weight.";
            case PRIO -> "The backend with the lowest priority number first.";
            case ASCII -> "Dumps of traffic as text.";
            case KEEPALIVE -> "SO_KEEPALIVE on new connections to backends.";
            case TCP_NODELAY -> "TCP_NODELAY on new connections.";
            case TRANSPARENT -> "The client's address as source towards backends.";
            case ABORT_ON_ERROR -> "A fatal error leaves a core file.";
            case DUMMY -> "pen answers as a web server itself.";
            case PEEK -> "Waits for the client to speak; refused, for pen then hangs.";
            case BLOCK, DELAYED_FORWARD -> "Nothing since pen 0.26.";
        };
    }
}
