package io.github.penagent.penctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The replies of one line, and the commands that bring them. */
class SmallRepliesTest {
    @Test
    void a_number_is_one_line_and_nothing_else() {
        assertThat(Replies.read(Command.pid(), "4242\n")).isEqualTo(4242);
        assertThat(Replies.read(Command.blacklist(), "-1\n")).isEqualTo(-1);
        assertThat(Replies.failure(Command.pid(), "")).isEqualTo(new Failure.Denied());
        assertThat(Replies.failure(Command.pid(), "4242")).isEqualTo(new Failure.UnfinishedLine(1, 5));
        assertThat(Replies.failure(Command.pid(), "4242 \n"))
                .isEqualTo(new Failure.Malformed(1, 5, "expected the end of the line"));
        assertThat(Replies.failure(Command.pid(), "1\n2\n"))
                .isEqualTo(new Failure.Malformed(2, 1, "expected the end of the reply"));
        assertThat(Replies.failure(Command.pid(), "2147483648\n"))
                .isEqualTo(new Failure.Malformed(1, 1, "expected a number of 32 bits"));
    }

    @Test
    void a_text_has_only_characters_that_can_be_shown() {
        assertThat(Replies.read(Command.listen(), "0.0.0.0:80\n")).isEqualTo("0.0.0.0:80");
        assertThat(Replies.read(Command.control(), "/run/p\u00e9n\n")).isEqualTo("/run/p\u00e9n");
        for (String control : new String[] {"\033", "\t", "\u007f", "\u009b"}) {
            assertThat(Replies.failure(Command.control(), "/run" + control + "\n"))
                    .isEqualTo(new Failure.Malformed(1, 5, "expected printable text"));
        }
    }

    @Test
    void a_mode_is_five_flags() {
        Mode mode = Replies.read(Command.mode(), "hash no roundrobin stubborn no weight prio\n");
        assertThat(mode)
                .isEqualTo(new Mode("hash no roundrobin stubborn no weight prio", true, false, true, false, true));
        Mode older = Replies.read(
                Command.mode(), "no block no delayed_forward no hash roundrobin no stubborn no weight no prio\n");
        assertThat(older.roundrobin()).isTrue();
        assertThat(older.hash()).isFalse();
        assertThat(Replies.failure(Command.mode(), "no hash no stubborn\n").message())
                .isEqualTo("line 1, column 1: expected 'roundrobin' or 'no roundrobin'");
    }

    @Test
    void a_command_is_one_line() {
        for (Command<?> command : Replies.commands()) {
            assertThat(new String(command.line(), StandardCharsets.US_ASCII))
                    .isEqualTo(command + "\n")
                    .matches("[a-z_]+( \\d+)?\n");
        }
    }

    @Test
    void recent_looks_back_a_day_at_most() {
        ClientTable table = new ClientTable();
        assertThat(Command.recent(0, table)).hasToString("recent 0");
        assertThat(Command.recent(86_400, table)).hasToString("recent 86400");
        assertThatThrownBy(() -> Command.recent(86_401, table)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Command.recent(-1, table)).isInstanceOf(IllegalArgumentException.class);
    }
}
