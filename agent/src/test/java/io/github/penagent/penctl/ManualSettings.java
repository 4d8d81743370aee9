package io.github.penagent.penctl;

import static io.github.penagent.penctl.ManualRow.nowhere;
import static io.github.penagent.penctl.ManualRow.row;
import static io.github.penagent.penctl.Workbench.confirmed;
import static io.github.penagent.penctl.Workbench.refused;
import static io.github.penagent.penctl.Workbench.unseen;
import static io.github.penagent.penctl.Workbench.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.HttpTraffic;
import io.github.penagent.peers.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The rows of the manual's settings. */
final class ManualSettings {
    private ManualSettings() {}

    static Stream<ManualRow> rows() {
        return Stream.of(modes(), switches(), numbers(), texts()).flatMap(rows -> rows);
    }

    /** What {@code mode} prints. */
    private static Stream<ManualRow> modes() {
        return Stream.of(Toggle.HASH, Toggle.ROUNDROBIN, Toggle.STUBBORN, Toggle.WEIGHT, Toggle.PRIO)
                .flatMap(toggle -> Stream.of(mode(toggle, true), mode(toggle, false)));
    }

    private static ManualRow mode(Toggle toggle, boolean on) {
        return row((on ? "" : "no ") + toggle.word(), bench -> {
            confirmed(bench.cautious().settings().turn(toggle, !on));
            confirmed(bench.cautious().settings().turn(toggle, on));
            assertThat(bench.real().penctl("mode").output().contains("no " + toggle.word()))
                    .isEqualTo(!on);
        });
    }

    private static Stream<ManualRow> switches() {
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
    private static ManualRow keepalive(String command, boolean on) {
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

    /** What {@code write} writes. */
    private static ManualRow written(Toggle toggle, boolean on) {
        String line = (on ? "" : "no ") + toggle.word();
        return row(line, bench -> {
            unseen(bench.cautious().settings().turn(toggle, !on));
            assertThat(bench.configuration()).doesNotContain(line);
            unseen(bench.cautious().settings().turn(toggle, on));
            assertThat(bench.configuration()).contains(line);
        });
    }

    private static Stream<ManualRow> numbers() {
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

    private static ManualRow number(String command, Amount amount, int... values) {
        return row(command, bench -> {
            for (int value : values) {
                confirmed(bench.pen().settings().set(amount, value));
                assertThat(value(bench.pen().information().amount(amount))).isEqualTo(value);
                assertThat(bench.real().penctl(amount.word()).output()).contains(Integer.toString(value));
            }
        });
    }

    private static Stream<ManualRow> texts() {
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
                    refused(bench.pen().settings().listen("127.0.0.1", bench.controlPort()), "control port");
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
}
