package io.github.penagent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a JVM is resident, all of it at one moment, in bytes.
 *
 * @param heap where objects live, as far as it was touched
 * @param code that it compiled
 * @param other memory of its own: classes, threads, and what was allocated and not given back to the kernel
 * @param files as far as they are mapped, read and unchanged: the kernel takes these pages back when it needs them
 */
record Resident(double heap, double code, double other, double files) {
    private static final Pattern MAPPING = Pattern.compile("(\\p{XDigit}+)-\\p{XDigit}+ (\\S+) \\S+ \\S+ \\S+\\s*(.*)");
    private static final Pattern SIZE = Pattern.compile("(Rss|Anonymous): +(\\d+) kB");
    private static final Pattern BOUNDS = Pattern.compile("\\[0x(\\p{XDigit}+), 0x\\p{XDigit}+, 0x(\\p{XDigit}+)\\)");

    /** The addresses that a heap may have: its bounds do not change. */
    record HeapBounds(long from, long to) {
        /** @param info what {@code jcmd GC.heap_info} says of a serial collector's generations */
        static HeapBounds in(String info) {
            long from = BOUNDS.matcher(info)
                    .results()
                    .mapToLong(m -> address(m.group(1)))
                    .min()
                    .orElseThrow();
            long to = BOUNDS.matcher(info)
                    .results()
                    .mapToLong(m -> address(m.group(2)))
                    .max()
                    .orElseThrow();
            return new HeapBounds(from, to);
        }

        private boolean has(long address) {
            return from <= address && address < to;
        }
    }

    /** Of any process, in one number. */
    static double total(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("\\D", "")))
                .sum();
    }

    static Resident of(long pid, HeapBounds bounds) throws IOException {
        return read(Files.readString(Path.of("/proc/" + pid + "/smaps")), bounds);
    }

    /** @param smaps as the kernel tells it of each mapping */
    static Resident read(String smaps, HeapBounds bounds) {
        double heap = 0;
        double code = 0;
        double other = 0;
        double files = 0;
        boolean inHeap = false;
        boolean compiled = false;
        for (String line : smaps.lines().toList()) {
            Matcher size = SIZE.matcher(line);
            Matcher mapping = MAPPING.matcher(line);
            if (mapping.matches()) {
                inHeap = bounds.has(address(mapping.group(1)));
                compiled = mapping.group(2).contains("x") && mapping.group(3).isEmpty();
            } else if (size.matches()) {
                double bytes = 1024 * Double.parseDouble(size.group(2));
                boolean own = size.group(1).equals("Anonymous");
                files += own ? -bytes : bytes;
                heap += own && inHeap ? bytes : 0;
                code += own && compiled ? bytes : 0;
                other += own && !inHeap && !compiled ? bytes : 0;
            }
        }
        return new Resident(heap, code, other, files);
    }

    double all() {
        return heap + code + other + files;
    }

    private static long address(String hex) {
        return Long.parseUnsignedLong(hex, 16);
    }
}
