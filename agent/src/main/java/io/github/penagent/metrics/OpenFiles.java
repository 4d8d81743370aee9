package io.github.penagent.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/** Open files of this process, connections included. */
final class OpenFiles {
    private static final OperatingSystemMXBean SYSTEM = ManagementFactory.getOperatingSystemMXBean();
    private static final Path TABLE = Path.of("/proc/self/fd");

    private OpenFiles() {}

    /** As many as there are now; NaN where that cannot be told. */
    static double count() {
        long counted = counted();
        if (counted > 0) {
            return counted;
        }
        return SYSTEM instanceof UnixOperatingSystemMXBean unix ? unix.getOpenFileDescriptorCount() : Double.NaN;
    }

    /** As many as there may be; NaN where that cannot be told. */
    static double limit() {
        return SYSTEM instanceof UnixOperatingSystemMXBean unix ? unix.getMaxFileDescriptorCount() : Double.NaN;
    }

    /** Since 6.2 Linux tells how many there are; before that 0, and the JVM has to go through all of them. */
    private static long counted() {
        try {
            return Files.size(TABLE);
        } catch (IOException e) {
            return 0;
        }
    }
}
