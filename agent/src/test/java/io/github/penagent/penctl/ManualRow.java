package io.github.penagent.penctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * One command of the manual.
 *
 * @param options what pen is started with
 * @param effect makes the call and looks for what became of it
 */
record ManualRow(String command, List<String> options, Effect effect) {
    /** Taken by pen, and to be seen neither in a reply nor in its traffic, its log or the file it writes. */
    static final Set<String> SHOWN_NOWHERE = Set.of(
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
    interface Effect {
        void check(Workbench bench) throws IOException;
    }

    static ManualRow row(String command, Effect effect) {
        return new ManualRow(command, List.of(), effect);
    }

    /** With options for pen, words between single spaces. */
    static ManualRow started(String options, String command, Effect effect) {
        return new ManualRow(command, List.of(options.split(" ", -1)), effect);
    }

    /** Its effect cannot be looked for. */
    static ManualRow nowhere(String command, Effect effect) {
        assertThat(SHOWN_NOWHERE).contains(command);
        return row(command, effect);
    }

    /** Has no safe form: not a byte of it may be sent. */
    static ManualRow never(String command, Effect effect) {
        return row(command, bench -> {
            effect.check(bench);
            assertThat(bench.sent()).isEmpty();
        });
    }

    @Override
    public String toString() {
        return command;
    }
}
