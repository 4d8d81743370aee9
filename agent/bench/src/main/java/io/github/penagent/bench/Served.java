package io.github.penagent.bench;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/** A server under measurement, as seen from inside: it tells its port, and then what it is asked for by the line. */
final class Served {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Served() {}

    /** What is to be done with a word that is no question. */
    interface Order {
        void take(String word);
    }

    /** Until nobody asks any more. */
    static void on(int port, Order order) throws IOException {
        System.out.println(port);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String word = in.readLine(); word != null; word = in.readLine()) {
            if (!word.equals("tell")) {
                order.take(word);
            }
            System.out.println("allocated=" + allocated());
        }
        System.exit(0);
    }

    /** Bytes, by all threads that live. */
    private static long allocated() {
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }
}
