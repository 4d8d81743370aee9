package io.github.penagent.cluster;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A port that leads to another one, of a server whose clients speak first. What each connection brings first is written down before it
 * goes on; nobody is connected to before there is something to say. The way can be cut: then nothing passes any more, and nobody is
 * told so.
 */
final class Relay implements AutoCloseable {
    private static final int BYTES = 64 * 1024;
    private static final int MOST_WAITING = 200;

    private final int target;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final Commands commands = new Commands();
    private volatile boolean cut;

    Relay(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, MOST_WAITING, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    Commands commands() {
        return commands;
    }

    /** What is open stays so, and is dead. */
    void cut() {
        cut = true;
    }

    void mend() {
        cut = false;
        open.forEach(Relay::end);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                threads.execute(() -> lead(client));
            } catch (IOException e) {
                // Closed, most likely; otherwise the next accept tells.
            }
        }
    }

    private void lead(Socket client) {
        try (client) {
            byte[] first = new byte[BYTES];
            int length = client.getInputStream().read(first);
            if (length <= 0) {
                return;
            }
            if (cut) {
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
                return;
            }
            commands.came(new String(first, 0, length, StandardCharsets.ISO_8859_1));
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
                open.add(server);
                server.getOutputStream().write(first, 0, length);
                threads.execute(() -> pass(client, server));
                pass(server, client);
                open.remove(server);
            }
        } catch (IOException e) {
            // Either side left.
        } finally {
            open.remove(client);
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] bytes = new byte[BYTES];
        try {
            int length = from.getInputStream().read(bytes);
            while (length > 0) {
                if (!cut) {
                    to.getOutputStream().write(bytes, 0, length);
                }
                length = from.getInputStream().read(bytes);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // Either side left.
        }
    }

    private static void end(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It was on its way out.
        }
    }

    @Override
    public void close() {
        end(listener);
        open.forEach(Relay::end);
        threads.shutdownNow();
    }
}
