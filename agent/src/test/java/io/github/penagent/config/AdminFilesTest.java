package io.github.penagent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.peers.Certificates;
import io.github.penagent.web.AdminSettings;
import io.github.penagent.web.ClientPolicy;
import io.github.penagent.web.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The listener that changes things, and the files that say who may. */
class AdminFilesTest {
    private static final String ADMIN = ":1: pen-agent.admin.";

    private static Path certificates = Path.of("");

    private final Path folder;

    @BeforeAll
    static void make(@TempDir Path shared) throws Exception {
        certificates = shared;
        Certificates.inPem(certificates, "server", "clients");
    }

    AdminFilesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("token"), "correct-horse-battery\n");
        for (String name : List.of("server.crt", "server.key", "clients.crt")) {
            Files.copy(certificates.resolve(name), folder.resolve(name));
        }
        Files.writeString(
                folder.resolve("plain.yml"), "tls_server_config: {cert_file: server.crt, key_file: server.key}");
        Files.writeString(folder.resolve("mutual.yml"), """
                tls_server_config:
                  cert_file: server.crt
                  key_file: server.key
                  client_ca_file: clients.crt
                  client_auth_type: RequireAndVerifyClientCert
                """);
    }

    @Test
    void it_is_off_and_then_no_file_is_looked_at() throws IOException {
        assertThat(good("token-file = nowhere").isEmpty()).isTrue();
    }

    @Test
    void a_token_is_enough() throws IOException {
        AdminSettings admin = good("enabled = true, token-file = token").orElseThrow();

        assertThat(admin.listen().toString()).isEqualTo("127.0.0.1:10912");
        assertThat(admin.access().token()).isPresent();
        assertThat(admin.access().tls()).isEmpty();
        assertThat(admin.toString()).doesNotContain("horse");
    }

    @Test
    void client_certificates_are_enough_and_their_files_are_beside_the_one_that_names_them() throws IOException {
        Files.createDirectory(folder.resolve("sub"));
        for (String name : List.of("mutual.yml", "server.crt", "server.key", "clients.crt")) {
            Files.move(folder.resolve(name), folder.resolve("sub").resolve(name));
        }

        AdminSettings admin =
                good("enabled = true, config-file = sub/mutual.yml").orElseThrow();

        TlsSettings tls = admin.access().tls().orElseThrow();
        assertThat(tls.clients()).isEqualTo(ClientPolicy.REQUIRE_AND_VERIFY);
        assertThat(tls.certificate()).isEqualTo(Files.readString(folder.resolve("sub/server.crt")));
        assertThat(tls.clientAuthorities()).contains(Files.readString(folder.resolve("sub/clients.crt")));
        assertThat(admin.source().read()).isEqualTo(admin.access());
    }

    @Test
    void a_token_may_go_over_tls() throws IOException {
        AdminSettings admin = good("enabled = true, token-file = token, config-file = plain.yml")
                .orElseThrow();

        assertThat(admin.access().token()).isPresent();
        assertThat(admin.access().tls().flatMap(TlsSettings::clientAuthorities)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    enabled = true                           | enabled = true: needs a token-file, or a config-file that demands passwords or client certificates
                    enabled = true, config-file = plain.yml  | config-file = "plain.yml": must demand passwords or client certificates where there is no token-file
                    enabled = true, token-file = nowhere     | token-file = "nowhere": there is no file FOLDER/nowhere
                    enabled = true, token-file = "."         | token-file = ".": there is no file FOLDER
                    """)
    void without_either_it_does_not_start(String admin, String problem) throws IOException {
        assertThat(problems(admin)).containsExactly(ADMIN + problem.replace("FOLDER", folder.toString()));
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "short",
        "two words of enough length",
        "'line-one-is-long-enough\nline-two'",
        "$2y$10$abcdefghijklmnop"
    })
    void a_token_that_is_none_is_refused_without_being_shown(String token) throws IOException {
        Files.writeString(folder.resolve("token"), token);

        assertThat(problems("enabled = true, token-file = token"))
                .containsExactly(
                        ADMIN
                                + "token-file = \"token\": must contain one word of 16 to 1024 printable ASCII characters, or the bcrypt hash of one");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    tls_server_config: {cert_file: server.crt}                                                   | tls_server_config.key_file: is missing
                    tls_server_config: {cert_file: nowhere, key_file: server.key}                                | tls_server_config.cert_file = "nowhere": there is no file FOLDER/nowhere
                    tls_server_config: {cert_file: server.crt, key_file: server.key, cert_fil: x}                | tls_server_config.cert_fil: unknown key, did you mean cert_file?
                    tls_server_config: {cert_file: server.crt, key_file: server.key, client_ca_file: clients.crt} | tls_server_config.client_ca_file = "clients.crt": needs client_auth_type: RequireAndVerifyClientCert
                    tls_server_config: {cert_file: server.crt, key_file: server.key, client_auth_type: RequireAndVerifyClientCert} | tls_server_config.client_auth_type = "RequireAndVerifyClientCert": needs client_ca_file
                    basic_auth_users: {ann: secret}                                                              | basic_auth_users.ann: must be a bcrypt hash, such as `htpasswd -nBC 10` makes
                    """)
    void what_is_wrong_in_the_tls_file_is_named_by_its_key(String yaml, String problem) throws IOException {
        Files.writeString(folder.resolve("tls.yml"), yaml);

        assertThat(problems("enabled = true, token-file = token, config-file = tls.yml"))
                .containsExactly(": pen-agent.admin.config-file." + problem.replace("FOLDER", folder.toString()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    - a list       | must contain an object, such as tls_server_config: { ... }
                    a: b: c        | is no YAML: mapping values are not allowed here
                    {a: 1, a: 2}   | is no YAML: while constructing a mapping
                    """)
    void a_tls_file_that_is_none_is_a_problem_of_the_key(String yaml, String problem) throws IOException {
        Files.writeString(folder.resolve("tls.yml"), yaml);

        assertThat(problems("enabled = true, token-file = token, config-file = tls.yml"))
                .containsExactly(ADMIN + "config-file = \"tls.yml\": " + problem);
    }

    @Test
    void users_are_enough() throws IOException {
        Files.writeString(
                folder.resolve("users.yml"),
                "basic_auth_users: {ann: $2y$10$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi}");

        AdminSettings admin = good("enabled = true, config-file = users.yml").orElseThrow();

        assertThat(admin.access().users()).containsOnlyKeys("ann");
        assertThat(admin.toString()).doesNotContain("QOauh");
    }

    private Optional<AdminSettings> good(String admin) throws IOException {
        Loaded loaded = load(admin);
        assertThat(loaded).isInstanceOf(Loaded.Good.class);
        return ((Loaded.Good) loaded).settings().admin();
    }

    private List<String> problems(String admin) throws IOException {
        Loaded loaded = load(admin);
        assertThat(loaded).isInstanceOf(Loaded.Bad.class);
        String file = folder.resolve("pen-agent.conf").toString();
        return ((Loaded.Bad) loaded)
                .problems().stream()
                        .map(Problem::toString)
                        .map(line -> line.substring(file.length()))
                        .toList();
    }

    private Loaded load(String admin) throws IOException {
        return ConfigLoader.load(Files.writeString(
                folder.resolve("pen-agent.conf"),
                "pen-agent { pens = [ { name = web, control = \"10.0.0.5:8888\" } ], admin { " + admin + " } }"));
    }
}
