package io.github.penagent.penctl;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads and socket options of control connections, apart from those of every other connection, so that a slow
 * scrape never delays a poll.
 *
 * <p>On Linux with Netty's native transport a TCP command travels with the SYN (fast open without cookie), so there is
 * no instant at which pen has accepted us and the command is still in this process; and {@code TCP_QUICKACK} off halves
 * what a reply costs pen. Elsewhere the command is written as soon as the connect is done.
 */
public final class Transport implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Transport.class);

    private final boolean epoll;
    private final IoEventLoopGroup loops;
    private final Map<EventLoop, DnsNameResolver> resolvers = new ConcurrentHashMap<>();

    private Transport(int threads, boolean epoll) {
        this.epoll = epoll;
        ThreadFactory names = new DefaultThreadFactory("pen-control", true);
        loops = new MultiThreadIoEventLoopGroup(
                threads, names, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    /** Starts {@code threads} daemon threads, at least one. */
    public static Transport create(int threads) {
        if (!Epoll.isAvailable()) {
            log.atWarn()
                    .addKeyValue("cause", String.valueOf(Epoll.unavailabilityCause()))
                    .log("no native transport: a stopped agent can hold up a pen until its command is sent");
        }
        return new Transport(threads, Epoll.isAvailable());
    }

    /** As it is where Netty's native transport does not run. */
    static Transport withoutNativeTransport(int threads) {
        return new Transport(threads, false);
    }

    /** A client of one pen; the deadline covers connect, command and reply of one command. */
    public PenClient client(Endpoint endpoint, Duration deadline) {
        return new PenClient(this, loops.next(), endpoint, deadline);
    }

    /** Whether commands can travel with the SYN here. */
    public boolean fastOpen() {
        return epoll && Epoll.isTcpFastOpenClientSideAvailable();
    }

    /**
     * A connection with {@code line} on its way, on {@code loop}, from its own thread.
     *
     * @throws IOException for want of file descriptors, or where the connect fails at once
     */
    Connection open(IoEventLoop loop, SocketAddress address, boolean fastOpen, byte[] line, Connection.Listener told)
            throws IOException {
        return epoll
                ? EpollConnection.open(loop, address, fastOpen, line, told)
                : ChannelConnection.open(loop, address, line, told);
    }

    /** Where to connect to, if that does not have to be looked up. */
    Optional<SocketAddress> address(Endpoint endpoint) {
        if (endpoint instanceof Endpoint.Unix unix) {
            return Optional.of(
                    epoll ? new DomainSocketAddress(unix.path().toString()) : UnixDomainSocketAddress.of(unix.path()));
        }
        Endpoint.Tcp tcp = (Endpoint.Tcp) endpoint;
        return Optional.ofNullable(NetUtil.createInetAddressFromIpAddressString(tcp.host()))
                .map(numeric -> new InetSocketAddress(numeric, tcp.port()));
    }

    /** The address of a host, asked for on {@code loop}'s own thread. */
    Future<InetAddress> resolve(String host, EventLoop loop) {
        return resolver(loop).resolve(host);
    }

    private DnsNameResolver resolver(EventLoop loop) {
        return resolvers.computeIfAbsent(loop, l -> new DnsNameResolverBuilder(l)
                .datagramChannelFactory(epoll ? EpollDatagramChannel::new : NioDatagramChannel::new)
                .build());
    }

    /** A listener on a free loopback port, on these very threads. */
    Future<Channel> listen(ChannelHandler connections) {
        var bound = loops.next().<Channel>newPromise();
        new ServerBootstrap()
                .group(loops)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .childHandler(connections)
                .bind(InetAddress.getLoopbackAddress(), 0)
                .addListener((io.netty.channel.ChannelFuture done) -> {
                    if (done.isSuccess()) {
                        bound.trySuccess(done.channel());
                    } else {
                        bound.tryFailure(done.cause());
                    }
                });
        return bound;
    }

    /** Ends the threads; connections still open are closed. */
    @Override
    public void close() {
        resolvers.values().forEach(DnsNameResolver::close);
        loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS).awaitUninterruptibly(2_000);
    }
}
