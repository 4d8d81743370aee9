package io.github.penagent.penctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.penctl.AclRule.Policy;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** Arguments that pen would take, and crash, hang, stop or go wrong by: none of them leaves the library. */
class HostileSettingsIT {
    private static final List<String> HOSTILE = List.of(
            "",
            " ",
            "/",
            "relative",
            "/a b",
            "/a\nexit",
            "/a\r",
            "/a\t",
            "/a\0",
            "/\u00e9",
            "/a/../b",
            "/a//b",
            "/a/",
            "/dev/zero",
            "/proc/self/mem",
            "/sys/x",
            "localhost:514",
            "1.2.3.4:0",
            "1.2.3.4:70000",
            "1.2.3:514",
            "/" + "x".repeat(600));
    private static final List<String> ADDRESSES = List.of(
            "",
            " ",
            "localhost",
            "0",
            "1.2",
            "1.2.3.4 ",
            "1.2.3.4\nexit",
            "1.2.3.256",
            "[::1]",
            "fe80::1%lo",
            "::1 x",
            "/tmp/socket",
            "example.test");

    @Test
    void invalid_and_missing_arguments_are_refused_before_a_byte_is_sent(@TempDir Path directory) {
        try (Workbench bench = new Workbench(directory, "-X")) {
            Pen pen = bench.pen();
            Stream.of(numbers(), paths(), addresses(), lists())
                    .flatMap(calls -> calls)
                    .forEach(call -> {
                        String said = refusal(pen, call);
                        assertThat(said).isNotBlank();
                        assertThat(bench.sent()).as(said).isEmpty();
                    });
            assertThat(bench.unharmed()).isTrue();
        }
    }

    @Test
    void dangers_that_nobody_accepted_are_refused_by_name_before_a_byte_is_sent(@TempDir Path directory) {
        try (Workbench bench = new Workbench(directory, "-X")) {
            Pen pen = bench.cautious();
            Tuning settings = pen.settings();
            Information information = pen.information();
            refused(bench, settings.set(Amount.BLACKLIST, 60), Danger.BLACKLISTS_AGAIN);
            refused(bench, settings.set(Amount.CONN_MAX, 600), Danger.GROWS_CONNECTIONS);
            refused(bench, settings.set(Amount.CLIENTS_MAX, 3_000), Danger.CANNOT_BE_UNDONE);
            refused(bench, settings.set(Amount.CLIENT_ACL, 1), Danger.LOCKS_OUT);
            refused(bench, settings.set(Amount.CONTROL_ACL, 1), Danger.LOCKS_OUT);
            refused(bench, settings.set(Amount.DEBUG, 2), Danger.SHOWS_TRAFFIC);
            refused(bench, settings.set(Amount.TARPIT_ACL, 1), Danger.REPLACES_TRAFFIC);
            refused(bench, settings.turn(Toggle.DUMMY, true), Danger.REPLACES_TRAFFIC);
            refused(bench, settings.listen("127.0.0.1", 1), Danger.MOVES_LISTENER);
            refused(bench, settings.log("/nowhere"), Danger.WRITES_FILE);
            refused(bench, settings.log("127.0.0.1:514"), Danger.SHOWS_TRAFFIC);
            refused(bench, settings.webStats("/nowhere"), Danger.WRITES_FILE);
            refused(bench, settings.source("127.0.0.1"), Danger.CANNOT_BE_UNDONE);
            refused(bench, settings.sslOption(TlsOption.NO_SSLV2), Danger.CANNOT_BE_UNDONE);
            refused(bench, pen.acls().add(0, AclRule.ipv4(Policy.PERMIT, "10.0.0.1")), Danger.LOCKS_OUT);
            refused(bench, information.exit(), Danger.STOPS_PEN);
            refused(bench, information.include("/nowhere"), Danger.READS_FILE);
            refused(bench, information.write(), Danger.WRITES_FILE);
            refused(bench, information.write("/nowhere"), Danger.WRITES_FILE);
            refused(bench, information.close(0), Danger.CLOSES_CONNECTION);
            assertThat(bench.unharmed()).isTrue();
        }
    }

