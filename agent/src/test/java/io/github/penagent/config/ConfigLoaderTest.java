package io.github.penagent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.cluster.ClusterSettings;
import io.github.penagent.discovery.FilePattern;
import io.github.penagent.discovery.TargetsSettings;
import io.github.penagent.health.Check;
import io.github.penagent.health.Pace;
import io.github.penagent.health.PassiveSettings;
import io.github.penagent.health.Question;
import io.github.penagent.penctl.Endpoint;
import io.github.penagent.poll.PollSettings;
import io.github.penagent.poll.RecentClientsSettings;
import io.github.penagent.poll.Target;
import io.github.penagent.remediation.AlertRule;
import io.github.penagent.remediation.AuditSettings;
import io.github.penagent.remediation.Mode;
import io.github.penagent.remediation.RemediationSettings;
import io.github.penagent.remediation.SettingsFixture;
import io.github.penagent.web.Access;
import io.github.penagent.web.ListenAddress;
import io.github.penagent.web.WebSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
    private static final Target WEB = new Target("web", Endpoint.parse("10.0.0.5:8888"), Optional.empty());
    private static final PollSettings POLL = new PollSettings(Duration.ofSeconds(5), Duration.ofSeconds(2), 0.01);
    private static final RecentClientsSettings CLIENTS =
            new RecentClientsSettings(true, Duration.ofMinutes(5), Duration.ofSeconds(30), 0);
    private static final WebSettings LISTENER = web(new ListenAddress("0.0.0.0", 10911), Optional.empty(), false);

    private static final PassiveSettings PASSIVE = new PassiveSettings(true, 3, 4_096);

    private final Path folder;

    ConfigLoaderTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void a_file_with_one_pen_alone_gets_the_documented_defaults() throws IOException {
        assertThat(settings(""))
                .isEqualTo(new Settings(
                        List.of(WEB),
                        TargetsSettings.NONE,
                        POLL,
                        CLIENTS,
                        LISTENER,
                        Optional.empty(),
                        List.of(),
                        PASSIVE,
                        SettingsFixture.in(folder).settings(),
                        new ClusterSettings.Alone(),
                        Optional.empty()));
    }

    @Test
    void no_pen_need_be_written_where_others_are_named_elsewhere() throws IOException {
        for (String source : List.of("files = [\"pens.d/*.json\"]", "srv = [\"_penctl._tcp.example.org.\"]")) {
            Settings settings = settings("pens = [], targets { " + source + " }");

            assertThat(settings.pens()).isEmpty();
            assertThat(settings.targets().any()).isTrue();
        }
    }

    @Test
    void pens_that_only_come_to_light_later_may_be_spoken_of_where_there_are_sources() throws IOException {
        Settings settings =
                settings("targets.srv = [a.example.org], checks = [{ name = a, type = tcp, pens = [web, later] }]"
                        + ", remediation.pens { other = dry-run }");

        assertThat(settings.checks().get(0).pens()).containsExactlyInAnyOrder("web", "later");
        assertThat(settings.remediation().pens()).containsExactly(Map.entry("other", Mode.DRY_RUN));
    }

    @Test
    void an_enforced_pen_of_another_source_is_held_to_what_enforcing_takes() throws IOException {
        Path file = write(
                "targets.srv = [a.example.org], remediation { mode = enforce, pens { later = enforce }, lease = 15s }");

        assertThat(problems(file)).singleElement().asString().contains("15 s is too short where a pen enforces");
    }

    @Test
    void the_documentation_has_no_key_that_is_unknown() {
        Path reference = Path.of("src/main/resources/reference.conf");

        assertThat(problems(reference))
                .singleElement()
                .asString()
                .endsWith(": pen-agent.pens = []: must name at least one pen to watch");
    }

    @Test
    void every_key_reaches_its_setting() {
        Settings full = good(Fixtures.file("valid-full.conf")).settings();
        Pace slow = new Pace(Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofMillis(900), 5, 4);

        assertThat(full)
                .isEqualTo(new Settings(
                        List.of(
                                new Target(
                                        "web",
                                        Endpoint.parse("10.0.0.5:8888"),
                                        Optional.of(Endpoint.parse("10.0.0.5:80"))),
                                new Target("mail", Endpoint.parse("/run/pen/mail.ctl"), Optional.empty()),
                                new Target("v6", Endpoint.parse("[2001:db8::5]:8888"), Optional.empty())),
                        new TargetsSettings(
                                List.of(
                                        new FilePattern(
                                                "included/*.json",
                                                Fixtures.file("included").toAbsolutePath(),
                                                "*.json"),
                                        new FilePattern(
                                                "more.hocon", Fixtures.file("").toAbsolutePath(), "more.hocon")),
                                List.of("_penctl._tcp.example.org"),
                                Duration.ofMinutes(1)),
                        new PollSettings(Duration.ofMillis(250), Duration.ofMillis(1500), 0.025),
                        new RecentClientsSettings(false, Duration.ofMinutes(10), Duration.ofMinutes(1), 25),
                        web(new ListenAddress("::1", 0), Optional.of("agent1.example.org:10911"), true),
                        Optional.empty(),
                        full.checks(),
                        new PassiveSettings(false, 5, 1_000_000),
                        new RemediationSettings(
                                Mode.DRY_RUN,
                                Map.of("web", Mode.ENFORCE, "mail", Mode.OFF),
                                60,
                                0.5,
                                0.25,
                                Duration.ofMinutes(2),
                                2,
                                1,
                                0,
                                List.of(
                                        new AlertRule("BackendErrors", Duration.ofMinutes(5), true),
                                        new AlertRule("Slow answers", Duration.ofMinutes(10), false)),
                                List.of("10.0.0.1:53", "[2001:db8::1]:443"),
                                Optional.of(Path.of("/run/pen-agent/stop")),
                                Path.of("/var/lib/pen-agent/state.json"),
                                new AuditSettings(
                                        Fixtures.file("audit/decisions.jsonl").toAbsolutePath(), 1024 * 1024, 9)),
                        new ClusterSettings.Shard(2, 3),
                        Optional.of(Duration.ofSeconds(30))));
        assertThat(full.checks())
                .containsExactly(
                        new Check(
                                "home",
                                Set.of("web", "v6"),
                                Set.of("10.0.0.7:80", "[2001:db8::7]:80", "/run/app.sock"),
                                new Question.Http(
                                        true,
                                        "HEAD",
                                        "/healthz?full=1",
                                        Optional.of("www.example.org:8443"),
                                        List.of(new Question.StatusRange(200, 299), new Question.StatusRange(304, 304)),
                                        Optional.of("^ok$"),
                                        14),
                                slow),
                        check("certificate", new Question.Tls(Optional.of("www.example.org"), 30)),
                        check("banner", new Question.Smtp()),
                        check("names", new Question.Dns(false, "example.org")),
                        check("names-tcp", new Question.Dns(true, "_dmarc.example.org.")));
    }

    @Test
    void a_check_gets_the_documented_defaults() throws IOException {
        Settings settings = settings("checks = [{ name = a, type = http, pens = null }, { name = b, type = tcp }]");

        Question.Http http = new Question.Http(
                false,
                "GET",
                "/",
                Optional.empty(),
                List.of(new Question.StatusRange(200, 299), new Question.StatusRange(300, 399)),
                Optional.empty(),
                0);
        assertThat(settings.checks()).containsExactly(check("a", http), check("b", new Question.Tcp()));
    }

    @Test
    void an_interval_shorter_than_the_default_fast_one_is_never_slowed_down() throws IOException {
        Pace pace = settings("checks = [{ name = a, type = tcp, interval = 150ms }]")
                .checks()
                .get(0)
                .pace();

        assertThat(pace.fastInterval()).isEqualTo(pace.interval()).hasMillis(150);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"200|200", "2xx|200-299", "200-204|200-204", "200, 404 ,5xx|200,404,500-599"})
    void statuses_are_codes_classes_and_ranges(String written, String read) throws IOException {
        Check check = settings("checks = [{ name = a, type = http, expect-status = \"" + written + "\" }]")
                .checks()
                .get(0);

        assertThat(((Question.Http) check.question())
                        .statuses().stream().map(Object::toString).collect(Collectors.joining(",")))
                .isEqualTo(read);
    }

    @Test
    void the_example_in_the_documentation_is_valid_and_has_the_defaults() {
        Settings settings = good(Fixtures.file("valid-contract.conf")).settings();

        assertThat(settings.pens()).extracting(Target::name).containsExactly("web", "mail");
        assertThat(settings)
                .isEqualTo(new Settings(
                        settings.pens(),
                        TargetsSettings.NONE,
                        POLL,
                        CLIENTS,
                        LISTENER,
                        Optional.empty(),
                        settings.checks(),
                        PASSIVE,
                        SettingsFixture.in(Fixtures.file("").toAbsolutePath())
                                .pens(Map.of("web", Mode.ENFORCE))
                                .alerts(new AlertRule("BackendErrors", Duration.ofMinutes(10), true))
                                .settings(),
                        new ClusterSettings.Alone(),
                        Optional.empty()));
    }

    @Test
    void the_effective_configuration_shows_defaults_beside_what_was_written() throws IOException {
        String json = good(write("poll.interval = 1s")).effectiveJson();

        assertThat(json.replaceAll("\\s", ""))
                .isEqualTo(
                        "{\"pen-agent\":{\"admin\":{\"config-file\":null,\"enabled\":false,\"listen\":\"127.0.0.1:10912\",\"token-file\":null},"
                                + "\"checks\":[],\"cluster\":{\"etcd\":{\"endpoints\":[],\"password-file\":null,\"prefix\":\"/pen-agent\","
                                + "\"tls\":{\"ca-file\":null,\"cert-file\":null,\"key-file\":null},\"ttl\":\"10s\",\"user\":null},"
                                + "\"of\":1,\"shard\":1},\"passive\":{\"enabled\":true,\"min-bytes\":\"4KiB\",\"reads\":3},\"pens\":[{\"control\":\"10.0.0.5:8888\",\"name\":\"web\"}],"
                                + "\"poll\":{\"deadline\":\"2s\",\"interval\":\"1s\",\"max-pen-load\":\"1%\"},"
                                + "\"recent-clients\":{\"enabled\":true,\"interval\":\"30s\",\"top\":0,\"window\":\"5m\"},"
                                + "\"reload\":{\"watch\":null},"
                                + "\"remediation\":{\"agents\":1,\"alerts\":[],"
                                + "\"audit\":{\"file\":\"pen-agent-audit.jsonl\",\"keep\":4,\"max-size\":\"64MiB\"},"
                                + "\"index\":0,\"kill-switch-file\":null,\"lease\":\"20s\",\"max-out\":\"34%\","
                                + "\"min-healthy\":\"50%\",\"mode\":\"observe\",\"pending-max\":1000000,\"pens\":{},"
                                + "\"state-file\":\"pen-agent-state.json\",\"warm-up\":\"20s\",\"witnesses\":[]},"
                                + "\"targets\":{\"files\":[],\"refresh\":\"30s\",\"srv\":[]},"
                                + "\"web\":{\"advertise\":null,\"config-file\":null,\"listen\":\"0.0.0.0:10911\",\"show-clients\":false}}}");
    }

    @Test
    void environment_variables_and_other_keys_are_substituted() {
        Settings settings = good(Fixtures.file("valid-from-environment.conf")).settings();

        assertThat(settings.pens().get(0).control()).hasToString(System.getenv("HOME") + "/pen.ctl");
        assertThat(settings.poll()).isEqualTo(new PollSettings(POLL.interval(), POLL.interval(), 0.01));
    }

    @Test
    void a_bad_value_from_the_environment_is_named_as_such() throws IOException {
        Path file = write("web {\n  advertise = ${HOME}\n}");

        assertThat(problems(file))
                .containsExactly(file + ":2: pen-agent.web.advertise = \"" + System.getenv("HOME")
                        + "\" (from the environment): must be host:port or [IPv6]:port");
    }

    @Test
    void included_files_are_found_beside_the_file() {
        assertThat(good(Fixtures.file("valid-include.conf")).settings().web().advertise())
                .contains("agent1:1");
    }

    @Test
    void pens_may_be_added_one_by_one() throws IOException {
        Settings settings = settings("pens += { name = mail, control = /run/mail.ctl }");

        assertThat(settings.pens()).extracting(Target::name).containsExactly("web", "mail");
    }

    @ParameterizedTest
    @CsvSource({"1%, 0.01", "0.5%, 0.005", "50 %, 0.5", "0.02, 0.02", "5e-3, 0.005"})
    void a_share_is_a_percentage_or_a_fraction(String written, double share) throws IOException {
        assertThat(settings("poll.max-pen-load = " + written).poll().maxPenLoad())
                .isEqualTo(share);
    }

    @ParameterizedTest
    @CsvSource({"20ms, PT0.02S", "24h, PT24H", "1 day, PT24H", "2 minutes, PT2M", "0.5s, PT0.5S", "250, PT0.25S"})
    void a_duration_is_written_with_a_unit_or_in_milliseconds(String written, Duration duration) throws IOException {
        assertThat(settings("poll.interval = " + written).poll().interval()).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:0", "localhost:65535", "[::]:10911", "agent_1.example.org:80"})
    void a_listen_address_is_a_host_and_a_port(String address) throws IOException {
        WebSettings web = settings("web.listen = \"" + address + "\"").web();

        assertThat(new HostPort(web.listen().host(), web.listen().port())).hasToString(address);
    }

    @Test
    void a_file_that_does_not_exist_is_a_problem() {
        Path file = folder.resolve("nowhere.conf");

        assertThat(problems(file)).containsExactly(file + ": no such file");
    }

    @Test
    void a_folder_is_a_problem() {
        assertThat(problems(folder)).containsExactly(folder + ": is a folder, not a file");
    }

    @Test
    void endless_nesting_is_a_problem() throws IOException {
        Path file = Files.writeString(folder.resolve("deep.conf"), "a = " + "[".repeat(200_000));

        assertThat(problems(file)).containsExactly(file + ": is nested too deeply");
    }

    /** With the default pace, of all pens. */
    private static Check check(String name, Question question) {
        Pace pace = new Pace(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(2), 3, 2);
        return new Check(name, Set.of(), Set.of(), question, pace);
    }

    private Settings settings(String keys) throws IOException {
        return good(write(keys)).settings();
    }

    private Path write(String keys) throws IOException {
        return Files.writeString(
                folder.resolve("pen-agent.conf"),
                "pen-agent { pens = [ { name = web, control = \"10.0.0.5:8888\" } ]\n" + keys + "\n}");
    }

    private static Loaded.Good good(Path file) {
        Loaded loaded = ConfigLoader.load(file);
        assertThat(loaded).isInstanceOf(Loaded.Good.class);
        return (Loaded.Good) loaded;
    }

    private static List<String> problems(Path file) {
        Loaded loaded = ConfigLoader.load(file);
        assertThat(loaded).isInstanceOf(Loaded.Bad.class);
        return ((Loaded.Bad) loaded).problems().stream().map(Problem::toString).toList();
    }

    private static WebSettings web(ListenAddress listen, Optional<String> advertise, boolean showClients) {
        return new WebSettings(
                listen,
                advertise,
                showClients,
                Access.OPEN,
                new AccessFiles("pen-agent.web", Optional.empty(), Optional.empty()));
    }
}
