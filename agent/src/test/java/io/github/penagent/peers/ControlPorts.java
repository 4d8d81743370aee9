package io.github.penagent.peers;

import io.github.penagent.penctl.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** Many control ports, all on one thread. As pen does, they read once, answer and close. */
public final class ControlPorts implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 1_000;
    private static final int COMMAND_BYTES = 4_095;
    private static final int BACKLOG = 200;

    private final Selector selector;
    private final Thread thread = new Thread(this::serve, "control-ports");

    private record Port(ServerSocketChannel listener, UnaryOperator<String> answer) {}

    public ControlPorts() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One more, before {@link #start}.
     *
     * @param answer to a command, as it came
     */
    public Endpoint.Tcp add(UnaryOperator<String> answer) {
        try {
            ServerSocketChannel listener = ServerSocketChannel.open();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            listener.configureBlocking(false);
            listener.register(selector, SelectionKey.OP_ACCEPT, new Port(listener, answer));
            return new Endpoint.Tcp("127.0.0.1", ((InetSocketAddress) listener.getLocalAddress()).getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void start() {
        thread.start();
    }

    private void serve() {
        try {
            while (selector.isOpen()) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    welcome((Port) key.attachment());
                }
                selector.selectedKeys().clear();
            }
        } catch (ClosedSelectorException e) {
            // Closed.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void welcome(Port port) throws IOException {
        SocketChannel channel = port.listener().accept();
        if (channel == null) {
            return;
        }
        try (channel) {
            Socket socket = channel.socket();
            socket.setSoTimeout(PATIENCE_MILLIS);
            byte[] command = new byte[COMMAND_BYTES];
            int length = Math.max(0, socket.getInputStream().read(command));
            String answer = port.answer().apply(new String(command, 0, length, StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // The asker left: it was killed, perhaps.
        }
    }

    @Override
    public void close() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
            thread.join(10_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
