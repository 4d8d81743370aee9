package io.github.penagent.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.health.Cause;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
    /** Error numbers come from the native library, which has to be there first. */
    @BeforeAll
    static void loaded() {
        Epoll.ensureAvailability();
    }

    @ParameterizedTest
    @CsvSource({"111, REFUSED", "110, SILENT", "104, CLOSED", "32, CLOSED", "103, CLOSED"})
    void what_only_a_peer_can_cause_is_its_fault_in_any_language(int errno, Cause cause) {
        assertThat(Faults.of(new ConnectException("connect(..) failed with error(-" + errno + "): Verbindung ...")))
                .isInstanceOfSatisfying(
                        Verdict.Bad.class, bad -> assertThat(bad.cause()).isEqualTo(cause));
        assertThat(Faults.of(new Errors.NativeIoException("read", -errno))).isInstanceOf(Verdict.Bad.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 11, 12, 13, 23, 24, 98, 99, 101, 105, 113})
    void the_system_s_other_errors_are_ours(int errno) {
        assertThat(Faults.of(new ConnectException("connect(..) failed with error(-" + errno + "): what?")))
                .isInstanceOf(Verdict.Unknown.class);
        assertThat(Faults.of(new ChannelException(new Errors.NativeIoException("newSocketStream", -errno))))
                .isInstanceOf(Verdict.Unknown.class);
    }

    static Stream<Exception> ours() {
        return Stream.of(
                new NoRouteToHostException(),
                new BindException("Cannot assign requested address"),
                new SocketException("Too many open files"),
                new SocketException("Operation not permitted"),
                new FileNotFoundException(),
                new SocketException("No buffer space available"),
                new IOException("anything"));
    }

    @ParameterizedTest
    @MethodSource("ours")
    void so_are_those_of_the_jdks_own_sockets(Exception thrown) {
        assertThat(Faults.of(thrown)).isInstanceOf(Verdict.Unknown.class);
    }

    @Test
    void the_jdks_own_sockets_tell_a_refusal_and_a_reset() {
        assertThat(Faults.of(new ConnectException("Connection refused"))).isEqualTo(refused("connection refused"));
        assertThat(Faults.of(new ConnectException("Verbindungsaufbau abgelehnt")))
                .isEqualTo(refused("connection refused"));
        assertThat(Faults.of(new PortUnreachableException())).isEqualTo(refused("port unreachable"));
        assertThat(Faults.of(new SocketException("Connection reset")))
                .isInstanceOfSatisfying(
                        Verdict.Bad.class, bad -> assertThat(bad.cause()).isEqualTo(Cause.CLOSED));
    }

    @Test
    void a_long_message_is_cut_and_made_printable() {
        String line = Printable.line("\u001b[31m\n\u2028\u00e9".repeat(50));

        assertThat(line).hasSize(200).startsWith("\\x1b[31m\\x0a\\u2028\\xe9").endsWith("...");
        assertThat(Printable.line("x".repeat(200))).isEqualTo("x".repeat(200));
    }

    private static Verdict refused(String message) {
        return Verdict.bad(Cause.REFUSED, message);
    }
}
