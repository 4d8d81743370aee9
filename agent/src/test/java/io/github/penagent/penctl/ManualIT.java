package io.github.penagent.penctl;

import static io.github.penagent.penctl.Workbench.confirmed;
import static io.github.penagent.penctl.Workbench.done;
import static io.github.penagent.penctl.Workbench.refused;
import static io.github.penagent.penctl.Workbench.unseen;
import static io.github.penagent.penctl.Workbench.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.HttpTraffic;
import io.github.penagent.peers.Ports;
import io.github.penagent.penctl.AclRule.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command of penctl's manual page for 0.34 but those about servers, each against a pen of its own. */
class ManualIT {
    /** The manual's commands; those about servers have their own tests. */
    private static final List<String> MANUAL = List.of(
            "abort_on_error",
            "no abort_on_error",
            "acl ipv4",
            "acl ipv6",
            "acl country",
            "no acl",
            "ascii",
            "no ascii",
            "blacklist",
            "blacklist T",
            "block",
            "no block",
            "client_acl N",
            "clients_max",
            "clients_max N",
            "close N",
            "connection N",
            "conn_max",
            "conn_max N",
            "control",
            "control_acl N",
            "debug",
            "debug N",
            "delayed_forward",
            "no delayed_forward",
            "dsr_if IF",
            "dummy",
            "no dummy",
            "epoll",
            "exit",
            "hash",
            "no hash",
            "http",
            "no http",
            "idle_timeout N",
            "idlers",
            "idlers N",
            "include FILE",
            "kqueue",
            "listen",
            "listen A",
            "log",
            "log FILE",
            "mode",
            "no log",
            "pending_max N",
            "pid",
            "poll",
            "prio",
            "no prio",
            "recent N",
            "roundrobin",
            "no roundrobin",
            "select",
            "socket N",
            "source IP",
            "ssl_ciphers",
            "ssl_client_renegotiation_interval",
            "ssl_ocsp_response",
            "ssl_option",
            "ssl_sni_path",
            "status",
            "stubborn",
            "no stubborn",
            "tarpit_acl",
            "tarpit_acl N",
            "tcp_fastclose",
            "tcp_nodelay",
            "no tcp_nodelay",
            "timeout",
            "timeout N",
            "tracking N",
            "transparent",
            "no transparent",
            "web_stats",
            "web_stats FILE",
            "no web_stats",
            "weight",
            "no weight",
            "write",
            "write FILE");

    /** Commands that pen knows and its manual does not. */
    private static final List<String> UNDOCUMENTED =
            List.of("keepalive", "no keepalive", "peek", "no peek", "dsr_ip IP");

    /** Taken by pen, and to be seen neither in a reply nor in its traffic, its log or the file it writes. */
    private static final Set<String> SHOWN_NOWHERE = Set.of(
            "abort_on_error",
            "no abort_on_error",
            "pending_max N",
            "ssl_ciphers",
            "ssl_client_renegotiation_interval",
            "ssl_ocsp_response",
            "ssl_option",
            "ssl_sni_path",
            "no transparent");

    /** Makes the call and looks for its effect. */
    private interface Effect {
        void check(Workbench bench) throws IOException;
    }

    private record Row(String command, List<String> options, Effect effect) {
        @Override
        public String toString() {
            return command;
        }
    }

    private static Row row(String command, Effect effect) {
        return new Row(command, List.of(), effect);
    }

    private static Row started(String options, String command, Effect effect) {
        return new Row(command, Arrays.asList(options.split(" ", -1)), effect);
    }

    static Stream<Row> valid() {
        return Stream.of(modes(), switches(), numbers(), texts(), lists(), questions(), actions(), noSafeValue())
                .flatMap(rows -> rows);
    }

