package io.github.penagent.acceptance;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Control ports that all answer alike, on one thread, and remember when they were asked for their servers. As pen does,
 * they read once, answer at once and close.
 */
final class ManyPens implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 1_000;
    private static final int COMMAND_BYTES = 4_095;
    private static final String SERVERS = """
            0 addr 127.0.0.1 port 9001 conn 3 max 0 hard 0 weight 0 prio 0 sx 1000 rx 2000
            1 addr 127.0.0.1 port 9002 conn 4 max 0 hard 0 weight 0 prio 0 sx 3000 rx 4000
            """;

    private final List<Pen> pens = new ArrayList<>();
    private final Selector selector;
    private final Thread thread = new Thread(this::serve, "many pens");

    /** One of them. */
    static final class Pen {
        private final ServerSocketChannel listener;
        private final int port;
        private final List<Long> polls = new CopyOnWriteArrayList<>();

        private Pen(ServerSocketChannel listener) throws IOException {
            this.listener = listener;
            this.port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        }

        Endpoint endpoint() {
            return new Endpoint.Tcp("127.0.0.1", port);
        }

        /** When it was asked for its servers, in nanoseconds. */
        List<Long> polls() {
            return List.copyOf(polls);
        }

        private void welcome() throws IOException {
            SocketChannel channel = listener.accept();
            if (channel == null) {
                return;
            }
            try (channel) {
                Socket socket = channel.socket();
                socket.setSoTimeout(PATIENCE_MILLIS);
                byte[] command = new byte[COMMAND_BYTES];
                int length = Math.max(0, socket.getInputStream().read(command));
                String reply = reply(new String(command, 0, length, StandardCharsets.ISO_8859_1).strip());
                socket.getOutputStream().write(reply.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                // The asker left: the numbers of polls tell.
            }
        }

        private String reply(String command) {
            if (command.startsWith("recent")) {
                return "127.0.0.2 connects 7 sx 70 rx 7\n";
            }
            return switch (command) {
                case "servers" -> {
                    polls.add(System.nanoTime());
                    yield SERVERS;
                }
                case "mode" -> "no hash roundrobin no stubborn no weight no prio\n";
                case "listen", "control" -> "127.0.0.1:" + port + "\n";
                default -> "500\n";
            };
        }
    }

    private ManyPens(int count) throws IOException {
        selector = Selector.open();
        for (int i = 0; i < count; i++) {
            ServerSocketChannel listener = ServerSocketChannel.open();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            listener.configureBlocking(false);
            Pen pen = new Pen(listener);
            listener.register(selector, SelectionKey.OP_ACCEPT, pen);
            pens.add(pen);
        }
    }

    static ManyPens listening(int count) {
        try {
            ManyPens many = new ManyPens(count);
            many.thread.start();
            return many;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve() {
        try {
            while (selector.isOpen()) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    ((Pen) key.attachment()).welcome();
                }
                selector.selectedKeys().clear();
            }
        } catch (ClosedSelectorException e) {
            // Closed.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Pen> pens() {
        return pens;
    }

    @Override
    public void close() {
        try {
            selector.close();
            thread.join(10_000);
            for (Pen pen : pens) {
                pen.listener.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
