package io.github.penagent.penctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command of penctl's manual page for 0.34 but those about servers, each against a pen of its own. The rows are in
 * {@link ManualSettings} and {@link ManualCommands}.
 */
class ManualIT {
    /** The manual's commands; those about servers have their own tests. */
    private static final List<String> MANUAL = words("""
            abort_on_error, no abort_on_error, acl ipv4, acl ipv6, acl country, no acl, ascii,
            no ascii, blacklist, blacklist T, block, no block, client_acl N, clients_max,
            clients_max N, close N, connection N, conn_max, conn_max N, control, control_acl N,
            debug, debug N, delayed_forward, no delayed_forward, dsr_if IF, dummy, no dummy, epoll,
            exit, hash, no hash, http, no http, idle_timeout N, idlers, idlers N, include FILE,
            kqueue, listen, listen A, log, log FILE, mode, no log, pending_max N, pid, poll, prio,
            no prio, recent N, roundrobin, no roundrobin, select, socket N, source IP, ssl_ciphers,
            ssl_client_renegotiation_interval, ssl_ocsp_response, ssl_option, ssl_sni_path, status,
            stubborn, no stubborn, tarpit_acl, tarpit_acl N, tcp_fastclose, tcp_nodelay,
            no tcp_nodelay, timeout, timeout N, tracking N, transparent, no transparent, web_stats,
            web_stats FILE, no web_stats, weight, no weight, write, write FILE""");

    /** Commands that pen knows and its manual does not. */
    private static final List<String> UNDOCUMENTED = words("keepalive, no keepalive, peek, no peek, dsr_ip IP");

    private static List<String> words(String text) {
        return List.of(text.strip().split(",\\s+", -1));
    }

    static Stream<ManualRow> valid() {
        return Stream.concat(ManualSettings.rows(), ManualCommands.rows());
    }

    @ParameterizedTest
    @MethodSource("valid")
    void a_valid_command_does_what_the_manual_says_and_leaves_pen_alive(ManualRow row, @TempDir Path directory)
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
        assertThat(valid().map(ManualRow::command).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(MANUAL.stream(), UNDOCUMENTED.stream()).toList());
        System.out.println(
                "shown nowhere: " + ManualRow.SHOWN_NOWHERE.stream().sorted().toList());
        assertThat(MANUAL).containsAll(ManualRow.SHOWN_NOWHERE);
    }
}
