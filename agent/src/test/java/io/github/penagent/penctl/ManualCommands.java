package io.github.penagent.penctl;

import static io.github.penagent.penctl.ManualRow.never;
import static io.github.penagent.penctl.ManualRow.row;
import static io.github.penagent.penctl.ManualRow.started;
import static io.github.penagent.penctl.Workbench.confirmed;
import static io.github.penagent.penctl.Workbench.done;
import static io.github.penagent.penctl.Workbench.refused;
import static io.github.penagent.penctl.Workbench.unseen;
import static io.github.penagent.penctl.Workbench.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.HttpTraffic;
import io.github.penagent.penctl.AclRule.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** The rows of the manual's access lists, questions and actions, and of what has no safe form at all. */
final class ManualCommands {
    private ManualCommands() {}

    static Stream<ManualRow> rows() {
        return Stream.of(lists(), questions(), actions(), noSafeValue()).flatMap(rows -> rows);
    }

    private static Stream<ManualRow> lists() {
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

    private static Stream<ManualRow> questions() {
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
                        .endsWith(":" + bench.controlPort())),
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
                row("status", ManualCommands::status),
                row("connection N", ManualCommands::connection),
                row("socket N", ManualCommands::connection));
    }

    private static ManualRow asked(String command, Amount amount) {
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

    private static Stream<ManualRow> actions() {
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

    private static Stream<ManualRow> noSafeValue() {
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
}
