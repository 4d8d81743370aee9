package io.github.penagent.stack;

import io.github.penagent.peers.PenScript;
import io.github.penagent.peers.RealPen;
import io.github.penagent.peers.Visit;
import io.github.penagent.penctl.Endpoint;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Stands before the control port of a pen that is well, and makes it look slow at first and later deaf. */
final class OddDoor implements PenScript {
    private static final Duration SLOW = Duration.ofMillis(400);

    /** As of a pen that does not know the command. */
    private static final byte[] REFUSAL =
            "do_cmd: ignoring command starting with 'server'\n".getBytes(StandardCharsets.ISO_8859_1);

    private final Endpoint.Tcp pen;
    private volatile boolean deaf;

    OddDoor(RealPen pen) {
        this.pen = (Endpoint.Tcp) pen.controlEndpoint();
    }

    /** From now on it answers quickly, and takes no word about its backends. */
    void becomeDeaf() {
        deaf = true;
    }

    @Override
    public void play(Visit visit) throws IOException {
        String command = visit.command();
        if (!deaf) {
            visit.pause(SLOW);
        }
        visit.send(deaf && command.startsWith("server ") ? REFUSAL : answer(command));
    }

    private byte[] answer(String command) throws IOException {
        try (Socket socket = new Socket(pen.host(), pen.port())) {
            socket.getOutputStream().write(command.getBytes(StandardCharsets.ISO_8859_1));
            return socket.getInputStream().readAllBytes();
        }
    }
}
