package io.github.penagent.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.peers.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package as dpkg sees it, not installed. */
class PackageIT {
    private static final Path DEB = Path.of(property("pen-agent.deb"));

    private final Path unpacked;

    PackageIT(@TempDir Path folder) {
        unpacked = folder;
        Tool.DEBIAN.run("dpkg-deb", "--raw-extract", DEB.toString(), folder.toString());
    }

    @Test
    void it_has_what_it_needs_where_debian_wants_it() throws IOException {
        try (Stream<Path> all = Files.walk(unpacked)) {
            assertThat(all.filter(Files::isRegularFile)
                            .map(file -> unpacked.relativize(file).toString())
                            .filter(name -> !name.contains("/licenses/")))
                    .containsExactlyInAnyOrder(
                            "DEBIAN/conffiles",
                            "DEBIAN/control",
                            "DEBIAN/md5sums",
                            "DEBIAN/postinst",
                            "DEBIAN/postrm",
                            "DEBIAN/prerm",
                            "DEBIAN/triggers",
                            "etc/default/pen-agent",
                            "etc/pen-agent/pen-agent.conf",
                            "lib/systemd/system/pen-agent.service",
                            "usr/bin/pen-agent",
                            "usr/lib/pen-agent/libnetty_transport_native_epoll_aarch_64.so",
                            "usr/lib/pen-agent/libnetty_transport_native_epoll_x86_64.so",
                            "usr/share/bash-completion/completions/pen-agent",
                            "usr/share/doc/pen-agent/CHANGELOG.md",
                            "usr/share/doc/pen-agent/changelog.Debian",
                            "usr/share/doc/pen-agent/copyright",
                            "usr/share/doc/pen-agent/reference.conf",
                            "usr/share/man/man1/pen-agent.1",
                            "usr/share/pen-agent/jvm.options",
                            "usr/share/pen-agent/pen-agent.jar");
        }
        assertThat(text("DEBIAN/conffiles").lines())
                .containsExactlyInAnyOrder("/etc/pen-agent/pen-agent.conf", "/etc/default/pen-agent");
    }

    @Test
    void the_jar_is_the_one_that_was_tested() throws IOException {
        assertThat(unpacked.resolve("usr/share/pen-agent/pen-agent.jar"))
                .hasSameBinaryContentAs(Path.of(property("pen-agent.jar")));
    }

    @Test
    void it_asks_for_a_java_and_says_what_it_is() {
        assertThat(field("Package")).isEqualTo("pen-agent");
        assertThat(field("Architecture")).isEqualTo("all");
        assertThat(field("Depends")).contains("java17-runtime-headless", "adduser");
        assertThat(text("usr/share/doc/pen-agent/changelog.Debian")).startsWith("pen-agent (" + field("Version") + ")");
    }

    @Test
    void everything_is_roots_and_of_the_time_of_the_commit() {
        Instant commit = Instant.parse(property("pen-agent.timestamp"));
        List<String> entries = Tool.DEBIAN
                .run("sh", "-c", "dpkg-deb --fsys-tarfile '" + DEB + "' | TZ=UTC tar --full-time -tvf -")
                .lines()
                .toList();
        assertThat(entries).isNotEmpty().allSatisfy(entry -> {
            List<String> words = Arrays.asList(entry.split(" +"));
            assertThat(words).contains("root/root");
            assertThat(entry).contains(commit.toString().replace('T', ' ').replace("Z", ""));
            assertThat(words.get(0)).as(entry).matches("d?-?rwxr-xr-x|-rw-r--r--");
        });
    }

    @Test
    void licenses_of_what_is_in_the_jar_are_there() throws IOException {
        try (Stream<Path> licenses = Files.list(unpacked.resolve("usr/share/doc/pen-agent/licenses"))) {
            assertThat(licenses.map(file -> file.getFileName().toString()))
                    .contains("LICENSE", "LICENSE.txt", "NOTICE", "JLine-LICENSE", "Schubfach-LICENSE");
        }
    }

