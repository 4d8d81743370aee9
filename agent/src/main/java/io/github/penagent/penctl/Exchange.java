package io.github.penagent.penctl;

import io.netty.channel.IoEventLoop;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.util.concurrent.Future;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/**
 * One command on one connection: written before the connect, read to the end without a pause, closed on every path.
 * Runs on its client's event loop only.
 */
final class Exchange<T> implements Connection.Listener {
    /** A SYN that was lost is sent again after a second, and then without the command. */
    private static final long SYN_SENT_AGAIN_NANOS = 900_000_000;

    private final PenClient client;
    private final Command<T> command;
    private final MonoSink<Answer<T>> sink;

    private @Nullable FastOpen fastOpen;
    private @Nullable Connection connection;
    private @Nullable ScheduledFuture<?> deadline;
    private long startNanos;
    private long firstByteNanos;
    private int bytes;
    private boolean synLost;
    private boolean started;
    private boolean over;

    Exchange(PenClient client, Command<T> command, MonoSink<Answer<T>> sink) {
        this.client = client;
        this.command = command;
        this.sink = sink;
    }

    boolean over() {
        return over;
    }

    void start(Transport transport, IoEventLoop loop, Way way) {
        started = true;
        startNanos = System.nanoTime();
        fastOpen = way.fastOpen();
        awaitEnd(loop, way.deadline().toNanos());
        if (way.address().isPresent()) {
            connect(transport, loop, way.address().get());
        } else {
            lookUp(transport, loop, (Endpoint.Tcp) way.endpoint());
        }
    }

    private void lookUp(Transport transport, IoEventLoop loop, Endpoint.Tcp endpoint) {
        transport.resolve(endpoint.host(), loop).addListener((Future<InetAddress> found) -> {
            if (over) {
                return;
            }
            if (found.isSuccess()) {
                connect(transport, loop, new InetSocketAddress(found.getNow(), endpoint.port()));
            } else {
                finish(new Failure.Connect("name not found: " + reason(found.cause())));
            }
        });
    }

    /** One timer for most exchanges: it looks whether the SYN got through only where that takes suspiciously long. */
    private void awaitEnd(IoEventLoop loop, long limitNanos) {
        if (limitNanos <= SYN_SENT_AGAIN_NANOS) {
            deadline = loop.schedule(this::expire, limitNanos, TimeUnit.NANOSECONDS);
            return;
        }
        deadline = loop.schedule(
                () -> {
                    synLost = unanswered();
                    deadline = loop.schedule(this::expire, limitNanos - SYN_SENT_AGAIN_NANOS, TimeUnit.NANOSECONDS);
                },
                SYN_SENT_AGAIN_NANOS,
                TimeUnit.NANOSECONDS);
    }

    private void connect(Transport transport, IoEventLoop loop, SocketAddress address) {
        if (!command.wanted()) {
            finish(new Failure.Connect("not sent: no longer wanted when its turn came"));
            return;
        }
        try {
            connection = transport.open(
                    loop, address, Objects.requireNonNull(fastOpen).use(), command.line(), this);
        } catch (IOException e) {
            finish(new Failure.Connect(reason(e)));
        } catch (RuntimeException e) {
            finish(new Failure.Connect("no socket: " + reason(e)));
        }
    }

    @Override
    public void received(ByteBuffer part) {
        if (bytes == 0) {
            firstByteNanos = System.nanoTime();
        }
        int length = part.remaining();
        if (bytes + length > PenClient.MAX_REPLY_BYTES) {
            finish(new Failure.TooLarge(PenClient.MAX_REPLY_BYTES));
            return;
        }
        part.get(client.roomFor(bytes + length), bytes, length);
        bytes += length;
    }

    @Override
    public void ended() {
        try {
            long endNanos = System.nanoTime();
            T value = command.read(client.buffer(), bytes);
            finish(new Answer.Ok<>(value, timing(endNanos)), false);
        } catch (UnreadableReply e) {
            finish(e.failure());
        }
    }

    /** No answer is better than a wrong one. */
    @Override
    public void bug(Throwable cause) {
        if (over) {
            return;
        }
        over = true;
        cancelDeadline();
        close(0);
        sink.error(cause);
        client.resume();
    }

    @Override
    public void unreached(Throwable cause) {
        finish(new Failure.Connect(reason(cause)));
    }

    @Override
    public void broken(IOException cause) {
        finish(bytes > 0 || lost(cause) ? new Failure.Reset(bytes) : new Failure.Connect(reason(cause)));
    }

    /** Whether the connection had been there: with fast open a refused connect, too, shows only at the first read. */
    private static boolean lost(Throwable cause) {
        if (cause instanceof NativeIoException e) {
            int errno = -e.expectedErr();
            return errno == 104 /* ECONNRESET */ || errno == 32 /* EPIPE */;
        }
        return !(cause instanceof java.net.ConnectException);
    }

    private void expire() {
        if (over) {
            return;
        }
        if (connection == null) {
            finish(new Failure.Connect("name not found before the deadline"));
        } else if (unanswered()) {
            synLost = true;
            finish(new Failure.Connect("no answer to the connect before the deadline"));
        } else {
            finish(new Failure.Timeout(bytes));
        }
    }

    /** Whether a connect was sent and nothing has come back yet. */
    private boolean unanswered() {
        Connection c = connection;
        return c != null && bytes == 0 && c.unanswered();
    }

    private void finish(Failure failure) {
        finish(new Answer.Failed<>(failure, timing(System.nanoTime())), failure instanceof Failure.Connect);
    }

    private void finish(Answer<T> answer, boolean unreached) {
        over = true;
        if (synLost) {
            Objects.requireNonNull(fastOpen).synLost();
        } else if (!unreached) {
            Objects.requireNonNull(fastOpen).connected();
        }
        cancelDeadline();
        close(answer instanceof Answer.Ok ? bytes : 0);
        sink.success(answer);
        client.resume();
    }

    /** The asker went away. */
    void abandon() {
        if (over) {
            return;
        }
        over = true;
        cancelDeadline();
        close(0);
        if (started) {
            client.resume();
        }
    }

    /** After a failure no room is kept: a pen that babbles without end is not one to be prepared for. */
    private void close(int usedBytes) {
        Connection c = connection;
        if (c != null) {
            c.close();
        }
        client.trim(usedBytes);
        client.ended(this);
    }

    private void cancelDeadline() {
        ScheduledFuture<?> task = deadline;
        if (task != null) {
            task.cancel(false);
        }
    }

    private Answer.Timing timing(long endNanos) {
        return new Answer.Timing(startNanos, bytes == 0 ? endNanos : firstByteNanos, endNanos, bytes);
    }

    /** What the operating system said, without the name of the call that it said it to. */
    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        if (message == null) {
            // Netty has no words for a socket path that is not there.
            return cause instanceof FileNotFoundException
                    ? "No such file or directory"
                    : cause.getClass().getSimpleName();
        }
        int call = message.indexOf("failed with error(");
        return call < 0 ? message : message.substring(message.indexOf("): ", call) + 3);
    }
}
