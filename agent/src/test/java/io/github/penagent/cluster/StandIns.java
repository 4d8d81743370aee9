package io.github.penagent.cluster;

import io.github.penagent.demo.Connection;
import io.github.penagent.demo.PenModel;
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
import java.util.List;

/** Control ports that answer as pens do, all on one thread, and write down what they are told. As pen does, they read once, answer and close. */
final class StandIns implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 1_000;
    private static final int COMMAND_BYTES = 4_095;

    private final Selector selector;
    private final Thread thread = new Thread(this::serve, "stand-ins");

    StandIns() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of them. */
    static final class StandIn {
        private final ServerSocketChannel listener;
        private final int port;
        private final PenModel model;
        private final boolean busy;
        private final Commands commands = new Commands();

        private StandIn(ServerSocketChannel listener, int pid, boolean busy) throws IOException {
            this.listener = listener;
            this.port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
            this.model = new PenModel(pid, "127.0.0.1:" + port, "127.0.0.1:1");
            this.busy = busy;
        }

        Endpoint endpoint() {
            return new Endpoint.Tcp("127.0.0.1", port);
        }

        Commands commands() {
            return commands;
        }

        /** By hand, which is not written down. */
        synchronized void execute(String command) {
            model.execute(command, now());
        }

        /** So many bytes pass to the next server and as many back. */
        synchronized void pass(long bytes) {
            Connection connection = model.accept("127.0.0.1", 4711, now()).orElseThrow();
            connection.connected();
            connection.toServer(bytes);
            connection.toClient(bytes);
            connection.closed();
        }

        private static long now() {
            return System.currentTimeMillis() / 1_000;
        }

        private void welcome() throws IOException {
            SocketChannel channel = listener.accept();
            if (channel == null) {
                return;
            }
            try (channel) {
                Socket socket = channel.socket();
                socket.setSoTimeout(PATIENCE_MILLIS);
                byte[] read = new byte[COMMAND_BYTES];
                int length = Math.max(0, socket.getInputStream().read(read));
                String reply = reply(new String(read, 0, length, StandardCharsets.ISO_8859_1));
                socket.getOutputStream().write(reply.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                // The asker left: it was killed, perhaps.
            }
        }

        private synchronized String reply(String command) {
            commands.came(command);
            if (busy) {
                pass(100);
            }
            return model.execute(command, now());
        }
    }

    /**
     * Before {@link #start}.
     *
     * @param busy whether traffic passes
     */
    StandIn add(int pid, boolean busy, List<String> addresses) {
        try {
            ServerSocketChannel listener = ServerSocketChannel.open();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
            listener.configureBlocking(false);
            StandIn pen = new StandIn(listener, pid, busy);
            pen.execute("no hash");
            pen.execute("roundrobin");
            for (int i = 0; i < addresses.size(); i++) {
                String[] parts = addresses.get(i).split(":", 2);
                pen.execute("server %d address %s port %s".formatted(i, parts[0], parts[1]));
            }
            listener.register(selector, SelectionKey.OP_ACCEPT, pen);
            return pen;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void start() {
        thread.start();
    }

    private void serve() {
        try {
            while (selector.isOpen()) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    ((StandIn) key.attachment()).welcome();
                }
                selector.selectedKeys().clear();
            }
        } catch (ClosedSelectorException e) {
            // Closed.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
