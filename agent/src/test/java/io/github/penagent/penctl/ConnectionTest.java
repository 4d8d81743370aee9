package io.github.penagent.penctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.peers.FakePen;
import io.github.penagent.peers.PenScript;
import io.netty.channel.IoEventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest {
    private static final byte[] PID = {'p', 'i', 'd', '\n'};

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_mistake_of_the_listener_is_told_to_it_and_does_not_stay_in_the_loop(boolean nativeTransport)
            throws Exception {
        try (Transport transport = nativeTransport ? Transport.create(1) : Transport.withoutNativeTransport(1);
                FakePen pen = FakePen.that(PenScript.replies("1\n"))) {
            IoEventLoop loop = (IoEventLoop)
                    transport.client(pen.endpoint(), Duration.ofSeconds(1)).loop();
            Mistaken listener = new Mistaken();
            loop.submit(() -> transport.open(
                            loop, transport.address(pen.endpoint()).orElseThrow(), transport.fastOpen(), PID, listener))
                    .get();

            assertThat(listener.told.get(10, TimeUnit.SECONDS)).hasMessage("a mistake");
        }
    }

    private static final class Mistaken implements Connection.Listener {
        final CompletableFuture<Throwable> told = new CompletableFuture<>();

        @Override
        public void received(ByteBuffer part) {
            throw new AssertionError("a mistake");
        }

        @Override
        public void ended() {}

        @Override
        public void unreached(Throwable cause) {
            told.complete(cause);
        }

        @Override
        public void broken(IOException cause) {
            told.complete(cause);
        }

        @Override
        public void bug(Throwable cause) {
            told.complete(cause);
        }
    }
}
