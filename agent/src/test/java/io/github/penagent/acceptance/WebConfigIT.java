package io.github.penagent.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.AgentProcess;
import io.github.penagent.peers.Certificates;
import io.github.penagent.peers.FakePen;
import io.github.penagent.peers.MetricsPage;
import io.github.penagent.peers.PenScript;
import io.github.penagent.peers.Ports;
import io.github.penagent.peers.Program;
import io.github.penagent.peers.RealPrometheus;
import io.github.penagent.peers.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A web configuration file as exporter-toolkit's users write it, with curl and Prometheus in front of it. */
class WebConfigIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String PASSWORD = "correct horse";

    /** Of that password, at the least cost. */
    private static final String HASH = "$2y$05$GYY9gFqL7VaY/f5A9FLy6enCeZwzlS/GwUm3qg6mFTew4EWmnaK8m";

    private static final String USERS = "basic_auth_users: { ann: " + HASH + " }\n";
    private static final String PAIR = "cert_file: server.crt, key_file: server.key";
    private static final String GAUGE = "pen_agent_web_config_last_reload_successful";

    private final FakePen pen = FakePen.that(PenScript.replies(""));
    private final Path folder;
    private final int port = Ports.free("127.0.0.1");

    WebConfigIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void certificates() throws Exception {
        Certificates.inPem(folder, "server", "renewed", "known", "stranger");
        Certificates maker = new Certificates(folder);
        maker.make("expired", "ip:127.0.0.1", "-10d", 5);
        maker.pem("expired");
        Files.writeString(
                folder.resolve("clients.crt"),
                Files.readString(folder.resolve("known.crt")) + Files.readString(folder.resolve("expired.crt")));
    }

    @AfterEach
    void close() {
        pen.close();
    }

    @Test
    void passwords_certificates_and_versions_are_what_the_file_says() throws Exception {
        try (AgentProcess agent = agent("tls_server_config: { " + PAIR + ", min_version: TLS13 }\n" + USERS)) {
            awaitStatus("200", "--cacert", file("server.crt"), "-u", "ann:" + PASSWORD);

            assertThat(status("--cacert", file("server.crt"), "-u", "ann:wrong"))
                    .isEqualTo("401");
            assertThat(status("--cacert", file("server.crt"), "-u", "bob:" + PASSWORD))
                    .isEqualTo("401");
            assertThat(status("--cacert", file("server.crt"))).isEqualTo("401");
            assertThat(curl("/-/healthy", "--cacert", file("server.crt")).output())
                    .endsWith("401");
            assertThat(curl("/metrics", "--cacert", file("stranger.crt")).exit())
                    .isEqualTo(60);
            assertThat(curl("/metrics", "--cacert", file("server.crt"), "--tls-max", "1.2")
                            .exit())
                    .isEqualTo(35);
            String config = curl("/config", "--cacert", file("server.crt"), "-u", "ann:" + PASSWORD)
                    .output();
            assertThat(config).contains("web.yml").endsWith("200");
            assertThat(config + agent.log()).doesNotContain(HASH, PASSWORD, "PRIVATE KEY");
        }
    }

    @Test
    void prometheus_gets_in_with_the_right_words_and_the_right_authority_alone() throws Exception {
        try (AgentProcess agent = agent("tls_server_config: { " + PAIR + " }\n" + USERS);
                RealPrometheus prometheus = RealPrometheus.start("global: { scrape_interval: 1s, scrape_timeout: 1s }\n"
                        + "scrape_configs:\n"
                        + job("right", "server.crt", PASSWORD)
                        + job("wrong-password", "server.crt", "wrong")
                        + job("wrong-authority", "stranger.crt", PASSWORD))) {
            awaitStatus("200", "--cacert", file("server.crt"), "-u", "ann:" + PASSWORD);
            await("a scrape")
                    .atMost(SOON)
                    .until(() -> prometheus.value("up{job=\"right\"}").orElse(0) == 1);

            await("two refusals").atMost(SOON).untilAsserted(() -> {
                assertThat(prometheus.value("up{job=\"wrong-password\"}")).hasValue(0);
                assertThat(prometheus.value("up{job=\"wrong-authority\"}")).hasValue(0);
                assertThat(prometheus.data("/api/v1/targets").encode())
                        .contains("server returned HTTP status 401", "certificate signed by unknown authority");
            });
            assertThat(agent.alive()).isTrue();
        }
    }

    private String job(String name, String authority, String password) {
        return """
                  - job_name: %s
                    scheme: https
                    tls_config: { ca_file: %s }
                    basic_auth: { username: ann, password: %s }
                    static_configs: [ { targets: [ '127.0.0.1:%d' ] } ]
                """.formatted(name, file(authority), password, port);
    }

    @Test
    void only_clients_with_a_certificate_that_is_ours_and_still_good_get_in() throws Exception {
        try (AgentProcess agent = agent("tls_server_config: { " + PAIR
                + ", client_ca_file: clients.crt, client_auth_type: RequireAndVerifyClientCert }\n")) {
            awaitStatus("200", as("known"));

            for (String name : List.of("expired", "stranger")) {
                assertThat(curl("/metrics", as(name)).exit()).as(name).isNotZero();
            }
            assertThat(curl("/metrics", "--cacert", file("server.crt")).exit()).isNotZero();
            assertThat(agent.alive()).isTrue();
        }
    }

    @Test
    void a_renewed_certificate_is_served_without_a_restart_and_half_of_one_never() throws Exception {
        try (AgentProcess agent = agent("tls_server_config: { " + PAIR + " }\n")) {
            awaitStatus("200", "--cacert", file("server.crt"));
            long pid = agent.pid();
            Files.copy(folder.resolve("server.crt"), folder.resolve("old.crt"));

            replace("renewed.key", "server.key");
            await("a look at a pair that does not match").atMost(SOON).until(() -> gauge("old.crt") == 0);
            assertThat(status("--cacert", file("old.crt"))).isEqualTo("200");
            await("said").atMost(SOON).until(() -> agent.log().contains("the key is not that of the certificate"));

            replace("renewed.crt", "server.crt");
            awaitStatus("200", "--cacert", file("renewed.crt"));
            assertThat(gauge("renewed.crt")).isOne();
            assertThat(curl("/metrics", "--cacert", file("old.crt")).exit()).isEqualTo(60);
            assertThat(agent.pid()).isEqualTo(pid);

            Files.writeString(folder.resolve("web.yml"), "tls_server_config: { " + PAIR + " }\n" + USERS);
            awaitStatus("401", "--cacert", file("renewed.crt"));
            assertThat(status("--cacert", file("renewed.crt"), "-u", "ann:" + PASSWORD))
                    .isEqualTo("200");
        }
    }

    private double gauge(String authority) {
        return MetricsPage.parse(curl("/metrics?name%5B%5D=" + GAUGE, "--cacert", file(authority))
                        .output()
                        .replaceFirst("\\n?200$", "\n"))
                .value(GAUGE);
    }

    private void replace(String by, String name) throws IOException {
        Path beside = folder.resolve(name + ".new");
        Files.copy(folder.resolve(by), beside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private AgentProcess agent(String yaml) throws IOException {
        Files.writeString(folder.resolve("web.yml"), yaml);
        return AgentProcess.start(port, """
                pen-agent {
                  pens = [ { name = web, control = "%s" } ]
                  web { listen = "127.0.0.1:%d", config-file = "%s" }
                }
                """.formatted(pen.endpoint(), port, file("web.yml")));
    }

    private String[] as(String name) {
        return new String[] {"--cacert", file("server.crt"), "--cert", file(name + ".crt"), "--key", file(name + ".key")
        };
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private void awaitStatus(String status, String... options) {
        await("status " + status).atMost(SOON).until(() -> status(options).equals(status));
    }

    private String status(String... options) {
        return curl("/sd/targets", options).output().replaceFirst("(?s).*(...)$", "$1");
    }

    /** Its output ends with the status of the answer, 000 if there was none. */
    private Run curl(String path, String... options) {
        List<String> words = new ArrayList<>(List.of("-q", "-s", "-m", "10", "-w", "%{http_code}"));
        words.addAll(List.of(options));
        words.add("https://127.0.0.1:" + port + path);
        return Run.of(Program.CURL.command(words.toArray(String[]::new)), SOON);
    }
}
