package io.github.penagent.demo;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns command lines into the replies of pen 0.34.1. */
final class Interpreter {
    /** Pen formats each line of a reply in a buffer of 4096 bytes, the closing NUL included. */
    private static final int MAX_LINE_BYTES = 4095;

    private static final int RECENT_SECONDS = 300;

    /** Known to pen and without a reply, but without an effect here. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "abort_on_error",
            "acl",
            "ascii",
            "close",
            "connection",
            "dsr_if",
            "dsr_ip",
            "dummy",
            "epoll",
            "http",
            "include",
            "keepalive",
            "kqueue",
            "log",
            "peek",
            "poll",
            "select",
            "source",
            "ssl_ciphers",
            "ssl_client_renegotiation_interval",
            "ssl_ocsp_response",
            "ssl_option",
            "ssl_sni_path",
            "tcp_nodelay",
            "transparent",
            "web_stats",
            "write");

    private final Settings settings;
    private final Map<String, Verb> verbs;

    Interpreter(Settings settings, Servers servers, Clients clients, Identity identity) {
        this.settings = settings;
        verbs = Map.ofEntries(
                Map.entry("servers", (words, now) -> servers.rows()),
                Map.entry("server", (words, now) -> {
                    servers.configure(words, now);
                    return "";
                }),
                Map.entry("recent", (words, now) -> clients.recent(number(words.next(), RECENT_SECONDS), now)),
                Map.entry("mode", (words, now) -> settings.mode() + "\n"),
                Map.entry("pid", (words, now) -> identity.pid() + "\n"),
                Map.entry("listen", (words, now) -> identity.listen() + "\n"),
                Map.entry("control", (words, now) -> identity.control() + "\n"),
                Map.entry("no", (words, now) -> flag(words.next(), false)),
                Map.entry(
                        "socket", (words, now) -> "Socket " + number(words.next(), 0) + " belongs to connection -1\n"),
                Map.entry("idlers", (words, now) -> "Idlers: 0/0\n"),
                Map.entry("idle_timeout", (words, now) -> "Idle timeout: 0 seconds\n"),
                Map.entry("tarpit_acl", (words, now) -> "tarpit_acl = -1"),
                Map.entry("tcp_fastclose", (words, now) -> fastClose(words.next())),
                Map.entry("status", (words, now) -> "Unable to create webstats\n"),
                Map.entry("exit", (words, now) -> "Exit is not enabled; restart with -X flag\n"));
    }

    /** The whole reply: lines with their LF, or nothing. */
    String execute(String command, long nowSeconds) {
        Words words = new Words(command);
        String first = words.next();
        if (first == null || first.startsWith("#") || WITHOUT_EFFECT.contains(first)) {
            return "";
        }
        Verb verb = verbs.get(first);
        if (verb != null) {
            return verb.reply(words, nowSeconds);
        }
        Setting setting = Setting.of(first);
        if (setting != null) {
            return setting(setting, words.next());
        }
        return Flag.of(first) != null ? flag(first, true) : unknown(first);
    }

    private String setting(Setting setting, @Nullable String wanted) {
        if (wanted != null) {
            settings.set(setting, Words.atoi(wanted));
        }
        return setting == Setting.PENDING_MAX ? "" : settings.get(setting) + "\n";
    }

    /** Flags have no reply; neither has {@code no} before anything else. */
    private String flag(@Nullable String word, boolean on) {
        Flag flag = word == null ? null : Flag.of(word);
        if (flag != null) {
            settings.set(flag, on);
        }
        return "";
    }

    private static String fastClose(@Nullable String direction) {
        return direction == null ? "do_cmd: ignoring tcp_fastclose without argument\n" : "";
    }

    private static String unknown(String word) {
        String line = "do_cmd: ignoring command starting with '" + word + "'\n";
        return line.substring(0, Math.min(line.length(), MAX_LINE_BYTES));
    }

    private static int number(@Nullable String word, int otherwise) {
        return word == null ? otherwise : Words.atoi(word);
    }

    /** One command, its arguments still to be read. */
    private interface Verb {
        String reply(Words arguments, long nowSeconds);
    }

    /** What a pen knows about itself. */
    record Identity(long pid, String control, String listen) {}
}
