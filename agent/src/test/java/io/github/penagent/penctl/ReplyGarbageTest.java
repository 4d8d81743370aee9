package io.github.penagent.penctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReplyGarbageTest {
    private static final int READINGS = 50;

    /** For a reply, not for a line: the cursor, and what the measuring itself takes. */
    private static final int BYTES_PER_REPLY = 512;

    @Test
    void reading_an_unchanged_long_reply_again_makes_no_garbage_per_line() throws UnreadableReply {
        byte[] servers = Replies.recorded("0.34.1/servers_1000");
        assertThat(allocatedPerReading(Command.servers(new ServerTable()), servers))
                .isLessThan(BYTES_PER_REPLY);
        byte[] clients = Replies.recorded("0.34.1/recent_2048");
        assertThat(allocatedPerReading(Command.recent(300, new ClientTable()), clients))
                .isLessThan(BYTES_PER_REPLY);
    }

    @Test
    void new_counts_on_known_lines_make_no_garbage_per_line() throws UnreadableReply {
        String servers = new String(Replies.recorded("0.34.1/servers_1000"), StandardCharsets.ISO_8859_1);
        Command<ServerTable> command = Command.servers(new ServerTable());
        Replies.read(command, servers);
        byte[] moved = servers.replaceAll("(conn|sx|rx) \\d+", "$1 1234567").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(allocated(command, moved)).isLessThan(BYTES_PER_REPLY);
    }

    private static long allocatedPerReading(Command<?> command, byte[] reply) throws UnreadableReply {
        command.read(reply, reply.length);
        return allocated(command, reply);
    }

    private static long allocated(Command<?> command, byte[] reply) throws UnreadableReply {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < READINGS; i++) {
            command.read(reply, reply.length);
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / READINGS;
    }
}
