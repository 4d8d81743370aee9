package io.github.penagent.ctl;

import io.github.penagent.penctl.ConnectionState;
import java.util.List;

/** Commands that do something once, and questions about single connections. */
final class ActionWords {
    private ActionWords() {}

    static List<WordCommand> all() {
        return List.of(
                new WordCommand("connection", "N", "One entry of pen's table of connections.", ActionWords::connection),
                new WordCommand(
                        "socket", "FD", "The connection that one of pen's sockets belongs to.", (pen, words) -> {
                            int fd = words.lastNumber();
                            return ValueWords.value(
                                    "connection",
                                    pen.told(
                                            "socket " + fd,
                                            pen.pen().information().socket(fd)));
                        }),
                WordCommand.changing("close", "N", "Closes a connection that is in use.", (pen, words) -> pen.pen()
                        .information()
                        .close(words.lastNumber())),
                WordCommand.changing(
                        "include", "F", "pen runs the commands in a file of its machine.", (pen, words) -> pen.pen()
                                .information()
                                .include(words.last())),
                WordCommand.changing(
                        "write",
                        "[F]",
                        "pen writes its configuration into a file.",
                        (pen, words) -> words.more()
                                ? pen.pen().information().write(words.last())
                                : pen.pen().information().write()),
                WordCommand.changing("exit", "", "Ends pen, if it was started with -X.", (pen, words) -> {
                    words.end();
                    return pen.pen().information().exit();
                }));
    }

    private static Report connection(Conversation pen, Words words) throws NoAnswer, Misuse {
        int number = words.lastNumber();
        ConnectionState now =
                pen.told("connection " + number, pen.pen().information().connection(number));
        if (!now.exists()) {
            throw new IllegalArgumentException("pen has no connection " + number);
        }
        String text = "connection " + number + (now.inUse() ? "" : " is not in use") + ": state " + now.state()
                + ", sockets " + now.downFd() + " to the client and " + now.upFd() + " to the backend, client row "
                + now.client() + ", slot " + now.server() + "\n";
        return Report.of(
                text,
                Json.object(
                        "connection", number,
                        "in_use", now.inUse(),
                        "state", now.state(),
                        "client_socket", now.downFd(),
                        "backend_socket", now.upFd(),
                        "client_row", now.client(),
                        "slot", now.server()));
    }
}
