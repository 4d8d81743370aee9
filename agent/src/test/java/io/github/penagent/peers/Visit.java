package io.github.penagent.peers;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One connection to a {@link FakePen}, as its script sees it. Closed cleanly when the script is over. */
public final class Visit {
    /** As many as pen reads of a command. */
    private static final int COMMAND_BYTES = 4095;

    private final FakePen host;
    private final SocketChannel channel;
    private final CountDownLatch over = new CountDownLatch(1);
    private final ByteBuffer command = ByteBuffer.allocate(COMMAND_BYTES);
    private boolean late;

    Visit(FakePen host, SocketChannel channel) {
        this.host = host;
        this.channel = channel;
    }

    /** Called the moment the connection is accepted: what is there without waiting? */
    void arrive() throws IOException {
        channel.configureBlocking(false);
        late = channel.read(command) == 0;
        channel.configureBlocking(true);
    }

    /** Reads once, as pen does, and waits for it if need be. Nothing if the client closed. */
    public String command() throws IOException {
        if (late) {
            channel.read(command);
        }
        String text = new String(command.array(), 0, command.position(), StandardCharsets.ISO_8859_1);
        host.came(text, late);
        return text;
    }

    public void send(byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }

    /** Waits, but not beyond the end of the visit. */
    public void pause(Duration time) throws IOException {
        try {
            if (over.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException("the visit is over");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Says nothing until the client has closed. */
    public void untilClientLeaves() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(COMMAND_BYTES);
        while (channel.read(bytes) >= 0) {
            bytes.clear();
        }
    }

    /** Closes with a reset instead of an end. */
    public void reset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        close();
    }

    void close() {
        host.leaves(this);
        over.countDown();
        try {
            channel.close();
        } catch (IOException e) {
            // It was on its way out.
        }
    }
}
