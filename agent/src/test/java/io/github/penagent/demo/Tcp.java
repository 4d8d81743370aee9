package io.github.penagent.demo;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Plain blocking sockets of an ordinary client, each read with a deadline. */
final class Tcp {
    private static final int LIMIT_MILLIS = 10_000;

    private Tcp() {}

    static Socket connect(String address) throws IOException {
        String[] parts = address.split(":", 2);
        Socket socket = new Socket();
        socket.setSoTimeout(LIMIT_MILLIS);
        socket.connect(new InetSocketAddress(parts[0], Integer.parseInt(parts[1])), LIMIT_MILLIS);
        return socket;
    }

    /** Sends, and reads until the other side closes. */
    static String exchange(String address, String text) throws IOException {
        try (Socket socket = connect(address)) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    static boolean refuses(String address) throws IOException {
        try (Socket socket = connect(address)) {
            return !socket.isConnected();
        } catch (ConnectException e) {
            return true;
        }
    }
}
