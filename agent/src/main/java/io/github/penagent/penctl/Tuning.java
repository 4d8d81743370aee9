package io.github.penagent.penctl;

import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/**
 * What pen can be told about itself while it runs. Every call answers with an {@link Outcome} and never with an error:
 * {@link Outcome.Refused} with the reason before anything of the change is sent, {@link Outcome.Confirmed} only if pen,
 * asked anew, shows it. All of it is gone when pen restarts, and a HUP sets back what its configuration file says.
 *
 * <p>The calls may be repeated and are, up to five times, while the answer is lost.
 */
public final class Tuning {
    private static final Pattern UDP_LOG = Pattern.compile("([0-9.]+):(\\d{1,5})");

    private final Desk desk;

    Tuning(Desk desk) {
        this.desk = desk;
    }

    /** Switches on or off. Confirmed only for what {@code mode} prints. */
    public Mono<Outcome> turn(Toggle toggle, boolean on) {
        Change change = Change.of(desk, () -> toggle.order(on, desk.version()))
                .unless(() -> on ? obstacle(toggle) : Mono.just(""));
        return toggle.shownBy(desk.version())
                ? change.shownBy(
                        desk.ask(Command.mode()),
                        mode -> toggle.in(mode).filter(shown -> shown == on).isPresent())
                : change.unseen();
    }

    private Mono<String> obstacle(Toggle toggle) {
        return switch (toggle) {
            case WEIGHT -> Change.looking(desk.ask(Command.servers()), Tuning::weightless);
            case DUMMY ->
                Change.looking(
                        Questions.optional(desk, Questions.LOG),
                        log -> log.isEmpty()
                                ? ""
                                : "pen logs: it would look for the server of each line outside its table");
            default -> Mono.just("");
        };
    }

    private static String weightless(ServerTable servers) {
        for (int slot = 0; slot < servers.size(); slot++) {
            if (!servers.unused(slot) && servers.weight(slot) > 0) {
                return "";
            }
        }
        return "no server has a weight: pen would refuse every new client";
    }

    /** Sets a number, within {@link Amount}'s range and in its unit. Confirmed only for what pen tells. */
    public Mono<Outcome> set(Amount amount, int value) {
        Change change = Change.of(desk, () -> amount.order(value, desk.version()))
                .unless(() -> switch (amount) {
                    case CLIENTS_MAX, CONN_MAX -> looking(amount, has -> shrinking(amount, has, value));
                    case IDLE_TIMEOUT -> looking(Amount.CONN_MAX, has -> idle(value, has));
                    default -> Mono.just("");
                });
        return amount.readable()
                ? change.shownBy(desk.ask(amount.question()), shown -> shown == value)
                : change.unseen();
    }

    private Mono<String> looking(Amount amount, Function<Integer, String> objection) {
        return Change.looking(desk.ask(amount.question()), objection);
    }

    private static String shrinking(Amount amount, int has, int value) {
        return value < has ? amount.word() + " is " + has + " and cannot shrink" : "";
    }

    private static String idle(int seconds, int connMax) {
        return seconds > connMax
                ? "with conn_max " + connMax + " an idle_timeout above that closes nothing at all"
                : "";
    }

    /** Which side's end closes both. Shown nowhere. Since 0.27. */
    public Mono<Outcome> fastClose(FastClose which) {
        return Change.of(desk, () -> since("tcp_fastclose", PenVersion.V0_27, which.word()))
                .unseen();
    }

    /**
     * Moves the address for clients; the old one is closed at once. {@link Danger#MOVES_LISTENER}: if pen cannot have the
     * new one (taken by somebody who does not share it, privileged, not an address of its machine) it exits. Since 0.27.
     *
     * @param address an IP address in numbers
     * @param port 1 to 65535, and not that of the control port, which pen would share with its clients
     */
    public Mono<Outcome> listen(String address, int port) {
        Supplier<String> where = () -> Wording.text(Wording.address(address)) + ":" + Wording.port(port);
        return Change.of(desk, () -> since("listen", PenVersion.V0_27, where.get())
                        .with(Danger.MOVES_LISTENER))
                .unless(() -> Change.looking(
                        desk.ask(Command.control()),
                        control -> control.endsWith(":" + port) ? "that is the port of the control port" : ""))
                .shownBy(desk.ask(Command.listen()), shown -> shown.equals(where.get()));
    }

    /**
     * Logs the first line of what clients send, into a file or to {@code penlogd}.
     *
     * @param target an absolute path on pen's machine ({@link Danger#WRITES_FILE}: pen exits if it cannot write there), or
     *     IPv4 address and port ({@link Danger#SHOWS_TRAFFIC}: what clients send goes over the network as it is)
     */
    public Mono<Outcome> log(String target) {
        Matcher udp = UDP_LOG.matcher(target);
        if (udp.matches()) {
            return logTo(udp.group(1), Integer.parseInt(udp.group(2)));
        }
        return Change.of(desk, () -> Order.of("log " + Wording.path(target)).with(Danger.WRITES_FILE))
                .shownBy(Questions.optional(desk, Questions.LOG), target::equals);
    }