    @ParameterizedTest
    @MethodSource("valid")
    void a_valid_command_does_what_the_manual_says_and_leaves_pen_alive(Row row, @TempDir Path directory)
            throws IOException {
        try (Workbench bench = new Workbench(directory, row.options().toArray(String[]::new))) {
            row.effect().check(bench);
            if (bench.real().alive() || !row.command().equals("exit")) {
                assertThat(bench.unharmed()).isTrue();
            }
        }
    }

    @Test
    void the_table_has_every_command_of_the_manual() {
        assertThat(valid().map(Row::command).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(MANUAL.stream(), UNDOCUMENTED.stream()).toList());
        System.out.println("shown nowhere: " + SHOWN_NOWHERE.stream().sorted().toList());
        assertThat(MANUAL).containsAll(SHOWN_NOWHERE);
    }

    /** What {@code mode} prints. */
    private static Stream<Row> modes() {
        return Stream.of(Toggle.HASH, Toggle.ROUNDROBIN, Toggle.STUBBORN, Toggle.WEIGHT, Toggle.PRIO)
                .flatMap(toggle -> Stream.of(mode(toggle, true), mode(toggle, false)));
    }

    private static Row mode(Toggle toggle, boolean on) {
        return row((on ? "" : "no ") + toggle.word(), bench -> {
            confirmed(bench.cautious().settings().turn(toggle, !on));
            confirmed(bench.cautious().settings().turn(toggle, on));
            assertThat(bench.real().penctl("mode").output().contains("no " + toggle.word()))
                    .isEqualTo(!on);
        });
    }

    private static Stream<Row> switches() {
        return Stream.of(
                written(Toggle.ASCII, true),
                written(Toggle.ASCII, false),
                written(Toggle.HTTP, true),
                written(Toggle.HTTP, false),
                written(Toggle.TCP_NODELAY, true),
                written(Toggle.TCP_NODELAY, false),
                nowhere(
                        "abort_on_error",
                        bench -> unseen(bench.cautious().settings().turn(Toggle.ABORT_ON_ERROR, true))),
                nowhere(
                        "no abort_on_error",
                        bench -> unseen(bench.cautious().settings().turn(Toggle.ABORT_ON_ERROR, false))),
                row("transparent", bench -> {
                    unseen(bench.cautious().settings().turn(Toggle.TRANSPARENT, true));
                    bench.traffic().get("127.0.0.2", 1);
                    // Without privileges it is an attempt, which the log tells of.
                    await().untilAsserted(() -> assertThat(bench.real().log()).contains("setsockopt: "));
                }),
                nowhere(
                        "no transparent",
                        bench -> unseen(bench.cautious().settings().turn(Toggle.TRANSPARENT, false))),
                row("dummy", bench -> {
                    confirmed(bench.pen().settings().log(bench.file("requests")));
                    refused(bench.pen().settings().turn(Toggle.DUMMY, true), "outside its table");
                    confirmed(bench.pen().settings().noLog());
                    unseen(bench.pen().settings().turn(Toggle.DUMMY, true));
                    assertThat(bench.traffic().get("127.0.0.2", 1)).isEqualTo(200);
                    assertThat(bench.backend().connections()).isZero();
                }),
                keepalive("keepalive", true),
                keepalive("no keepalive", false),
                row("no peek", bench -> {
                    // By hand, since the library does not.
                    bench.real().penctl("peek");
                    try (HttpTraffic.Connection hanging = bench.traffic().open("127.0.0.2")) {
                        await().until(() -> waiting(bench));
                        unseen(bench.cautious().settings().turn(Toggle.PEEK, false));
                        assertThat(bench.traffic().get("127.0.0.3", 1)).isEqualTo(200);
                        assertThat(waiting(bench)).isTrue();
                        assertThat(hanging).isNotNull();
                    }
                }),
                row("no dummy", bench -> {
                    unseen(bench.pen().settings().turn(Toggle.DUMMY, true));
                    unseen(bench.cautious().settings().turn(Toggle.DUMMY, false));
                    bench.traffic().get("127.0.0.2", 1);
                    assertThat(bench.backend().connections()).isOne();
                }));
    }

