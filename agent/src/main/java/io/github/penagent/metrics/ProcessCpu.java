package io.github.penagent.metrics;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/**
 * CPU time of this process. Its share is measured here because the JVM's own measure reads the control group's files at each look,
 * which makes more garbage than all the rest of a page.
 */
final class ProcessCpu {
    private static final OperatingSystemMXBean SYSTEM = ManagementFactory.getOperatingSystemMXBean();

    /** Between two looks that are to be compared; shorter times say more about the clock than about the process. */
    private static final double SHORTEST_SECONDS = 0.1;

    private double lookedSeconds = clock();
    private double usedSeconds = seconds();
    private double usage;

    /** Used so far, in seconds; NaN where the JVM does not tell. */
    static double seconds() {
        return SYSTEM instanceof com.sun.management.OperatingSystemMXBean s ? s.getProcessCpuTime() / 1e9 : Double.NaN;
    }

    /** The share of all processors that was used since the last look, 0 to 1. */
    synchronized double usage() {
        double now = clock();
        double elapsed = now - lookedSeconds;
        if (elapsed >= SHORTEST_SECONDS) {
            double used = seconds();
            usage = Math.min(
                    1, (used - usedSeconds) / elapsed / Runtime.getRuntime().availableProcessors());
            lookedSeconds = now;
            usedSeconds = used;
        }
        return usage;
    }

    private static double clock() {
        return System.nanoTime() / 1e9;
    }
}
