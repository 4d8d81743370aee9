package io.github.penagent.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Greets first, as mail servers do, takes every mail and forgets it. Pipelined commands are answered in order. */
final class SmtpBackend implements DemoBackend {
    private static final int MAX_LINE_BYTES = 2_048;
    private static final int MIN_DELAY_MILLIS = 100;
    private static final int MAX_DELAY_MILLIS = 2_000;
    private static final int IDLE_SECONDS = 10;

    private final Vertx vertx;
    private final String host;
    private final RandomGenerator random;
    private @Nullable NetServer server;
    private int port;

    SmtpBackend(Vertx vertx, String host, RandomGenerator random) {
        this.vertx = vertx;
        this.host = host;
        this.random = random;
    }

    @Override
    public Future<Void> open() {
        NetServer opened = vertx.createNetServer(new NetServerOptions().setIdleTimeout(IDLE_SECONDS))
                .connectHandler(socket -> new Dialogue(socket).begin());
        return opened.listen(port, "127.0.0.1").map(listening -> {
            server = opened;
            port = opened.actualPort();
            return null;
        });
    }

    @Override
    public Future<Void> close() {
        NetServer closing = server;
        server = null;
        return closing == null ? Future.succeededFuture() : closing.close();
    }

    @Override
    public int port() {
        return port;
    }

    /** One client's visit. */
    private final class Dialogue {
        private final NetSocket socket;
        private boolean inMail;

        Dialogue(NetSocket socket) {
            this.socket = socket;
        }

        void begin() {
            socket.exceptionHandler(failure -> {});
            socket.handler(RecordParser.newDelimited("\r\n", line -> heard(line.toString()))
                    .maxRecordSize(MAX_LINE_BYTES)
                    .exceptionHandler(tooLong -> socket.close()));
            say("220 " + host + " ESMTP");
        }

        private void heard(String line) {
            if (inMail) {
                if (line.equals(".")) {
                    inMail = false;
                    say("250 2.0.0 queued as " + Integer.toHexString(random.nextInt()));
                }
                return;
            }
            switch (line.split(" ", 2)[0].toUpperCase(Locale.ROOT)) {
                case "EHLO", "HELO" -> say("250 " + host);
                case "MAIL", "RCPT", "NOOP", "RSET" -> say("250 2.0.0 ok");
                case "DATA" -> {
                    inMail = true;
                    say("354 go ahead");
                }
                case "QUIT" ->
                    vertx.setTimer(
                            random.nextInt(MIN_DELAY_MILLIS, MAX_DELAY_MILLIS),
                            id -> socket.end(Buffer.buffer("221 2.0.0 bye\r\n")));
                default -> say("500 5.5.2 what?");
            }
        }

        private void say(String line) {
            socket.write(line + "\r\n");
        }
    }
}