    /** Whether connection 0 waits for its client to speak. */
    private static boolean waiting(Workbench bench) {
        return value(bench.cautious().information().connection(0)).state() == 32;
    }

    /** The kernel's timer of the connection to the backend: 02 is the one that keeps it alive. */
    private static Row keepalive(String command, boolean on) {
        return row(command, bench -> {
            unseen(bench.cautious().settings().turn(Toggle.KEEPALIVE, true));
            unseen(bench.cautious().settings().turn(Toggle.KEEPALIVE, on));
            try (HttpTraffic.Connection open = bench.traffic().open("127.0.0.2")) {
                open.get(1);
                await().untilAsserted(() -> assertThat(bench.connectionsToBackend())
                        .hasSize(1)
                        .allMatch(line -> line.contains(on ? " 02:" : " 00:")));
            }
        });
    }

    private static Row nowhere(String command, Effect effect) {
        assertThat(SHOWN_NOWHERE).contains(command);
        return row(command, effect);
    }

    /** What {@code write} writes. */
    private static Row written(Toggle toggle, boolean on) {
        String line = (on ? "" : "no ") + toggle.word();
        return row(line, bench -> {
            unseen(bench.cautious().settings().turn(toggle, !on));
            assertThat(bench.configuration()).doesNotContain(line);
            unseen(bench.cautious().settings().turn(toggle, on));
            assertThat(bench.configuration()).contains(line);
        });
    }

    private static Stream<Row> numbers() {
        return Stream.of(
                number("timeout N", Amount.TIMEOUT, 1, 50, 3_600),
                number("tracking N", Amount.TRACKING, 0, 5, 315_360_000),
                number("blacklist T", Amount.BLACKLIST, 0, 60, 300_000_000),
                number("idle_timeout N", Amount.IDLE_TIMEOUT, 0, 60, 500),
                number("idlers N", Amount.IDLERS, 0),
                number("clients_max N", Amount.CLIENTS_MAX, 2_048, 3_000),
                number("conn_max N", Amount.CONN_MAX, 500, 600),
                number("client_acl N", Amount.CLIENT_ACL, 0, 5, 9),
                number("control_acl N", Amount.CONTROL_ACL, 0, 3, 9),
                number("debug N", Amount.DEBUG, 0, 3, 9),
                number("tarpit_acl N", Amount.TARPIT_ACL, 0, 9, -1),
                nowhere("pending_max N", bench -> {
                    for (int value : new int[] {1, 100, 100_000}) {
                        unseen(bench.cautious().settings().set(Amount.PENDING_MAX, value));
                    }
                }),
                nowhere(
                        "ssl_client_renegotiation_interval",
                        bench -> unseen(
                                bench.cautious().settings().set(Amount.SSL_CLIENT_RENEGOTIATION_INTERVAL, 3_600))));
    }

    private static Row number(String command, Amount amount, int... values) {
        return row(command, bench -> {
            for (int value : values) {
                confirmed(bench.pen().settings().set(amount, value));
                assertThat(value(bench.pen().information().amount(amount))).isEqualTo(value);
                assertThat(bench.real().penctl(amount.word()).output()).contains(Integer.toString(value));
            }
        });
    }

