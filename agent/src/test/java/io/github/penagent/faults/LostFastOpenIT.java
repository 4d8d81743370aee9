package io.github.penagent.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.penagent.peers.AgentProcess;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.RawUnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Middleboxes drop connects that carry data. Here the listener's own packet filter does. */
class LostFastOpenIT {
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;

    /** {@code struct sock_fprog}: how many instructions, and where they are. */
    private static final RawUnixChannelOption FILTER =
            new RawUnixChannelOption("SO_ATTACH_FILTER", SOL_SOCKET, SO_ATTACH_FILTER, 16);

    /** Op code, jump if true, jump if false, operand: classic BPF, over the TCP header and what follows it. */
    private static final int[][] DROP_SYN_WITH_DATA = {
        {0x30, 0, 0, 13}, // A = flags
        {0x45, 0, 6, 0x02}, // SYN? else accept
        {0x30, 0, 0, 12}, // A = data offset, in the upper half
        {0x74, 0, 0, 4}, // A >>= 4
        {0x64, 0, 0, 2}, // A <<= 2: bytes of header
        {0x07, 0, 0, 0}, // X = A
        {0x80, 0, 0, 0}, // A = length of all
        {0x2d, 1, 0, 0}, // A > X? drop
        {0x06, 0, 0, -1}, // accept
        {0x06, 0, 0, 0}, // drop
    };

    /** With a deadline of over a second the kernel tries again, without the data, before the poll has failed. */
    @ParameterizedTest
    @CsvSource({"500ms, 2", "2s, 0"})
    void a_pen_behind_a_filter_that_drops_fast_open_is_reached_without_and_that_is_said_once(
            String deadline, double failures) {
        assumeTrue(Epoll.isAvailable() && Epoll.isTcpFastOpenClientSideAvailable(), "Linux with TCP fast open");
        ByteBuf program = program();
        try (Crowd pen = Crowd.ofOne("behind", FILTER, fprog(program));
                AgentProcess agent =
                        AgentProcess.start(pen.pens(), "poll { interval = 200ms, deadline = " + deadline + " }")) {
            String warning = "connects with TCP fast open are lost on the way; asking without from now on";
            await("the warning").atMost(Duration.ofSeconds(20)).until(() -> agent.log()
                    .contains(warning));
            double polls = Samples.of(agent).of("pen_polls_total", "behind");
            await("10 more polls")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> Samples.of(agent).of("pen_polls_total", "behind") > polls + 10);
            Samples page = Samples.of(agent);
            assertThat(page.up("behind")).isTrue();
            assertThat(page.of("pen_poll_duration_seconds", "behind")).isLessThan(0.5);
            // The third poll got through; the question after it made sure.
            assertThat(page.failures("behind", "connect")).isEqualTo(failures);
            assertThat(page.failures("behind")).isEqualTo(failures);
            assertThat(agent.log().lines().filter(line -> line.contains(warning)))
                    .singleElement()
                    .asString()
                    .contains("level=warn", "control=" + pen.pens().get("behind"));
        } finally {
            program.release();
        }
    }

    private static ByteBuf program() {
        ByteBuf program = Unpooled.directBuffer(DROP_SYN_WITH_DATA.length * 8);
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        for (int[] instruction : DROP_SYN_WITH_DATA) {
            if (little) {
                program.writeShortLE(instruction[0]);
            } else {
                program.writeShort(instruction[0]);
            }
            program.writeByte(instruction[1]).writeByte(instruction[2]);
            if (little) {
                program.writeIntLE(instruction[3]);
            } else {
                program.writeInt(instruction[3]);
            }
        }
        return program;
    }

    private static ByteBuffer fprog(ByteBuf program) {
        return ByteBuffer.allocateDirect(16)
                .order(ByteOrder.nativeOrder())
                .putShort(0, (short) DROP_SYN_WITH_DATA.length)
                .putLong(8, program.memoryAddress());
    }
}