    private static void refused(Workbench bench, Mono<Outcome> call, Danger danger) {
        Workbench.refused(call, danger + " not accepted");
        assertThat(bench.sent()).isEmpty();
    }

    /** The reason, however it is told: values say no when they are made, calls by their outcome. */
    private static String refusal(Pen pen, Function<Pen, Mono<Outcome>> call) {
        try {
            Outcome outcome = Workbench.done(call.apply(pen));
            assertThat(outcome).isInstanceOf(Outcome.Refused.class);
            return outcome.message();
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static Stream<Function<Pen, Mono<Outcome>>> numbers() {
        Stream<Function<Pen, Mono<Outcome>>> ranges = Stream.of(Amount.values()).flatMap(amount -> Stream.of(
                        amount.least() - 1, amount.most() + 1, Integer.MIN_VALUE, Integer.MAX_VALUE)
                .map(value -> pen -> pen.settings().set(amount, value)));
        return Stream.concat(
                ranges,
                Stream.of(
                        pen -> pen.settings().set(Amount.IDLERS, 1),
                        pen -> pen.information().close(-1),
                        pen -> pen.settings().listen("127.0.0.1", 0),
                        pen -> pen.settings().listen("127.0.0.1", 99_999),
                        pen -> pen.settings().dsrInterface(""),
                        pen -> pen.settings().dsrAddress("10.0.0.1")));
    }

    private static Stream<Function<Pen, Mono<Outcome>>> paths() {
        return HOSTILE.stream()
                .flatMap(text -> Stream.of(
                        pen -> pen.settings().log(text),
                        pen -> pen.settings().webStats(text),
                        pen -> pen.settings().sslOcspResponse(text),
                        pen -> pen.settings().sslSniPath(text),
                        pen -> pen.settings().sslCiphers(text + " "),
                        pen -> pen.information().include(text),
                        pen -> pen.information().write(text)));
    }

    private static Stream<Function<Pen, Mono<Outcome>>> addresses() {
        return ADDRESSES.stream()
                .flatMap(text -> Stream.of(
                        pen -> pen.settings().listen(text, 8_080),
                        pen -> pen.settings().source(text),
                        pen -> pen.acls().add(1, AclRule.ipv4(Policy.PERMIT, text)),
                        pen -> pen.acls().add(1, AclRule.ipv4(Policy.PERMIT, "10.0.0.0", text)),
                        pen -> pen.acls().add(1, AclRule.ipv6(Policy.PERMIT, text, 128))));
    }

    private static Stream<Function<Pen, Mono<Outcome>>> lists() {
        AclRule rule = AclRule.ipv4(Policy.PERMIT, "127.0.0.1");
        Stream<Function<Pen, Mono<Outcome>>> numbers = Stream.of(-1, 10, Integer.MAX_VALUE)
                .flatMap(list -> Stream.of(
                        pen -> pen.acls().add(list, rule),
                        pen -> pen.acls().remove(list),
                        pen -> pen.acls().useForClients(list),
                        pen -> pen.acls().useForControl(list)));
        Stream<Function<Pen, Mono<Outcome>>> rules = Stream.of(
                pen -> pen.acls().add(1, AclRule.ipv4(Policy.DENY, "10.0.0.1", "255.0.0.0")),
                pen -> pen.acls().add(1, AclRule.ipv6(Policy.DENY, "2001:db8::1", 32)),
                pen -> pen.acls().add(1, AclRule.ipv6(Policy.DENY, "::", 129)),
                pen -> pen.acls().add(1, AclRule.ipv6(Policy.DENY, "::", -1)),
                pen -> pen.acls().add(1, AclRule.country(Policy.DENY, "")),
                pen -> pen.acls().add(1, AclRule.country(Policy.DENY, "se")),
                pen -> pen.acls().add(1, AclRule.country(Policy.DENY, "S\n")),
                pen -> pen.acls().add(1, AclRule.country(Policy.DENY, "SWE")));
        return Stream.concat(numbers, rules);
    }
}