    private static Stream<Row> texts() {
        return Stream.of(
                row("listen A", bench -> {
                    int port = Ports.free("127.0.0.1");
                    confirmed(bench.pen().settings().listen("127.0.0.1", port));
                    assertThat(HttpTraffic.to(port).get("127.0.0.2", 1)).isEqualTo(200);
                    assertThatThrownBy(() -> bench.traffic().get("127.0.0.2", 1))
                            .isInstanceOf(IOException.class);
                }),
                row("listen A", bench -> {
                    int port = Ports.free("::1");
                    confirmed(bench.pen().settings().listen("::1", port));
                    refused(bench.pen().settings().listen("127.0.0.1", controlPort(bench)), "control port");
                }),
                row("log FILE", bench -> {
                    confirmed(bench.pen().settings().log(bench.file("requests")));
                    bench.traffic().get("127.0.0.2", 321);
                    // pen's log stays in its buffer until the file is closed.
                    confirmed(bench.pen().settings().noLog());
                    assertThat(Path.of(bench.file("requests")))
                            .content()
                            .startsWith("127.0.0.2 ")
                            .contains("GET /321 HTTP/1.1");
                }),
                row("no log", bench -> {
                    confirmed(bench.pen().settings().log("127.0.0.1:" + Ports.free("127.0.0.1")));
                    refused(bench.pen().settings().noLog(), "would go on");
                    confirmed(bench.pen().settings().log(bench.file("requests")));
                    confirmed(bench.pen().settings().noLog());
                    assertThat(bench.real().penctl("log").output()).isEmpty();
                }),
                row("web_stats FILE", bench -> {
                    confirmed(bench.pen().settings().webStats(bench.file("page")));
                    value(bench.pen().information().status());
                    assertThat(Path.of(bench.file("page"))).content().contains("Pen status page");
                }),
                row("no web_stats", bench -> {
                    confirmed(bench.pen().settings().webStats(bench.file("page")));
                    confirmed(bench.cautious().settings().noWebStats());
                    assertThat(bench.real().penctl("web_stats").output()).isEmpty();
                }),
                row("source IP", bench -> {
                    unseen(bench.pen().settings().source("127.0.0.7"));
                    try (HttpTraffic.Connection open = bench.traffic().open("127.0.0.2")) {
                        open.get(1);
                        assertThat(bench.connectionsToBackend()).anyMatch(line -> line.contains(" 0700007F:"));
                    }
                    refused(bench.pen().settings().source("::1"), "another family");
                }),
                row("tcp_fastclose", bench -> {
                    for (FastClose which : FastClose.values()) {
                        unseen(bench.cautious().settings().fastClose(which));
                        assertThat(bench.configuration()).contains("tcp_fastclose " + which.word());
                    }
                }),
                nowhere(
                        "ssl_ciphers",
                        bench -> unseen(bench.cautious().settings().sslCiphers("HIGH:!aNULL"))),
                nowhere("ssl_option", bench -> {
                    for (TlsOption option : TlsOption.values()) {
                        unseen(bench.pen().settings().sslOption(option));
                    }
                }),
                nowhere(
                        "ssl_ocsp_response",
                        bench -> unseen(bench.cautious().settings().sslOcspResponse(bench.file("ocsp")))),
                nowhere(
                        "ssl_sni_path",
                        bench -> unseen(bench.cautious().settings().sslSniPath(bench.file("keys")))));
    }

    private static int controlPort(Workbench bench) {
        return ((Endpoint.Tcp) bench.real().controlEndpoint()).port();
    }

