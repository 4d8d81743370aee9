package io.github.penagent.penctl;

import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/** Questions with small replies of their own form, each read whole or not at all. */
final class Questions {
    static final Command<Idlers> IDLERS =
            matching("idlers", "Idlers: (-?\\d+)/(-?\\d+)\n", m -> new Idlers(number(m, 1), number(m, 2)));
    static final Command<Integer> IDLERS_WANTED = matching("idlers", "Idlers: -?\\d+/(-?\\d+)\n", m -> number(m, 1));
    static final Command<Integer> IDLE_TIMEOUT =
            matching("idle_timeout", "Idle timeout: (\\d+) seconds\n", m -> number(m, 1));
    /** The one reply of pen that has no line end. */
    static final Command<Integer> TARPIT_ACL = matching("tarpit_acl", "tarpit_acl = (-?\\d+)", m -> number(m, 1));

    static final Command<String> LOG = Command.asking("log", Questions::textOrNothing);
    static final Command<String> WEB_STATS = Command.asking("web_stats", Questions::textOrNothing);
    static final Command<StatusPage> STATUS = Command.asking("status", StatusReader::read);

    private Questions() {}

    static Command<ConnectionState> connection(int number) {
        String head = "Connection " + Wording.within("the connection", number, 0, Integer.MAX_VALUE);
        return matching(
                "connection " + number,
                head + "(?: out of range|:\nstate = (\\d+)\ndownfd = (-?\\d+), upfd = (-?\\d+)\n"
                        + "client = (-?\\d+), server = (-?\\d+)\npend = (-?\\d+))\n",
                m -> m.group(1) == null ? ConnectionState.none(number) : connection(number, m));
    }

    private static ConnectionState connection(int number, MatchResult m) {
        return new ConnectionState(
                number, number(m, 1), number(m, 2), number(m, 3), number(m, 4), number(m, 5), number(m, 6));
    }

    /** Which connection a socket belongs to, -1 for none. */
    static Command<Integer> socket(int fd) {
        Wording.within("the socket", fd, 0, Integer.MAX_VALUE);
        return matching("socket " + fd, "Socket " + fd + " belongs to connection (-?\\d+)\n", m -> number(m, 1));
    }

    /** An empty reply is a value here, or a refusal; a command that always answers tells which. */
    static Mono<Answer<String>> optional(Desk desk, Command<String> question) {
        return desk.ask(question)
                .flatMap(answer ->
                        answer instanceof Answer.Ok<String> ok && ok.value().isEmpty()
                                ? desk.ask(Command.pid()).map(pid -> heard(ok, pid))
                                : Mono.just(answer));
    }

    private static Answer<String> heard(Answer<String> empty, Answer<Integer> pid) {
        return pid instanceof Answer.Failed<Integer> failed
                ? new Answer.Failed<>(failed.failure(), failed.timing())
                : empty;
    }

    private static String textOrNothing(Cursor reply) throws UnreadableReply {
        return reply.atEnd() ? "" : Cursor.onlyText(reply);
    }

    private static <T> Command<T> matching(String question, String form, Function<MatchResult, T> make) {
        Pattern pattern = Pattern.compile(form);
        boolean lines = form.endsWith("\n");
        return Command.asking(question, reply -> {
            String text = Cursor.anything(reply.nonEmpty());
            Matcher m = pattern.matcher(text);
            try {
                if (m.matches()) {
                    return make.apply(m);
                }
            } catch (NumberFormatException e) {
                throw reply.malformed("expected numbers of 32 bits");
            }
            if (lines && !text.endsWith("\n")) {
                throw unfinished(text);
            }
            throw reply.malformed("expected the form '" + form.replace("\n", "\\n") + "'");
        });
    }

    private static UnreadableReply unfinished(String text) {
        int line = (int) text.chars().filter(c -> c == '\n').count() + 1;
        return new UnreadableReply(new Failure.UnfinishedLine(line, text.length() - text.lastIndexOf('\n')));
    }

    private static int number(MatchResult m, int group) {
        return Integer.parseInt(m.group(group));
    }
}
