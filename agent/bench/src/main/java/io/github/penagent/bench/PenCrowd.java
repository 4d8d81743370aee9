package io.github.penagent.bench;

import io.github.penagent.peers.Child;
import io.github.penagent.peers.Ports;
import io.github.penagent.peers.Program;
import io.github.penagent.peers.TemporaryFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * More real pens than can be waited for one after another: all are started, and then each is asked who it is. Nobody connects to
 * them as a client, and they are not told {@code -O poll}: with that, pen 0.34.1 spins once a client has left and all backends refuse.
 */
final class PenCrowd implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int TRIES = 500;

    private final Path home;
    private final List<Child> pens = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();

    private PenCrowd(Path home) {
        this.home = home;
    }

    static PenCrowd start(int count, int backends) throws Exception {
        PenCrowd crowd = new PenCrowd(Files.createTempDirectory("pens"));
        try {
            for (int i = 0; i < count; i++) {
                crowd.begin(backends);
            }
            for (int i = 0; i < count; i++) {
                crowd.await(i);
            }
            return crowd;
        } catch (Exception | Error e) {
            crowd.close();
            throw e;
        }
    }

    private void begin(int backends) {
        int port = Ports.free(HOST);
        List<String> words = new ArrayList<>(List.of("-f"));
        if (System.getProperty("user.name").equals("root")) {
            words.addAll(List.of("-u", "nobody"));
        }
        words.addAll(List.of("-C", HOST + ":" + port, HOST + ":" + Ports.free(HOST)));
        for (int slot = 0; slot < backends; slot++) {
            words.add("127.9.0." + (1 + slot) + ":9");
        }
        pens.add(Child.start(Program.PEN.command(words.toArray(String[]::new)), home.resolve("log")));
        ports.add(port);
    }

    /** That it answers, and not another one on the same port. */
    private void await(int place) throws InterruptedException {
        for (int i = 0; i < TRIES && pens.get(place).alive(); i++) {
            if (pid(ports.get(place)).equals(Long.toString(pens.get(place).pid()))) {
                return;
            }
            Thread.sleep(20);
        }
        throw new IllegalStateException(
                "a pen does not answer; they said: " + pens.get(place).log());
    }

    private static String pid(int port) {
        try (Socket socket = new Socket(InetAddress.getByName(HOST), port)) {
            socket.getOutputStream().write("pid\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Of their control ports, on 127.0.0.1. */
    List<Integer> ports() {
        return List.copyOf(ports);
    }

    @Override
    public void close() {
        pens.forEach(Child::kill);
        TemporaryFiles.delete(home);
    }
}
