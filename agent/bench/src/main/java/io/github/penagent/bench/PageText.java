package io.github.penagent.bench;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * What a server answered with, taken apart. Two pages that have as many lines about pens, of which the numbers come to the same sum,
 * say the same; what a process says of itself is different at each look.
 */
record PageText(String text) {
    /** One line. */
    record Sample(String name, String labels, String value) {
        static Sample of(String line) {
            int brace = line.indexOf('{');
            int space = line.lastIndexOf(' ');
            int end = brace < 0 ? space : brace;
            return new Sample(line.substring(0, end), line.substring(end, space), line.substring(space + 1));
        }
    }

    /** Asks once. */
    static PageText at(int port, String path, boolean gzip) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        connection.setRequestProperty("Accept", "text/plain;version=0.0.4");
        if (gzip) {
            connection.setRequestProperty("Accept-Encoding", "gzip");
        }
        try (InputStream raw = connection.getInputStream()) {
            boolean packed = "gzip".equals(connection.getContentEncoding());
            if (packed != gzip) {
                throw new IOException("compressed: " + packed + ", wanted: " + gzip);
            }
            InputStream in = packed ? new GZIPInputStream(raw) : raw;
            return new PageText(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** All lines with numbers. */
    long series() {
        return text.lines()
                .filter(line -> !line.startsWith("#") && !line.isEmpty())
                .count();
    }

    /** Those about pens. */
    List<Sample> samples() {
        return text.lines()
                .filter(line -> line.startsWith("pen_") && !line.startsWith("pen_agent_"))
                .map(Sample::of)
                .toList();
    }

    private BigDecimal sum() {
        return samples().stream()
                .map(sample -> new BigDecimal(sample.value()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Fails unless the other says the same. */
    PageText like(PageText other, String way) {
        if (samples().size() != other.samples().size() || sum().compareTo(other.sum()) != 0) {
            throw new IllegalStateException(way + " has " + samples().size() + " lines about pens and a sum of " + sum()
                    + ", others " + other.samples().size() + " and " + other.sum());
        }
        return this;
    }
}