    private Mono<Outcome> logTo(String address, int port) {
        return Change.of(
                        desk, () -> Order.of("log " + Wording.text(Wording.address(address)) + ":" + Wording.port(port))
                                .with(Danger.SHOWS_TRAFFIC))
                // pen cuts the text at its colon.
                .shownBy(Questions.optional(desk, Questions.LOG), address::equals);
    }

    /** Ends logging into a file. Refused for a log over the network, which pen would carry on without showing it. */
    public Mono<Outcome> noLog() {
        return Change.of(desk, () -> Order.of("no log"))
                .unless(() -> Change.looking(
                        Questions.optional(desk, Questions.LOG),
                        log -> log.isEmpty() || log.startsWith("/")
                                ? ""
                                : "pen logs to " + log + ", and would go on: log into a file first"))
                .shownBy(Questions.optional(desk, Questions.LOG), String::isEmpty);
    }

    /**
     * Where {@link Information#status()} and the signal USR1 write pen's page; needed before either works.
     *
     * @param path absolute, on pen's machine. {@link Danger#WRITES_FILE}
     */
    public Mono<Outcome> webStats(String path) {
        return Change.of(desk, () -> Order.of("web_stats " + Wording.path(path)).with(Danger.WRITES_FILE))
                .shownBy(Questions.optional(desk, Questions.WEB_STATS), path::equals);
    }

    /** Forgets the file for pen's page; the file stays. */
    public Mono<Outcome> noWebStats() {
        return Change.of(desk, () -> Order.of("no web_stats"))
                .shownBy(Questions.optional(desk, Questions.WEB_STATS), String::isEmpty);
    }

    /**
     * The local address for connections to servers. {@link Danger#CANNOT_BE_UNDONE}. Of little use: pen binds to a port left
     * in its memory by chance, so only one connection at a time has that address, and the others go out as before. Shown
     * nowhere. Since 0.34.
     *
     * @param address an IP address in numbers, of the same family as all servers
     */
    public Mono<Outcome> source(String address) {
        return Change.of(desk, () -> since("source", PenVersion.V0_34, Wording.text(Wording.address(address)))
                        .with(Danger.CANNOT_BE_UNDONE))
                .unless(() -> Change.looking(
                        desk.ask(Command.servers()), servers -> foreign(servers, Wording.address(address).length)))
                .unseen();
    }

    private static String foreign(ServerTable servers, int bytes) {
        for (int slot = 0; slot < servers.size(); slot++) {
            String addr = servers.addr(slot);
            boolean other = addr.startsWith("/") || (addr.indexOf(':') >= 0) != (bytes == 16);
            if (!servers.unused(slot) && other) {
                return "server " + slot + " at " + addr + " has an address of another family";
            }
        }
        return "";
    }

    /** The cipher list, in OpenSSL's form, for TLS contexts made from now on. Shown nowhere. Since 0.27, builds with TLS. */
    public Mono<Outcome> sslCiphers(String list) {
        return Change.of(desk, () -> since("ssl_ciphers", PenVersion.V0_27, Wording.ciphers(list)))
                .unseen();
    }

    /** Adds an option; {@link Danger#CANNOT_BE_UNDONE}. Shown nowhere. Since 0.27, in builds with TLS. */
    public Mono<Outcome> sslOption(TlsOption option) {
        return Change.of(desk, () -> since("ssl_option", PenVersion.V0_27, option.word())
                        .with(Danger.CANNOT_BE_UNDONE))
                .unseen();
    }

    /** A file with a fresh OCSP response, on pen's machine. Shown nowhere. Since 0.27, in builds with TLS. */
    public Mono<Outcome> sslOcspResponse(String path) {
        return Change.of(desk, () -> since("ssl_ocsp_response", PenVersion.V0_27, Wording.path(path)))
                .unseen();
    }

    /** The directory with a key and a certificate per name. Shown nowhere. Since 0.27, in builds with TLS. */
    public Mono<Outcome> sslSniPath(String path) {
        return Change.of(desk, () -> since("ssl_sni_path", PenVersion.V0_27, Wording.path(path)))
                .unseen();
    }

    private Order since(String word, PenVersion since, String argument) {
        Since.check(word, since, desk.version());
        return Order.of(word + " " + argument);
    }

    /** Always refused, with the reason: {@code dsr_if} crashes every pen that knows it. */
    public Mono<Outcome> dsrInterface(String name) {
        return Change.refused("dsr_if crashes every pen that runs and knows it (0.28 and later); start pen with it");
    }

    /** Always refused, with the reason: {@code dsr_ip} is read at start only. */
    public Mono<Outcome> dsrAddress(String address) {
        return Change.refused("pen reads dsr_ip at its start only");
    }

    /** Always refused, with the reason: {@code epoll}, {@code poll}, {@code select} and {@code kqueue} do nothing later. */
    public Mono<Outcome> events(String method) {
        return Change.refused("pen picks its way to wait for events at its start only: start it with -O");
    }
}
