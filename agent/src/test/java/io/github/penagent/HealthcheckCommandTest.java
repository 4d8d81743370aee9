package io.github.penagent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.peers.Certificates;
import io.github.penagent.peers.Ports;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthcheckCommandTest {
    private final Vertx vertx = Vertx.vertx();
    private final Path folder;

    HealthcheckCommandTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @ParameterizedTest
    @CsvSource({"200, 0", "401, 0", "404, 1", "503, 1"})
    void an_agent_that_answers_lives_even_if_it_wants_a_password(int status, int code) throws IOException {
        int port = serve(new HttpServerOptions(), status);

        CommandRun run = healthcheck("web.listen = \"127.0.0.1:" + port + "\"");

        assertThat(run.code()).isEqualTo(code);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo(code == 0 ? "" : "pen-agent: 127.0.0.1:" + port + ": answered " + status + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "[::]"})
    void an_agent_that_listens_everywhere_is_asked_here(String everywhere) throws IOException {
        int port = serve(new HttpServerOptions().setHost(everywhere.replaceAll("[\\[\\]]", "")), 200);

        assertThat(healthcheck("web.listen = \"" + everywhere + ":" + port + "\""))
                .isEqualTo(new CommandRun(0, "", ""));
    }

    @Test
    void a_file_that_is_wrong_elsewhere_still_tells_where_the_agent_runs() throws IOException {
        int port = serve(new HttpServerOptions(), 200);

        assertThat(healthcheck("frobnicate = 1, pens = 3, web.listen = \"127.0.0.1:" + port + "\"")
                        .code())
                .isZero();
    }

    @Test
    void nobody_there_is_said_in_one_line() throws IOException {
        int port = Ports.free("127.0.0.1");

        CommandRun run = healthcheck("web.listen = \"127.0.0.1:" + port + "\"");

        assertThat(run).isEqualTo(new CommandRun(1, "", "pen-agent: 127.0.0.1:" + port + ": Connection refused\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "web.listen = \"127.0.0.1:0\", 'pen-agent: web.listen has port 0: which one the agent got cannot be known'",
        "web.listen = everywhere, pen-agent.web.listen must be host:port or [IPv6]:port",
        "'web { listen = ', pen-agent.conf: "
    })
    void an_address_that_cannot_be_known_is_no_answer(String settings, String why) throws IOException {
        CommandRun run = healthcheck(settings);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errLines()).singleElement().asString().contains(why);
    }

    @Test
    void without_a_file_it_says_so() {
        CommandRun run = CommandRun.of(nothing(), "healthcheck", "--config", "nowhere.conf");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("nowhere.conf").hasLineCount(1);
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void who_takes_the_connection_and_says_nothing_does_not_live() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + silent.getLocalPort();

            CommandRun run = healthcheck("web.listen = \"" + address + "\"");

            assertThat(run).isEqualTo(new CommandRun(1, "", "pen-agent: " + address + ": no answer within 3 s\n"));
        }
    }

    @Test
    void over_tls_any_certificate_will_do() throws Exception {
        int port = serve(tls(), 200);

        assertThat(healthcheck("web.listen = \"127.0.0.1:" + port + "\"")).isEqualTo(new CommandRun(0, "", ""));
    }

    @Test
    void an_agent_that_demands_a_client_certificate_lives() throws Exception {
        int port = serve(
                tls().setClientAuth(ClientAuth.REQUIRED)
                        .setTrustOptions(new PemTrustOptions()
                                .addCertPath(folder.resolve("agent.crt").toString())),
                200);

        assertThat(healthcheck("web.listen = \"127.0.0.1:" + port + "\"")).isEqualTo(new CommandRun(0, "", ""));
    }

    /** Of a name that is not the address asked, and long past. */
    private HttpServerOptions tls() throws Exception {
        Certificates certificates = new Certificates(folder);
        certificates.make("agent", "dns:agent.example.org", "-30d", 1);
        certificates.pem("agent");
        return new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(folder.resolve("agent.crt").toString())
                        .setKeyPath(folder.resolve("agent.key").toString()));
    }

    private int serve(HttpServerOptions options, int status) {
        if (options.getHost().equals(HttpServerOptions.DEFAULT_HOST)) {
            options.setHost("::");
        }
        return vertx.createHttpServer(options)
                .requestHandler(request -> answer(request, status))
                .listen(0)
                .await()
                .actualPort();
    }

    private static void answer(HttpServerRequest request, int status) {
        request.response()
                .setStatusCode("/-/healthy".equals(request.path()) ? status : 404)
                .end();
    }

    private CommandRun healthcheck(String settings) throws IOException {
        Path file = Files.writeString(folder.resolve("pen-agent.conf"), "pen-agent { " + settings + " }");
        return CommandRun.of(nothing(), "healthcheck", "--config", file.toString());
    }

    private static FakeLauncher nothing() {
        return new FakeLauncher(() -> Closes.AT_ONCE);
    }
}
