package io.github.penagent.health.probe;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import java.util.Optional;

/** One protocol's part of an exchange: what to say, and what to think of the answer. Used once, on one thread. */
interface Dialogue {

    /** Adds what turns bytes into messages. */
    default void prepare(ChannelPipeline pipeline) {}

    /** Connected: says the first word, or knows enough already. */
    Optional<Verdict> begin(ChannelHandlerContext context);

    /** The same over TLS, whose certificate is good for {@code daysLeft} more days. */
    default Optional<Verdict> beginSecured(ChannelHandlerContext context, long daysLeft) {
        return begin(context);
    }

    /** One message of the peer; it is released by the caller. Empty while the answer is not whole. */
    Optional<Verdict> heard(Object message);

    /** What to say before leaving after a good answer; empty for nothing. */
    default String farewell() {
        return "";
    }
}
