package io.github.penagent.health.probe;

import io.github.penagent.health.Cause;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryEncoder;
import io.netty.handler.codec.dns.DatagramDnsResponseDecoder;
import io.netty.handler.codec.dns.DefaultDnsQuery;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.handler.codec.dns.TcpDnsQueryEncoder;
import io.netty.handler.codec.dns.TcpDnsResponseDecoder;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** One question of type A. */
final class DnsQuestion implements Dialogue {
    private final boolean tcp;
    private final String name;
    private final int id = ThreadLocalRandom.current().nextInt(1 << 16);

    DnsQuestion(boolean tcp, String name) {
        this.tcp = tcp;
        this.name = name;
    }

    @Override
    public void prepare(ChannelPipeline pipeline) {
        if (tcp) {
            pipeline.addLast(new TcpDnsQueryEncoder(), new TcpDnsResponseDecoder());
        } else {
            pipeline.addLast(new DatagramDnsQueryEncoder(), new DatagramDnsResponseDecoder());
        }
    }

    @Override
    public Optional<Verdict> begin(ChannelHandlerContext context) {
        DnsQuery query = tcp
                ? new DefaultDnsQuery(id)
                : new DatagramDnsQuery(
                        null, (InetSocketAddress) context.channel().remoteAddress(), id);
        query.setRecursionDesired(true);
        query.addRecord(DnsSection.QUESTION, new DefaultDnsQuestion(name, DnsRecordType.A));
        context.writeAndFlush(query);
        return Optional.empty();
    }

    @Override
    public Optional<Verdict> heard(Object message) {
        if (!(message instanceof DnsResponse response)) {
            return Optional.empty();
        }
        if (response.id() != id) {
            // A datagram may be a late answer to somebody who had this port before us.
            return tcp ? Optional.of(Verdict.bad(Cause.WRONG, "the answer is to another question")) : Optional.empty();
        }
        DnsResponseCode code = response.code();
        boolean good = code.equals(DnsResponseCode.NOERROR) || code.equals(DnsResponseCode.NXDOMAIN);
        return Optional.of(
                good
                        ? Verdict.good(code.toString())
                        : Verdict.bad(Cause.WRONG, "expected NoError or NXDomain, saw " + code));
    }
}