    private static Stream<Row> lists() {
        return Stream.of(
                row("acl ipv4", bench -> {
                    unseen(bench.cautious().acls().add(2, AclRule.ipv4(Policy.PERMIT, "127.0.0.2")));
                    unseen(bench.cautious().acls().add(2, AclRule.ipv4(Policy.PERMIT, "127.4.0.0", "255.255.0.0")));
                    confirmed(bench.pen().acls().useForClients(2));
                    assertThat(bench.traffic().get("127.0.0.2", 1)).isEqualTo(200);
                    assertThat(bench.traffic().get("127.4.5.6", 1)).isEqualTo(200);
                    assertThatThrownBy(() -> bench.traffic().get("127.0.0.3", 1))
                            .isInstanceOf(IOException.class);
                }),
                row("acl ipv6", bench -> {
                    unseen(bench.cautious().acls().add(3, AclRule.ipv6(Policy.DENY, "2001:db8::", 32)));
                    unseen(bench.cautious().acls().add(3, AclRule.ipv6(Policy.PERMIT, "::ffff:127.0.0.1", 128)));
                    assertThat(bench.configuration())
                            .contains("acl 3 deny 2001:db8::/32", "acl 3 permit ::ffff:127.0.0.1/128");
                }),
                row("acl country", bench -> {
                    unseen(bench.cautious().acls().add(4, AclRule.country(Policy.DENY, "SE")));
                    assertThat(bench.configuration()).contains("acl 4 deny country SE");
                }),
                row("no acl", bench -> {
                    unseen(bench.cautious().acls().add(2, AclRule.ipv4(Policy.PERMIT, "127.0.0.2")));
                    confirmed(bench.pen().acls().useForClients(2));
                    assertThatThrownBy(() -> bench.traffic().get("127.0.0.3", 1))
                            .isInstanceOf(IOException.class);
                    refused(bench.cautious().acls().add(2, AclRule.ipv4(Policy.DENY, "127.0.0.9")), "LOCKS_OUT");
                    unseen(bench.cautious().acls().remove(2));
                    assertThat(bench.traffic().get("127.0.0.3", 1)).isEqualTo(200);
                }));
    }

    private static Stream<Row> questions() {
        return Stream.of(
                asked("blacklist", Amount.BLACKLIST),
                asked("timeout", Amount.TIMEOUT),
                asked("clients_max", Amount.CLIENTS_MAX),
                asked("conn_max", Amount.CONN_MAX),
                asked("debug", Amount.DEBUG),
                asked("tarpit_acl", Amount.TARPIT_ACL),
                row("idlers", bench -> assertThat(
                                value(bench.cautious().information().idlers()))
                        .isEqualTo(new Idlers(0, 0))),
                row("mode", bench -> assertThat(
                                value(bench.cautious().information().mode()).text() + "\n")
                        .isEqualTo(bench.real().penctl("mode").output())),
                row("pid", bench -> assertThat(
                                (long) value(bench.cautious().information().pid()))
                        .isEqualTo(bench.real().pid())),
                row("control", bench -> assertThat(
                                value(bench.cautious().information().control()))
                        .endsWith(":" + controlPort(bench))),
                row("listen", bench -> assertThat(
                                value(bench.cautious().information().listen()))
                        .isEqualTo(bench.real().listen())),
                row("log", bench -> assertThat(
                                value(bench.cautious().information().log()))
                        .isEmpty()),
                row("web_stats", bench -> assertThat(
                                value(bench.cautious().information().webStats()))
                        .isEmpty()),
                row("recent N", bench -> {
                    bench.traffic().get("127.0.0.2", 1);
                    ClientTable clients = value(bench.cautious().information().recent(300));
                    assertThat(clients.size()).isOne();
                    assertThat(clients.client(0)).isEqualTo("127.0.0.2");
                }),
                row("status", ManualIT::status),
                row("connection N", ManualIT::connection),
                row("socket N", ManualIT::connection));
    }

    private static Row asked(String command, Amount amount) {
        return row(command, bench -> assertThat(
                        bench.real().penctl(amount.word()).output())
                .contains(Integer.toString(value(bench.cautious().information().amount(amount)))));
    }

    private static void status(Workbench bench) throws IOException {
        Answer<StatusPage> without = done(bench.cautious().information().status());
        assertThat(without).isInstanceOf(Answer.Failed.class);
        confirmed(bench.pen().settings().webStats(bench.file("page")));
        try (HttpTraffic.Connection open = bench.traffic().open("127.0.0.2")) {
            open.get(100);
            StatusPage page = value(bench.cautious().information().status());
            assertThat(page.servers()).hasSize(1);
            assertThat(page.servers().get(0).port()).isEqualTo(bench.backend().port());
            assertThat(page.servers().get(0).received())
                    .isEqualTo(bench.backend().sent());
            assertThat(page.clients()).hasSize(1);
            assertThat(page.clients().get(0).address()).isEqualTo("127.0.0.2");
            assertThat(page.connections()).hasSize(1);
            assertThat(page.connectionsUsed()).isOne();
            assertThat(page.connectionsMax()).isEqualTo(500);
        }
    }

