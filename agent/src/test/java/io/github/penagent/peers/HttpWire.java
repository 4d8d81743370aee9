package io.github.penagent.peers;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One end of an HTTP/1.1 connection. Every byte is counted as it passes the socket, headers included. */
final class HttpWire implements AutoCloseable {
    private static final int CHUNK = 8 * 1024;
    private static final int MAX_HEAD = 64 * 1024;
    private static final Pattern LENGTH = Pattern.compile("(?mi)^content-length:\\s*(\\d+)");

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final AtomicLong received;
    private final AtomicLong sent;
    private final byte[] buffer = new byte[CHUNK];
    private int at;
    private int end;

    HttpWire(Socket socket, AtomicLong received, AtomicLong sent) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.received = received;
        this.sent = sent;
    }

    /** The lines up to the empty one, or nothing at all if the peer closed between two messages. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < MAX_HEAD) {
            if (!more()) {
                if (head.isEmpty()) {
                    return "";
                }
                throw new EOFException("closed inside a message's head");
            }
            head.append((char) (buffer[at++] & 0xff));
            if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                return head.toString();
            }
        }
        throw new IOException("head longer than " + MAX_HEAD + " bytes");
    }

    /** Reads past the body that {@code head} announces. */
    void skipBody(String head) throws IOException {
        Matcher m = LENGTH.matcher(head);
        long left = m.find() ? Long.parseLong(m.group(1)) : 0;
        while (left > 0) {
            if (!more()) {
                throw new EOFException("closed inside a message's body");
            }
            int step = (int) Math.min(left, end - at);
            at += step;
            left -= step;
        }
    }

    private boolean more() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, in.read(buffer));
            received.addAndGet(end);
        }
        return end > 0;
    }

    /** Sends {@code start} (first line and headers) and a body of {@code bodyBytes}. */
    void send(String start, int bodyBytes) throws IOException {
        String head = start + "\r\nContent-Length: " + bodyBytes + "\r\n\r\n";
        byte[] message = new byte[head.length() + bodyBytes];
        Arrays.fill(message, (byte) 'x');
        System.arraycopy(head.getBytes(StandardCharsets.ISO_8859_1), 0, message, 0, head.length());
        for (int from = 0; from < message.length; from += CHUNK) {
            int step = Math.min(CHUNK, message.length - from);
            // Before the write: whoever has read it all must find it counted.
            sent.addAndGet(step);
            out.write(message, from, step);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
