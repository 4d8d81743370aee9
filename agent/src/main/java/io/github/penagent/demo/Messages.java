package io.github.penagent.demo;

import io.vertx.core.buffer.Buffer;
import java.util.random.RandomGenerator;

/** What the demo's clients say: whole requests of varying size that end with the server closing. */
final class Messages {
    private static final int MAX_FORM_BYTES = 2_048;
    private static final int MAX_MAIL_LINES = 200;
    private static final String MAIL_LINE = "All work and no play makes a balancer a dull thing to look at.\r\n";

    private Messages() {}

    static Buffer form(RandomGenerator random) {
        int size = random.nextInt(MAX_FORM_BYTES);
        return Buffer.buffer(
                "POST /form HTTP/1.0\r\nHost: demo.invalid\r\nContent-Length: " + size + "\r\n\r\n" + "x".repeat(size));
    }

    static Buffer mail(RandomGenerator random) {
        return Buffer.buffer("EHLO client.invalid\r\nMAIL FROM:<a@demo.invalid>\r\nRCPT TO:<b@demo.invalid>\r\nDATA\r\n"
                + MAIL_LINE.repeat(random.nextInt(1, MAX_MAIL_LINES)) + ".\r\nQUIT\r\n");
    }
}
