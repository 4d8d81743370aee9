package io.github.penagent.penctl;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads texts again and again as the agent reads replies to {@code servers}, and tells what a line takes. In this package, because
 * only here a command can be given its reply.
 */
public final class ServersParsing {
    private static final int TEXTS = 8;
    private static final int WARM = 8;
    private static final int PASSES = 11;
    private static final int LINES_PER_PASS = 200_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ServerTable table = new ServerTable();
    private final Command<ServerTable> servers = Command.servers(table);
    private final byte[][] texts = new byte[TEXTS][];

    private ServersParsing(Path folder, String group) throws IOException {
        for (int i = 0; i < TEXTS; i++) {
            texts[i] = Files.readAllBytes(folder.resolve(group + "-" + i));
        }
    }

    /** The folder, then the groups of texts {@code GROUP-0} to {@code GROUP-7} in it. */
    public static void main(String[] words) throws IOException, UnreadableReply {
        for (int i = 1; i < words.length; i++) {
            System.out.println(new ServersParsing(Path.of(words[0]), words[i]).measure(words[i]));
        }
    }

    private String measure(String group) throws UnreadableReply {
        long lines = 0;
        long sum = 0;
        for (byte[] text : texts) {
            lines += servers.read(text, text.length).size();
            sum += sum();
        }
        int readings = (int) (LINES_PER_PASS / (lines / TEXTS));
        double[] nanos = new double[PASSES];
        long allocated = 0;
        for (int pass = -WARM; pass < PASSES; pass++) {
            long bytes = threads.getCurrentThreadAllocatedBytes();
            long start = threads.getCurrentThreadCpuTime();
            read(readings);
            if (pass >= 0) {
                nanos[pass] = (double) (threads.getCurrentThreadCpuTime() - start) / LINES_PER_PASS;
                allocated = threads.getCurrentThreadAllocatedBytes() - bytes;
            }
        }
        Arrays.sort(nanos);
        return String.format(
                Locale.ROOT,
                "ns_%1$s=%2$.2f lines_%1$s=%3$d sum_%1$s=%4$d bytes_%1$s=%5$.3f",
                group,
                nanos[PASSES / 2],
                lines,
                sum,
                (double) allocated / readings);
    }

    private void read(int readings) throws UnreadableReply {
        for (int i = 0; i < readings; i++) {
            byte[] text = texts[i % TEXTS];
            servers.read(text, text.length);
        }
    }

    /** Of all numbers in the text that was read last, those in its addresses included. */
    private long sum() {
        long sum = 0;
        for (int slot = 0; slot < table.size(); slot++) {
            sum += slot + table.port(slot) + table.conn(slot) + table.max(slot) + table.hard(slot);
            sum += table.weight(slot) + table.prio(slot) + table.sx(slot) + table.rx(slot);
            for (String part : table.addr(slot).split("\\.")) {
                sum += Integer.parseInt(part);
            }
        }
        return sum;
    }
}