    private static void connection(Workbench bench) throws IOException {
        Information information = bench.cautious().information();
        assertThat(value(information.connection(100_000)).exists()).isFalse();
        assertThat(value(information.socket(900))).isEqualTo(-1);
        try (HttpTraffic.Connection open = bench.traffic().open("127.0.0.2")) {
            open.get(1);
            ConnectionState state = value(information.connection(0));
            assertThat(state.inUse()).isTrue();
            assertThat(state.server()).isZero();
            assertThat(value(information.socket(state.upFd()))).isZero();
            assertThat(value(information.socket(state.downFd()))).isZero();
        }
    }

    private static Stream<Row> actions() {
        return Stream.of(
                row("exit", bench -> refused(bench.pen().information().exit(), "Exit is not enabled")),
                started("-X", "exit", bench -> {
                    refused(bench.cautious().information().exit(), "STOPS_PEN");
                    assertThat(bench.unharmed()).isTrue();
                    confirmed(bench.pen().information().exit());
                    await().atMost(Duration.ofSeconds(5))
                            .until(() -> !bench.real().alive());
                }),
                row("close N", bench -> {
                    refused(bench.pen().information().close(0), "not in use");
                    try (HttpTraffic.Connection open = bench.traffic().open("127.0.0.2")) {
                        open.get(1);
                        refused(bench.cautious().information().close(0), "CLOSES_CONNECTION");
                        confirmed(bench.pen().information().close(0));
                        assertThatThrownBy(() -> open.get(1)).isInstanceOf(IOException.class);
                    }
                    refused(bench.pen().information().close(100_000), "no connection");
                }),
                row("include FILE", bench -> {
                    Files.writeString(Path.of(bench.file("commands")), "blacklist 77\nhash\n");
                    unseen(bench.pen().information().include(bench.file("commands")));
                    assertThat(value(bench.cautious().information().amount(Amount.BLACKLIST)))
                            .isEqualTo(77);
                }),
                row("write FILE", bench -> {
                    unseen(bench.pen().information().write(bench.file("written")));
                    assertThat(Path.of(bench.file("written"))).content().contains("server 0 acl 0 address 127.0.0.1");
                }),
                row("write", bench -> unseen(bench.pen().information().write())));
    }

    private static Stream<Row> noSafeValue() {
        return Stream.of(
                never("dsr_if IF", bench -> refused(bench.pen().settings().dsrInterface("lo"), "crashes")),
                never("peek", bench -> refused(bench.pen().settings().turn(Toggle.PEEK, true), "hangs")),
                never("dsr_ip IP", bench -> refused(bench.pen().settings().dsrAddress("10.0.0.1"), "start only")),
                never("epoll", bench -> refused(bench.pen().settings().events("epoll"), "-O")),
                never("kqueue", bench -> refused(bench.pen().settings().events("kqueue"), "-O")),
                never("poll", bench -> refused(bench.pen().settings().events("poll"), "-O")),
                never("select", bench -> refused(bench.pen().settings().events("select"), "-O")),
                never("block", bench -> refused(bench.pen().settings().turn(Toggle.BLOCK, true), "0.26")),
                never("no block", bench -> refused(bench.pen().settings().turn(Toggle.BLOCK, false), "0.26")),
                never(
                        "delayed_forward",
                        bench -> refused(bench.pen().settings().turn(Toggle.DELAYED_FORWARD, true), "0.26")),
                never(
                        "no delayed_forward",
                        bench -> refused(bench.pen().settings().turn(Toggle.DELAYED_FORWARD, false), "0.26")));
    }

    private static Row never(String command, Effect effect) {
        return row(command, bench -> {
            effect.check(bench);
            assertThat(bench.sent()).isEmpty();
        });
    }
}