    @Test
    void the_configuration_it_brings_is_valid() {
        String file = at("etc/pen-agent/pen-agent.conf");
        assertThat(agent("check", "--config", file)).isEqualTo(new Run(0, file + ": valid, 1 pen\n"));
    }

    @Test
    void the_command_starts_without_an_archive_of_classes_and_with_a_wrong_one() throws IOException {
        String version = agent("--version").output();
        assertThat(version).startsWith("pen-agent ").hasLineCount(1);
        Files.writeString(unpacked.resolve("classes.jsa"), "of another Java");
        assertThat(agent("--version")).isEqualTo(new Run(0, version));
    }

    @Test
    void a_rehearsal_makes_the_archive_that_the_command_then_takes() {
        assertThat(agent("archive-classes", at("classes.jsa")).exit()).isZero();
        assertThat(unpacked.resolve("classes.jsa.list")).doesNotExist();
        assertThat(agentWith("-Xlog:class+load:stdout", "--version").output())
                .containsPattern("io\\.github\\.penagent\\.Main source: shared objects file\\n")
                .containsPattern("io\\.github\\.penagent\\.\\S+\\$\\$Lambda\\S+ source: shared objects file\\n");
    }

    @Test
    void the_completion_and_the_scripts_are_understood_by_their_shells() {
        Tool.DEBIAN.run("bash", "-n", at("usr/share/bash-completion/completions/pen-agent"));
        for (String script : List.of("DEBIAN/postinst", "DEBIAN/prerm", "DEBIAN/postrm", "usr/bin/pen-agent")) {
            Tool.DEBIAN.run("sh", "-n", at(script));
        }
    }

    @Test
    void the_unit_keeps_the_agent_in_its_place() throws IOException {
        Unit unit = Unit.read(unpacked.resolve("lib/systemd/system/pen-agent.service"));
        assertThat(unit.only("ExecStart")).startsWith("/usr/bin/pen-agent run --config /etc/pen-agent/pen-agent.conf");
        assertThat(unit.only("ExecReload")).isEqualTo("/bin/kill -HUP $MAINPID");
        assertThat(unit.only("User")).isEqualTo("pen-agent");
        assertThat(unit.only("Restart")).isEqualTo("on-failure");
        assertThat(unit.only("NoNewPrivileges")).isEqualTo("yes");
        assertThat(unit.only("ProtectSystem")).isEqualTo("strict");
        assertThat(unit.only("StateDirectory")).isEqualTo("pen-agent");
        assertThat(unit.only("CapabilityBoundingSet")).isEmpty();
        assertThat(unit.only("RestrictAddressFamilies").split(" "))
                .containsExactlyInAnyOrder("AF_INET", "AF_INET6", "AF_UNIX");
        assertThat(unit.all("SystemCallFilter")).containsExactly("@system-service", "~@privileged @resources");
        assertThat(unit.only("MemoryMax")).matches("\\d+M");
        assertThat(unit.all("MemoryDenyWriteExecute")).as("the JVM compiles").isEmpty();
        assertThat(unit.all("ProcSubset"))
                .as("/proc/sys/net/ipv4/tcp_fastopen is read")
                .isEmpty();
    }

    private Run agentWith(String javaOption, String word) {
        ProcessBuilder command = command(word);
        command.environment().put("JAVA_OPTS", javaOption);
        return Run.of(command, Duration.ofMinutes(1));
    }

    private Run agent(String... words) {
        return Run.of(command(words), Duration.ofMinutes(1));
    }

    /** The shipped command, in the place where it was unpacked. */
    private ProcessBuilder command(String... words) {
        ProcessBuilder command = new ProcessBuilder(Stream.concat(Stream.of(at("usr/bin/pen-agent")), Stream.of(words))
                .toList());
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        command.environment().put("PEN_AGENT_HOME", at("usr/share/pen-agent"));
        command.environment().put("PEN_AGENT_ARCHIVE", at("classes.jsa"));
        return command;
    }

    private String at(String file) {
        return unpacked.resolve(file).toString();
    }

    private String text(String file) {
        try {
            return Files.readString(unpacked.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String field(String name) {
        return Tool.DEBIAN.run("dpkg-deb", "--field", DEB.toString(), name);
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }
}
