package io.github.penagent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.penagent.peers.Certificates;
import io.github.penagent.web.Access;
import io.github.penagent.web.ClientPolicy;
import io.github.penagent.web.RequestRate;
import io.github.penagent.web.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What exporter-toolkit takes is taken, and what it refuses is refused by key and rule. */
class WebConfigFileTest {
    private static final String HASH = "$2y$10$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi";

    private static Path folder = Path.of("");

    @BeforeAll
    static void make(@TempDir Path shared) throws Exception {
        folder = shared;
        Certificates.inPem(folder, "server", "other");
        Files.writeString(folder.resolve("half.crt"), "-----BEGIN CERTIFICATE-----\nMIIB");
    }

    @Test
    void a_file_with_every_key_is_taken() throws IOException {
        Access access = good("""
                tls_server_config:
                  cert_file: server.crt
                  key_file: server.key
                  client_auth_type: VerifyClientCertIfGiven
                  client_ca_file: other.crt
                  client_allowed_sans: [ one.example, 10.0.0.1 ]
                  min_version: TLS12
                  max_version: TLS13
                  cipher_suites: [ TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 ]
                  prefer_server_cipher_suites: true
                  curve_preferences: [ X25519, CurveP256 ]
                http_server_config:
                  http2: true
                  headers:
                    Content-Security-Policy: default-src 'self'
                    X-Frame-Options: sameorigin
                    X-Content-Type-Options: nosniff
                    X-XSS-Protection: "1"
                    Strict-Transport-Security: max-age=31536000
                basic_auth_users:
                  ann: %s
                  "ann.b c": %s
                rate_limit:
                  interval: 1m30s
                  burst: 7
                """.formatted(HASH, HASH));

        TlsSettings tls = access.tls().orElseThrow();
        assertThat(tls.clients()).isEqualTo(ClientPolicy.VERIFY_IF_GIVEN);
        assertThat(tls.allowedSans()).containsExactlyInAnyOrder("one.example", "10.0.0.1");
        assertThat(tls.protocols()).containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
        assertThat(tls.cipherSuites()).contains("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384");
        assertThat(access.users()).containsOnlyKeys("ann", "ann.b c");
        assertThat(access.headers()).hasSize(5).containsEntry("X-Frame-Options", "sameorigin");
        assertThat(access.rate()).contains(new RequestRate(Duration.ofSeconds(90), 7));
        assertThat(access.demandsProof()).isTrue();
        assertThat(access.toString()).doesNotContain("PRIVATE", HASH);
    }

    @Test
    void certificate_and_key_may_stand_in_the_file_itself() throws IOException {
        Access inline = good("tls_server_config:\n  cert: |\n" + indented("server.crt") + "  key: |\n"
                + indented("server.key") + "  client_ca: |\n" + indented("other.crt")
                + "  client_auth_type: RequireAndVerifyClientCert\n");

        assertThat(inline.tls().map(TlsSettings::clients)).contains(ClientPolicy.REQUIRE_AND_VERIFY);
        assertThat(inline.toString()).doesNotContain("PRIVATE");
    }

    private static String indented(String file) throws IOException {
        return Files.readString(folder.resolve(file)).indent(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing but a comment",
                "basic_auth_users:",
                "tls_server_config: {}",
                "tls_server_config: {min_version: TLS13, cert_file: ''}",
                "http_server_config: {http2: false}",
                "rate_limit: {interval: 0s, burst: 0}"
            })
    void a_file_that_demands_nothing_lets_everybody_in(String yaml) throws IOException {
        assertThat(good(yaml)).isEqualTo(Access.OPEN);
    }

