package io.github.penagent.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The page for one scrape.
 *
 * @param body to be released once it is sent
 * @param gzip whether it is compressed already
 */
public record ScrapeAnswer(ByteBuf body, boolean gzip) {
    /** Not compressed. */
    public static ScrapeAnswer plain(byte[] body) {
        return new ScrapeAnswer(Unpooled.wrappedBuffer(body), false);
    }
}
