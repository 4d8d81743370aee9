package io.github.penagent.logging;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.charset.StandardCharsets;

/**
 * logback's JSON, with what JSON allows bare and a log does not: the line ends of other alphabets, what steers a terminal, and what
 * turns the direction of writing. All of these can only stand inside its strings.
 */
final class OneLineJson extends JsonEncoder {
    @Override
    public byte[] encode(ILoggingEvent event) {
        String line = new String(super.encode(event), StandardCharsets.UTF_8).stripTrailing();
        StringBuilder plain = new StringBuilder(line.length() + 64);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (Logfmt.isUnprintable(c)) {
                plain.append(String.format("\\u%04x", (int) c));
            } else {
                plain.append(c);
            }
        }
        return plain.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }
}
