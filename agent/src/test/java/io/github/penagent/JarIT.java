package io.github.penagent;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.penagent.peers.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is delivered: one file, whose bytes follow from the commit and nothing else. */
class JarIT {
    private static final Path JAR = Path.of(property("pen-agent.jar"));
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long MOST_BYTES = 20L * 1024 * 1024;

    @AutoClose
    private JarFile jar;

    private List<String> names;

    @BeforeEach
    void open() throws IOException {
        jar = new JarFile(JAR.toFile());
        names = jar.stream().map(ZipEntry::getName).toList();
    }

    @Test
    void each_name_is_there_once() {
        assertThat(names).isNotEmpty().doesNotHaveDuplicates();
        assertThat(names).noneMatch(name -> name.endsWith("module-info.class"));
        assertThat(names).noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA)"));
    }

    @Test
    void what_the_build_writes_has_the_time_of_the_commit_not_of_the_build() {
        LocalDateTime expected =
                LocalDateTime.ofInstant(Instant.parse(property("pen-agent.timestamp")), ZoneOffset.UTC);
        assertThat(jar.stream()
                        .filter(entry -> entry.getName().startsWith("io/github/penagent/")
                                || List.of("META-INF/MANIFEST.MF", "META-INF/LICENSE", "reference.conf")
                                        .contains(entry.getName()))
                        .map(ZipEntry::getTimeLocal))
                .isNotEmpty()
                .containsOnly(expected);
    }

    @Test
    void files_of_one_folder_are_in_alphabetical_order() {
        assertThat(names.get(0)).isEqualTo("META-INF/MANIFEST.MF");
        Map<String, List<String>> ours = names.stream()
                .filter(name -> name.startsWith("io/github/penagent/") && name.endsWith(".class"))
                .collect(Collectors.groupingBy(name -> name.substring(0, name.lastIndexOf('/'))));
        assertThat(ours.values()).hasSizeGreaterThan(5).allSatisfy(classes -> assertThat(classes)
                .isSorted());
    }

    @Test
    void the_manifest_names_no_path_and_nobody() throws IOException {
        Attributes main = jar.getManifest().getMainAttributes();
        assertThat(main.getValue("Main-Class")).isEqualTo("io.github.penagent.Main");
        assertThat(main.getValue("Multi-Release")).isEqualTo("true");
        assertThat(main.keySet().stream().map(Object::toString)).doesNotContain("Built-By", "Build-Jdk", "Class-Path");
        assertThat(main.values().stream().map(Object::toString))
                .noneMatch(value -> value.contains("/") || value.contains(System.getProperty("user.home")));
    }

    @Test
    void the_only_reference_conf_is_ours() throws IOException {
        assertThat(names.stream().filter(name -> name.endsWith("reference.conf")))
                .containsExactly("reference.conf");
        String bundled = text("reference.conf");
        try (var source = Objects.requireNonNull(Main.class.getResource("/reference.conf"))
                .openStream()) {
            assertThat(bundled.strip()).isEqualTo(new String(source.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
        Config parsed = ConfigFactory.parseString(bundled);
        assertThat(parsed.root().keySet()).containsExactly("pen-agent");
    }

    @Test
    void services_of_all_libraries_are_merged() throws IOException {
        assertThat(text("META-INF/services/org.slf4j.spi.SLF4JServiceProvider").strip())
                .isEqualTo("ch.qos.logback.classic.spi.LogbackServiceProvider");
        for (String service : names) {
            if (service.matches("META-INF/services/[^/]+")) {
                assertThat(text(service).lines().map(line -> line.replaceFirst("#.*", "")
                                .strip()))
                        .as(service)
                        .filteredOn(line -> !line.isEmpty())
                        .doesNotHaveDuplicates()
                        .allSatisfy(provider -> assertThat(names).contains(provider.replace('.', '/') + ".class"));
            }
        }
    }

    @Test
    void epoll_is_there_for_both_architectures_and_nothing_else_is_native() {
        assertThat(names.stream().filter(name -> name.matches(".*\\.(so|dll|jnilib|dylib)")))
                .containsExactlyInAnyOrder(
                        "META-INF/native/libnetty_transport_native_epoll_x86_64.so",
                        "META-INF/native/libnetty_transport_native_epoll_aarch_64.so");
    }

    @Test
    void licenses_and_notices_of_bundled_libraries_are_kept() throws IOException {
        assertThat(text("META-INF/LICENSE")).contains("Apache License", "Version 2.0");
        assertThat(text("META-INF/LICENSE.txt")).contains("Gil Tene", "QOS.ch");
        assertThat(text("META-INF/NOTICE")).contains("Jackson", "VMware", "\u00a9");
        assertThat(names)
                .contains("META-INF/FastDoubleParser-LICENSE", "META-INF/Schubfach-LICENSE", "META-INF/JLine-LICENSE");
    }

    @Test
    void it_runs_alone_and_is_of_modest_size() throws IOException {
        assertThat(Files.size(JAR)).isLessThan(MOST_BYTES);
        Run version = run("--version");
        assertThat(version.exit()).isZero();
        assertThat(version.lines())
                .singleElement()
                .asString()
                .matches("pen-agent \\d+\\.\\d+\\.\\d+\\S* \\(.*java .*\\)");
        Run help = run("--help");
        assertThat(help.exit()).isZero();
        assertThat(help.output()).startsWith("Monitoring agent").contains("demo", "check", "run", "Exit codes:");
    }

    private static Run run(String option) {
        return Run.of(
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        JAR.toString(),
                        option),
                LIMIT);
    }

    private String text(String name) throws IOException {
        try (var in = jar.getInputStream(Objects.requireNonNull(jar.getEntry(name), name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }
}
