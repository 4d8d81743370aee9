package io.github.penagent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.cluster.ClusterSettings;
import io.github.penagent.cluster.etcd.EtcdSettings;
import io.github.penagent.cluster.etcd.Password;
import io.github.penagent.peers.Certificates;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of the pens are an agent's, and where that is agreed on. */
class ClusterFilesTest {
    private static final String CLUSTER = ":1: pen-agent.cluster.";

    private static Path certificates = Path.of("");

    private final Path folder;

    @BeforeAll
    static void make(@TempDir Path shared) throws Exception {
        certificates = shared;
        Certificates.inPem(certificates, "own", "ca");
    }

    ClusterFilesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("password"), "open sesame\n");
        for (String name : List.of("own.crt", "own.key", "ca.crt", "ca.key")) {
            Files.copy(certificates.resolve(name), folder.resolve(name));
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "'shard = 1, of = 1'", "'etcd { endpoints = [] }'", "'etcd {}'"})
    void alone_unless_told_otherwise(String cluster) throws IOException {
        assertThat(good(cluster)).isEqualTo(new ClusterSettings.Alone());
    }

    @Test
    void a_part_is_given_out() throws IOException {
        assertThat(good("shard = 1000, of = 1000")).isEqualTo(new ClusterSettings.Shard(1000, 1000));
    }

    @Test
    void etcd_has_defaults() throws IOException {
        assertThat(good("etcd { endpoints = [\"http://10.0.0.9:2379\", \"http://[2001:db8::9]:2379/\"] }"))
                .isEqualTo(new ClusterSettings.OnEtcd(
                        new EtcdSettings(
                                List.of(URI.create("http://10.0.0.9:2379"), URI.create("http://[2001:db8::9]:2379")),
                                Optional.empty(),
                                EtcdSettings.Tls.DEFAULT),
                        ClusterSettings.DEFAULT_TTL,
                        ClusterSettings.DEFAULT_PREFIX));
    }

    @Test
    void all_of_etcd_reaches_its_setting_and_no_secret_is_shown() throws IOException {
        Loaded loaded = load("""
                etcd { endpoints = ["https://e:2379"], prefix = "/site/a", ttl = 30s, user = ann, password-file = password, \
                tls { ca-file = ca.crt, cert-file = own.crt, key-file = own.key } }""");

        assertThat(loaded).isInstanceOf(Loaded.Good.class);
        ClusterSettings cluster = ((Loaded.Good) loaded).settings().cluster();
        assertThat(cluster)
                .isEqualTo(new ClusterSettings.OnEtcd(
                        new EtcdSettings(
                                List.of(URI.create("https://e:2379")),
                                Optional.of(new EtcdSettings.Login("ann", new Password("open sesame"))),
                                new EtcdSettings.Tls(
                                        Optional.of(text("ca.crt")),
                                        Optional.of(new EtcdSettings.Identity(
                                                text("own.crt"), new Password(text("own.key")))))),
                        Duration.ofSeconds(30),
                        "/site/a"));
        assertThat(cluster.toString()).doesNotContain("sesame", "PRIVATE");
        assertThat(((Loaded.Good) loaded).effectiveJson())
                .contains("password-file")
                .doesNotContain("sesame", "PRIVATE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    shard = 3, of = 2                                  | shard = 3: must be at most of, which is 2
                    shard = 0                                          | shard = 0: must be a whole number between 1 and 1000
                    of = 1001                                          | of = 1001: must be a whole number between 1 and 1000
                    shards = 2                                         | shards: unknown key, did you mean shard?
                    shard = 1, etcd { endpoints = ["http://e:1"] }     | shard = 1: has no meaning beside etcd, where the agents agree on their shares; leave it out
                    of = 1, etcd { endpoints = ["http://e:1"] }        | of = 1: has no meaning beside etcd, where the agents agree on their shares; leave it out
                    etcd { ttl = 10s }                                 | etcd.endpoints: is missing
                    etcd { endpoints = ["e:1"] }                       | etcd.endpoints[0] = "e:1": must be http://host:port or https://host:port, an IPv6 address in brackets, without a path
                    etcd { endpoints = ["http://e"] }                  | etcd.endpoints[0] = "http://e": must be http://host:port or https://host:port, an IPv6 address in brackets, without a path
                    etcd { endpoints = ["http://e:70000"] }            | etcd.endpoints[0] = "http://e:70000": must be http://host:port or https://host:port, an IPv6 address in brackets, without a path
                    etcd { endpoints = ["http://e:1", "http://e:1/"] } | etcd.endpoints[1] = "http://e:1/": is in this list twice
                    etcd { endpoints = ["http://e:1"], prefix = "a" }  | etcd.prefix = "a": must begin with a slash and not end with one, of letters, digits, _, . and -, such as /pen-agent
                    etcd { endpoints = ["http://e:1"], prefix = "/a/" } | etcd.prefix = "/a/": must begin with a slash and not end with one, of letters, digits, _, . and -, such as /pen-agent
                    etcd { endpoints = ["http://e:1"], ttl = 4s }      | etcd.ttl = "4s": must be between 5 s and 1 min
                    etcd { endpoints = ["http://e:1"], ttl = 5500ms }  | etcd.ttl = "5500ms": must be a whole number of seconds
                    etcd { endpoints = ["http://e:1"], user = ann }    | etcd.password-file: is missing
                    etcd { endpoints = ["http://e:1"], password-file = password } | etcd.user: is missing
                    etcd { endpoints = ["http://e:1"], user = ann, password-file = own.key } | etcd.password-file = "own.key": must contain one line of 1 to 1024 characters
                    etcd { endpoints = ["http://e:1"], pasword-file = x } | etcd.pasword-file: unknown key, did you mean password-file?
                    etcd { endpoints = ["http://e:1"], tls { ca-file = ca.crt } } | etcd.tls.ca-file = "ca.crt": has no meaning, as no endpoint begins with https://
                    etcd { endpoints = ["https://e:1"], tls { ca-file = own.key } } | etcd.tls.ca-file = "own.key": must contain certificates in PEM
                    etcd { endpoints = ["https://e:1"], tls { ca-file = nowhere } } | etcd.tls.ca-file = "nowhere": there is no file FOLDER/nowhere
                    etcd { endpoints = ["https://e:1"], tls { cert-file = own.crt } } | etcd.tls.key-file: is missing
                    etcd { endpoints = ["https://e:1"], tls { cafile = ca.crt } } | etcd.tls.cafile: unknown key, did you mean ca-file?
                    """)
    void what_is_wrong_is_named_by_its_key(String cluster, String problem) throws IOException {
        assertThat(problems(cluster, " ")).containsExactly(CLUSTER + problem.replace("FOLDER", folder.toString()));
    }

    @Test
    void a_key_that_does_not_belong_to_the_certificate_is_refused() throws IOException {
        assertThat(problems(
                        "etcd { endpoints = [\"https://e:1\"], tls { cert-file = own.crt, key-file = ca.key } }", " "))
                .singleElement()
                .asString()
                .startsWith(CLUSTER + "etcd.tls.cert-file = \"own.crt\": ");
    }

    @Test
    void twins_and_shared_work_exclude_each_other() throws IOException {
        assertThat(problems("etcd { endpoints = [\"http://e:1\"] }", "remediation { agents = 2 }"))
                .containsExactly(
                        CLUSTER
                                + "etcd.endpoints = [\"http://e:1\"]: cannot be beside remediation.agents = 2: agents that know of each other share the pens, and each pen has one agent");
    }

    private String text(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private ClusterSettings good(String cluster) throws IOException {
        Loaded loaded = load(cluster);
        assertThat(loaded).isInstanceOf(Loaded.Good.class);
        return ((Loaded.Good) loaded).settings().cluster();
    }

    private Loaded load(String cluster) throws IOException {
        return load(cluster, " ");
    }

    private List<String> problems(String cluster, String more) throws IOException {
        Loaded loaded = load(cluster, more);
        assertThat(loaded).isInstanceOf(Loaded.Bad.class);
        String file = folder.resolve("pen-agent.conf").toString();
        return ((Loaded.Bad) loaded)
                .problems().stream()
                        .map(Problem::toString)
                        .map(line -> line.substring(file.length()))
                        .toList();
    }

    private Loaded load(String cluster, String more) throws IOException {
        return ConfigLoader.load(Files.writeString(
                folder.resolve("pen-agent.conf"),
                "pen-agent { pens = [ { name = web, control = \"10.0.0.5:8888\" } ], cluster { " + cluster + " }, "
                        + more + " }"));
    }
}
