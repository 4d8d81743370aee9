package io.github.penagent.discovery;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers every question for SRV records in the same way, on loopback, over UDP and TCP. Written byte by byte from RFC 1035 and 2782. */
final class NameServer implements AutoCloseable {
    static final int OK = 0;
    static final int SERVER_FAILURE = 2;
    static final int NO_SUCH_NAME = 3;

    private static final int LARGEST_DATAGRAM = 512;
    private static final int TRUNCATED = 0x0200;

    final AtomicInteger overTcp = new AtomicInteger();
    volatile List<Srv> records = List.of();
    volatile int code = OK;
    volatile boolean silent;

    private final DatagramSocket udp;
    private final ServerSocket tcp;

    NameServer() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        tcp = new ServerSocket(0, 10, loopback);
        udp = new DatagramSocket(tcp.getLocalPort(), loopback);
        start(this::datagrams);
        start(this::connections);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp.getLocalPort());
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "name-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void datagrams() {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST_DATAGRAM], LARGEST_DATAGRAM);
        while (!udp.isClosed()) {
            try {
                udp.receive(packet);
                byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()), LARGEST_DATAGRAM);
                if (!silent) {
                    udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                // Closed, or a question that was none.
            }
        }
    }

    private void connections() {
        while (!tcp.isClosed()) {
            try (Socket client = tcp.accept()) {
                overTcp.incrementAndGet();
                DataInputStream in = new DataInputStream(client.getInputStream());
                byte[] answer = answer(in.readNBytes(in.readUnsignedShort()), 65_535);
                DataOutputStream out = new DataOutputStream(client.getOutputStream());
                out.writeShort(answer.length);
                out.write(answer);
                out.flush();
            } catch (IOException e) {
                // Closed, or gone.
            }
        }
    }

    private byte[] answer(byte[] question, int largest) throws IOException {
        byte[] whole = answer(question, records, 0);
        return whole.length <= largest ? whole : answer(question, records.subList(0, 1), TRUNCATED);
    }

    private byte[] answer(byte[] question, List<Srv> answers, int flags) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(question, 0, 2);
        out.writeShort(0x8180 | flags | code);
        out.writeShort(1);
        out.writeShort(code == OK ? answers.size() : 0);
        out.writeInt(0);
        int end = 12;
        while (question[end] != 0) {
            end += question[end] + 1;
        }
        out.write(question, 12, end + 5 - 12);
        for (Srv record : code == OK ? answers : List.<Srv>of()) {
            out.write(record(record));
        }
        return bytes.toByteArray();
    }

    private static byte[] record(Srv record) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        for (String label :
                record.host().isEmpty() ? new String[0] : record.host().split("\\.", -1)) {
            target.write(label.length());
            target.write(label.getBytes(StandardCharsets.ISO_8859_1));
        }
        target.write(0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        // The name that was asked for, at byte 12; SRV, of the internet, for a minute; priority 10, weight 5.
        out.writeShort(0xc00c);
        out.writeShort(33);
        out.writeShort(1);
        out.writeInt(60);
        out.writeShort(6 + target.size());
        out.writeShort(10);
        out.writeShort(5);
        out.writeShort(record.port());
        target.writeTo(out);
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
