package io.github.penagent.health.probe;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/** Sockets of the kind that an event loop of Vert.x can serve. */
final class Sockets {
    private Sockets() {}

    static Channel tcp(EventLoop loop) {
        return epoll(loop) ? new EpollSocketChannel() : new NioSocketChannel();
    }

    static Channel udp(EventLoop loop) {
        return epoll(loop) ? new EpollDatagramChannel() : new NioDatagramChannel();
    }

    static Channel unix(EventLoop loop) {
        return epoll(loop) ? new EpollDomainSocketChannel() : new NioDomainSocketChannel();
    }

    static SocketAddress unixAddress(EventLoop loop, String path) {
        return epoll(loop) ? new DomainSocketAddress(path) : UnixDomainSocketAddress.of(path);
    }

    private static boolean epoll(EventLoop loop) {
        return loop instanceof IoEventLoop io && io.isIoType(EpollIoHandler.class);
    }
}