    @ParameterizedTest
    @CsvSource({
        "NoClientCert, NONE",
        "RequestClientCert, REQUEST",
        "RequireAnyClientCert, REQUIRE_ANY",
        "RequireClientCert, REQUIRE_ANY"
    })
    void policies_that_verify_nothing_need_no_authorities(String word, ClientPolicy policy) throws IOException {
        Access access = good(tls("client_auth_type: " + word));

        assertThat(access.tls().map(TlsSettings::clients)).contains(policy);
        assertThat(access.demandsProof()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"TLS10, TLS13, TLSv1.2 TLSv1.3", "TLS13, TLS13, TLSv1.3", "TLS12, TLS12, TLSv1.2"})
    void versions_narrow_what_is_served(String least, String most, String served) throws IOException {
        Access access = good(tls("min_version: " + least + ", max_version: " + most));

        assertThat(access.tls().orElseThrow().protocols()).containsExactlyInAnyOrder(served.split(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {tls_server_config: {cert_file: server.crt}}                             | tls_server_config.key_file: is missing
                    {tls_server_config: {client_auth_type: NoClientCert}}                    | tls_server_config.cert_file: is missing; tls_server_config.key_file: is missing
                    {tls_server_config: {cert_file: server.crt, key_file: other.key}}        | tls_server_config.cert_file = "server.crt": the key is not that of the certificate
                    {tls_server_config: {cert_file: half.crt, key_file: server.key}}         | tls_server_config.cert_file = "half.crt": the certificate cannot be read
                    {tls_server_config: {cert_file: server.crt, key_file: server.crt}}       | tls_server_config.cert_file = "server.crt": the key cannot be read: it must be RSA or EC in PEM, not encrypted
                    {tls_server_config: {cert_file: server.crt, key: hush}}                  | tls_server_config.cert_file = "server.crt": the key cannot be read: it must be RSA or EC in PEM, not encrypted
                    {tls_server_config: {cert_file: server.crt, key: [hush]}}                | tls_server_config.key: must be text in PEM
                    {tls_server_config: {min_version: TLS9}}                                 | tls_server_config.min_version = "TLS9": must be TLS10, TLS11, TLS12 or TLS13
                    {tls_server_config: {max_version: TLS11}}                                | tls_server_config.max_version = "TLS11": must be TLS12 or TLS13, and not below min_version
                    {tls_server_config: {min_version: TLS13, max_version: TLS12}}            | tls_server_config.max_version = "TLS12": must be TLS12 or TLS13, and not below min_version
                    {tls_server_config: {curve_preferences: [P9]}}                           | tls_server_config.curve_preferences[0] = "P9": must be CurveP256, CurveP384, CurveP521 or X25519
                    {tls_server_config: {min_versio: TLS12}}                                 | tls_server_config.min_versio: unknown key, did you mean min_version?
                    {http_server_config: {headers: {X-Frame-Options: ALLOW}}}                | http_server_config.headers.X-Frame-Options = "ALLOW": must be deny or sameorigin
                    {http_server_config: {headers: {X-Content-Type-Options: ""}}}            | http_server_config.headers.X-Content-Type-Options = "": must be nosniff
                    {http_server_config: {headers: {Server: x}}}                             | http_server_config.headers.Server: unknown key
                    {http_server_config: {headers: {Content-Security-Policy: "a\\nb"}}}      | http_server_config.headers.Content-Security-Policy = "a\\nb": must be printable ASCII, of at most 4096 characters
                    {http_server_config: {http3: true}}                                      | http_server_config.http3: unknown key, did you mean http2?
                    {rate_limit: {interval: 1s}}                                             | rate_limit.burst: must be at least 1, or nothing is answered at all
                    {rate_limit: {interval: soon}}                                           | rate_limit.interval = "soon": must be a duration such as 100ms, 1s or 1m30s, at most 1 h
                    {basic_auth_users: {ann: hush}}                                          | basic_auth_users.ann: must be a bcrypt hash, such as `htpasswd -nBC 10` makes
                    {basic_auth_users: {ann: [hush]}}                                        | basic_auth_users.ann: must be a bcrypt hash
                    {basic_auth_users: {ann: $2y$31$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi}} | basic_auth_users.ann: must have a cost of 4 to 18
                    {basic_auth_user: {}}                                                    | basic_auth_user: unknown key, did you mean basic_auth_users?
                    """)
    void what_is_wrong_is_said_by_key_and_rule_and_without_secrets(String yaml, String said) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.yml"), yaml);
        Problems problems = new Problems(folder.resolve("pen-agent.conf"));

        WebConfigFile.read(file, "KEY", problems);

        String prefix = folder.resolve("pen-agent.conf") + ": KEY.";
        assertThat(problems.sorted().stream().map(Problem::toString).map(line -> line.substring(prefix.length())))
                .containsExactlyInAnyOrder(said.split("; "));
        assertThat(problems.sorted().toString()).doesNotContain("hush").doesNotContain("QOauh");
    }

    @Test
    void a_source_says_what_is_wrong_now_and_what_is_right_later() throws IOException {
        Path file = Files.writeString(folder.resolve("later.yml"), "basic_auth_users: {ann: hush}");
        AccessFiles source = new AccessFiles("pen-agent.web", Optional.empty(), Optional.of(file));

        assertThatThrownBy(source::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pen-agent.web.config-file.basic_auth_users.ann: must be a bcrypt hash")
                .hasMessageNotContaining("hush");
        Files.writeString(file, "basic_auth_users: {ann: " + HASH + "}");
        assertThat(source.read().users())
                .isEqualTo(
                        Map.copyOf(good("basic_auth_users: {ann: " + HASH + "}").users()));
    }

    private static String tls(String more) {
        return "tls_server_config: {cert_file: server.crt, key_file: server.key, " + more + "}";
    }

    private static Access good(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("good.yml"), yaml);
        Problems problems = new Problems(file);
        Optional<Access> access = WebConfigFile.read(file, "KEY", problems);
        assertThat(problems.sorted()).isEmpty();
        return access.orElseThrow();
    }
}
