package io.github.penagent.ctl;

import io.github.penagent.penctl.Answer;
import io.github.penagent.penctl.Command;
import io.github.penagent.penctl.FastClose;
import io.github.penagent.penctl.Outcome;
import io.github.penagent.penctl.TlsOption;
import io.github.penagent.penctl.Toggle;
import io.github.penagent.penctl.Tuning;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** Settings that are neither switches nor numbers, and {@code no} for all that can be taken back. */
final class SettingWords {
    private SettingWords() {}

    static List<WordCommand> all() {
        return Stream.of(places(), tls(), List.of(no()), refused())
                .flatMap(List::stream)
                .toList();
    }

    private static List<WordCommand> places() {
        return List.of(
                new WordCommand("listen", "[A:P]", "Where pen listens for clients.", SettingWords::listen)
                        .noting("With an IP address and a port it moves there.", "With --json: {\"listen\":...}"),
                text("log", "The log file on pen's machine, or penlogd's A:P.", pen -> pen.pen()
                        .information()
                        .log()),
                text("web_stats", "The file for pen's status page.", pen -> pen.pen()
                        .information()
                        .webStats()),
                one("source", "A", "The local address for connections to backends.", Tuning::source),
                one(
                        "tcp_fastclose",
                        words(FastClose.values(), FastClose::word),
                        "Which side's end closes both.",
                        (settings, word) -> settings.fastClose(pick(FastClose.values(), FastClose::word, word))));
    }

    private static List<WordCommand> tls() {
        return List.of(
                one("ssl_ciphers", "LIST", "The cipher list, as OpenSSL writes it.", Tuning::sslCiphers),
                one("ssl_ocsp_response", "PATH", "A file with an OCSP response.", Tuning::sslOcspResponse),
                one("ssl_sni_path", "PATH", "The directory with keys and certificates.", Tuning::sslSniPath),
                one(
                        "ssl_option",
                        words(TlsOption.values(), TlsOption::word),
                        "Adds a TLS option.",
                        (settings, word) -> settings.sslOption(pick(TlsOption.values(), TlsOption::word, word))));
    }

    /** What pen takes no more once it runs, with the library's reasons. */
    private static List<WordCommand> refused() {
        return Stream.concat(
                        Stream.of(any("dsr_if", Tuning::dsrInterface), any("dsr_ip", Tuning::dsrAddress)),
                        Stream.of("epoll", "kqueue", "poll", "select").map(word -> any(word, Tuning::events)))
                .toList();
    }

    private interface Setting {
        Mono<Outcome> of(Tuning settings, String word);
    }

    private static WordCommand one(String word, String form, String meaning, Setting setting) {
        return WordCommand.changing(
                word, form, meaning, (pen, words) -> setting.of(pen.pen().settings(), words.last()));
    }

    private static WordCommand any(String word, Setting setting) {
        return WordCommand.changing(
                        word,
                        "[ARG...]",
                        "Always refused, with the reason.",
                        (pen, words) -> setting.of(pen.pen().settings(), word))
                .unlisted();
    }

    private interface Question {
        Mono<Answer<String>> of(Conversation pen);
    }

    private static WordCommand text(String word, String meaning, Question question) {
        return new WordCommand(word, "[F]", meaning, (pen, words) -> {
                    if (!words.more()) {
                        return ValueWords.value(word, pen.told(word, question.of(pen)));
                    }
                    Tuning settings = pen.pen().settings();
                    String target = words.last();
                    return Outcomes.report(
                            pen.outcome(word.equals("log") ? settings.log(target) : settings.webStats(target)));
                })
                .noting("Alone it tells it, empty for none; 'no " + word + "' ends it.");
    }

    private static Report listen(Conversation pen, Words words) throws NoAnswer, Misuse {
        if (!words.more()) {
            return ValueWords.value("listen", pen.ask(Command.listen()));
        }
        String where = words.last();
        int colon = where.lastIndexOf(':');
        if (colon < 1) {
            throw words.misuse("'" + where + "' is not an address and a port");
        }
        String host = where.substring(0, colon);
        String address = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        int port = words.number(where.substring(colon + 1));
        return Outcomes.report(pen.outcome(pen.pen().settings().listen(address, port)));
    }

    private static WordCommand no() {
        return WordCommand.changing(
                "no",
                "acl N|log|web_stats|SWITCH",
                "Takes back: empties a list, ends a log, switches off.",
                SettingWords::takingBack);
    }

    private static Mono<Outcome> takingBack(Conversation pen, Words words) throws Misuse {
        String word = words.next();
        if (word.equals("acl")) {
            return pen.pen().acls().remove(words.lastNumber());
        }
        words.end();
        Tuning settings = pen.pen().settings();
        if (word.equals("log")) {
            return settings.noLog();
        }
        if (word.equals("web_stats")) {
            return settings.noWebStats();
        }
        Optional<Toggle> toggle = Toggle.named(word);
        if (toggle.isEmpty()) {
            throw words.misuse("'" + word + "' cannot be switched off");
        }
        return settings.turn(toggle.get(), false);
    }

    private interface Naming<T> {
        String of(T value);
    }

    private static <T> String words(T[] values, Naming<T> naming) {
        return Arrays.stream(values).map(naming::of).collect(Collectors.joining("|"));
    }

    private static <T> T pick(T[] values, Naming<T> naming, String word) {
        return Arrays.stream(values)
                .filter(value -> naming.of(value).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is none of " + words(values, naming)));
    }
}
