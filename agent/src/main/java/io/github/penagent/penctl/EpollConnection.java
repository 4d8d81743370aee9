package io.github.penagent.penctl;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket on Netty's event loop without a channel around it: it lives for one line and one reply, and a channel with its
 * pipeline, configuration and promises costs more than those. With fast open connect and command are one system call.
 */
final class EpollConnection implements Connection, EpollIoHandle {
    private static final Logger log = LoggerFactory.getLogger(EpollConnection.class);

    /** From linux/tcp.h, as are the options. */
    private static final int IPPROTO_TCP = 6;

    private static final int TCP_INFO = 11;
    private static final int TCP_QUICKACK = 12;
    private static final int TCP_FASTOPEN_NO_COOKIE = 34;

    /** The first byte of TCP_INFO while our SYN is not answered, from the kernel's tcp_states.h. */
    private static final int TCP_SYN_SENT = 2;

    private static final EpollIoOps READING = EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLRDHUP);

    /** So that a pen that does not stop talking leaves room for others; what is left is told of again. */
    private static final int PARTS_AT_ONCE = 16;

    /** One for all connections of a thread: what is in it is handed on before the next is read. */
    private static final FastThreadLocal<Memory> MEMORY = new FastThreadLocal<>() {
        @Override
        protected Memory initialValue() {
            return Memory.of(64 * 1024);
        }
    };

    private record Memory(ByteBuffer buffer, long address) {
        static Memory of(int bytes) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
            return new Memory(buffer, Buffer.memoryAddress(buffer));
        }

        ByteBuffer first(int bytes) {
            return buffer.clear().limit(bytes);
        }
    }

    private final Socket socket;
    private final boolean tcp;
    private final byte[] line;
    private final Listener listener;
    private @Nullable IoRegistration registration;
    private int sent;
    private boolean closed;

    private EpollConnection(Socket socket, boolean tcp, byte[] line, Listener listener) {
        this.socket = socket;
        this.tcp = tcp;
        this.line = line;
        this.listener = listener;
    }

    /**
     * On the loop's own thread. What goes wrong is told to the listener later or thrown now, not both.
     *
     * @throws IOException without a socket, or where the connect fails at once
     */
    static EpollConnection open(
            IoEventLoop loop, SocketAddress address, boolean fastOpen, byte[] line, Listener listener)
            throws IOException {
        boolean tcp = address instanceof InetSocketAddress;
        EpollConnection connection = new EpollConnection(socket(address), tcp, line, listener);
        try {
            connection.registration =
                    Objects.requireNonNull(loop.register(connection).getNow(), "the event loop has ended");
            connection.connect(address, fastOpen);
            return connection;
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static Socket socket(SocketAddress address) {
        if (address instanceof InetSocketAddress tcp) {
            boolean six = tcp.getAddress() instanceof Inet6Address;
            return LinuxSocket.newSocketStream(six ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
        }
        return LinuxSocket.newSocketDomain();
    }

    private void connect(SocketAddress address, boolean fastOpen) throws IOException {
        if (tcp) {
            socket.setIntOpt(IPPROTO_TCP, TCP_QUICKACK, 0);
        }
        if (fastOpen) {
            connectWithCommand((InetSocketAddress) address);
        } else if (socket.connect(address)) {
            send();
        }
        tellOf(sent == line.length ? READING : EpollIoOps.EPOLLOUT);
    }

    private void connectWithCommand(InetSocketAddress to) throws IOException {
        try {
            socket.setIntOpt(IPPROTO_TCP, TCP_FASTOPEN_NO_COOKIE, 1);
        } catch (IOException e) {
            log.debug("kernel without TCP_FASTOPEN_NO_COOKIE", e);
        }
        Memory memory = MEMORY.get();
        memory.first(line.length).put(line);
        try {
            sent = socket.sendToAddress(memory.address(), 0, line.length, to.getAddress(), to.getPort(), true);
        } catch (PortUnreachableException e) {
            throw new ConnectException("Connection refused");
        }
    }

    private void send() throws IOException {
        Memory memory = MEMORY.get();
        memory.first(line.length).put(line);
        sent += socket.sendAddress(memory.address(), sent, line.length);
    }

    private void tellOf(EpollIoOps what) {
        Objects.requireNonNull(registration).submit(what);
    }

    @Override
    public void handle(IoRegistration here, IoEvent event) {
        if (closed) {
            return;
        }
        try {
            if (sent == line.length) {
                receive();
            } else {
                finishConnect();
            }
        } catch (RuntimeException | Error e) {
            // The loop would rest for a second, and all pens with it.
            listener.bug(e);
        }
    }

    private void finishConnect() {
        try {
            if (socket.finishConnect()) {
                send();
            }
            if (sent == line.length) {
                tellOf(READING);
            }
        } catch (IOException e) {
            listener.unreached(e);
        }
    }

    private void receive() {
        Memory memory = MEMORY.get();
        try {
            for (int part = 0; part < PARTS_AT_ONCE && !closed; part++) {
                int bytes =
                        socket.recvAddress(memory.address(), 0, memory.buffer().capacity());
                if (bytes < 0) {
                    listener.ended();
                    return;
                }
                if (bytes == 0) {
                    return;
                }
                listener.received(memory.first(bytes));
            }
        } catch (IOException e) {
            listener.broken(e);
        }
    }

    @Override
    public boolean unanswered() {
        if (!tcp || closed) {
            return false;
        }
        ByteBuffer state = ByteBuffer.allocateDirect(1);
        try {
            socket.getRawOpt(IPPROTO_TCP, TCP_INFO, state);
            return state.get(0) == TCP_SYN_SENT;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    /** Also when its loop ends. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (registration != null) {
            registration.cancel();
        }
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("closing a control connection", e);
        }
    }
}
