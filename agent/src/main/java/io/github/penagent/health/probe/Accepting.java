package io.github.penagent.health.probe;

import io.netty.channel.ChannelHandlerContext;
import java.util.Optional;

/** That there is a connection, or a TLS handshake, is all. */
final class Accepting implements Dialogue {
    @Override
    public Optional<Verdict> begin(ChannelHandlerContext context) {
        return Optional.of(Verdict.good("connected"));
    }

    @Override
    public Optional<Verdict> beginSecured(ChannelHandlerContext context, long daysLeft) {
        return Optional.of(Verdict.good("certificate valid for " + daysLeft + " more days"));
    }

    @Override
    public Optional<Verdict> heard(Object message) {
        return Optional.empty();
    }
}
