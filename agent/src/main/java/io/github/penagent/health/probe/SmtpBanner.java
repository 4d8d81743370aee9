package io.github.penagent.health.probe;

import io.github.penagent.health.Cause;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A mail server speaks first: 220, on one line or on several that begin with "220-" up to the last. */
final class SmtpBanner implements Dialogue {
    private static final int MAX_BYTES = 8 * 1024;

    private final StringBuilder unread = new StringBuilder();
    private int bytes;

    @Override
    public Optional<Verdict> begin(ChannelHandlerContext context) {
        return Optional.empty();
    }

    @Override
    public Optional<Verdict> heard(Object message) {
        if (!(message instanceof ByteBuf part)) {
            return Optional.empty();
        }
        bytes += part.readableBytes();
        unread.append(part.toString(StandardCharsets.ISO_8859_1));
        for (int end = unread.indexOf("\n"); end >= 0; end = unread.indexOf("\n")) {
            String line = unread.substring(0, end).replaceFirst("\r$", "");
            unread.delete(0, end + 1);
            if (!line.startsWith("220-")) {
                return Optional.of(judge(line));
            }
        }
        return bytes > MAX_BYTES
                ? Optional.of(
                        Verdict.bad(Cause.WRONG, "expected a banner 220, saw " + bytes + " bytes without its end"))
                : Optional.empty();
    }

    private static Verdict judge(String line) {
        return line.equals("220") || line.startsWith("220 ")
                ? Verdict.good(line)
                : Verdict.bad(Cause.WRONG, "expected a banner 220, saw: " + line);
    }

    @Override
    public String farewell() {
        return "QUIT\r\n";
    }
}
