package io.github.penagent.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DemoBackendTest {
    private final Loop loop = new Loop();
    private final EventLoopGroup webServers = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    @AfterEach
    void close() throws TimeoutException {
        loop.close();
        assertThat(webServers.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void http_answers_its_health_check() throws IOException, TimeoutException {
        String reply = Tcp.exchange(open(http()), "GET /healthz HTTP/1.0\r\n\r\n");

        assertThat(reply).startsWith("HTTP/1.0 200 OK\r\n").endsWith("\r\n\r\nok\n");
    }

    @Test
    void http_answers_pipelined_requests_in_their_order() throws IOException, TimeoutException {
        String reply = Tcp.exchange(
                open(http()),
                "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        assertThat(reply).startsWith("HTTP/1.1 200 OK\r\n").contains("pen").endsWith("\r\n\r\nok\n");
    }

    @Test
    void http_answers_with_varying_sizes() throws IOException, TimeoutException {
        String address = open(http());
        String form = Messages.form(new SplittableRandom(1)).toString();

        String one = Tcp.exchange(address, form);
        String other = Tcp.exchange(address, form);

        assertThat(one).startsWith("HTTP/1.0 200 OK\r\n");
        assertThat(other.length()).isNotEqualTo(one.length());
    }

    @Test
    void smtp_greets_first_and_takes_pipelined_mail() throws IOException, TimeoutException {
        String said = Tcp.exchange(
                open(new SmtpBackend(loop.vertx, "mail.invalid", new SplittableRandom(1))),
                Messages.mail(new SplittableRandom(1)).toString());

        assertThat(said.lines().map(line -> line.substring(0, 4)))
                .containsExactly("220 ", "250 ", "250 ", "250 ", "354 ", "250 ", "221 ");
    }

    @Test
    void smtp_ends_a_line_without_end() throws IOException, TimeoutException {
        String address = open(new SmtpBackend(loop.vertx, "mail.invalid", new SplittableRandom(1)));
        try (Socket client = Tcp.connect(address)) {
            client.getOutputStream().write(new byte[10_000]);
            await().untilAsserted(() -> assertThat(ended(client)).isTrue());
        }
    }

    @Test
    void a_closed_backend_refuses_and_returns_on_its_port() throws IOException, TimeoutException {
        HttpBackend backend = http();
        String address = open(backend);
        loop.run(backend::close);
        loop.run(backend::close);
        assertThat(Tcp.refuses(address)).isTrue();

        assertThat(open(backend)).isEqualTo(address);
        assertThat(Tcp.refuses(address)).isFalse();
    }

    @Test
    void outages_come_and_go_until_they_are_stopped() throws IOException, TimeoutException {
        HttpBackend backend = http();
        String address = open(backend);
        Outages outages = new Outages(loop.vertx, backend, List.of(Duration.ofMillis(150), Duration.ofMillis(150)));
        loop.run(() -> {
            outages.start(Duration.ofMillis(150));
            return Future.succeededFuture(outages);
        });

        for (int turn = 0; turn < 2; turn++) {
            await().pollInterval(Duration.ofMillis(10)).until(() -> Tcp.refuses(address));
            await().pollInterval(Duration.ofMillis(10)).until(() -> !Tcp.refuses(address));
        }
        outages.stop();
    }

    @Test
    void outages_need_an_end_for_every_beginning() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Outages(loop.vertx, http(), List.of(Duration.ofSeconds(1))));
    }

    private HttpBackend http() {
        return new HttpBackend(loop.vertx, webServers.next(), new SplittableRandom(1));
    }

    private String open(DemoBackend backend) throws TimeoutException {
        loop.run(backend::open);
        return "127.0.0.1:" + backend.port();
    }

    private static boolean ended(Socket client) {
        try {
            return client.getInputStream().readAllBytes().length > 0;
        } catch (IOException reset) {
            return true;
        }
    }
}
