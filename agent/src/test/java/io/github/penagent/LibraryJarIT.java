package io.github.penagent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.peers.RealPen;
import io.github.penagent.peers.Run;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library as published: its own jar, and beside it only what it says it needs. */
class LibraryJarIT {
    private static final Path JAR = Path.of(property("penctl.jar"));
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String PENCTL = "io/github/penagent/penctl/";

    /** By the names of their files, each to be found exactly once. */
    private static final List<String> NEEDED = List.of(
            "reactor-core",
            "reactive-streams",
            "slf4j-api",
            "netty-buffer",
            "netty-codec-base",
            "netty-codec-dns",
            "netty-common",
            "netty-handler",
            "netty-resolver",
            "netty-resolver-dns",
            "netty-transport",
            "netty-transport-classes-epoll",
            "netty-transport-native-unix-common");

    private static final Pattern NATIVE_EPOLL = Pattern.compile("netty-transport-native-epoll-.*-linux-.*\\.jar");

    private static final String[] FOREIGN = {
        "io.vertx.core.Vertx",
        "io.micrometer.core.instrument.MeterRegistry",
        "io.prometheus.metrics.model.registry.PrometheusRegistry",
        "ch.qos.logback.classic.Logger",
        "picocli.CommandLine",
        "com.typesafe.config.Config",
        "org.jline.terminal.Terminal",
        "org.jspecify.annotations.Nullable",
        "io.netty.handler.codec.http.HttpRequest",
        "io.github.penagent.Main"
    };

    @Test
    void a_program_lists_adds_limits_and_removes_with_that_jar_and_its_few_libraries_alone(@TempDir Path directory)
            throws IOException {
        try (RealPen pen = RealPen.with()
                .backend("127.0.0.1:8001")
                .backend("127.0.0.1:8002")
                .backend("0.0.0.0:0")
                .start()) {
            Run run = program(pen.controlEndpoint().toString(), "localhost:8003", classPath(directory));

            List<String> expected = new ArrayList<>(List.of("epoll true"));
            Stream.of(FOREIGN).map(name -> name + " is absent").forEach(expected::add);
            expected.addAll(List.of(
                    "[127.0.0.1:8001, 127.0.0.1:8002, 0.0.0.0:0]",
                    "Confirmed[message=slot 2: 127.0.0.1:8003 max 100 hard 120 weight 0 prio 0]",
                    "Confirmed[message=slot 2: 127.0.0.1:8003 max 50 hard 120 weight 0 prio 0]",
                    "[127.0.0.1:8001, 127.0.0.1:8002, 127.0.0.1:8003]",
                    "Confirmed[message=slot 2: unused max 50 hard 120 weight 0 prio 0]",
                    "Refused[message=127.0.0.1:8003 is not among the servers]",
                    "[127.0.0.1:8001, 127.0.0.1:8002, 0.0.0.0:0]"));
            // slf4j says that nobody listens to it.
            assertThat(run.lines().stream().filter(line -> !line.startsWith("SLF4J")))
                    .containsExactlyElementsOf(expected);
            assertThat(run.exit()).isZero();
            assertThat(pen.penctl("servers").lines().get(2)).startsWith("2 addr 0.0.0.0 port 0 ");
        }
    }

    @Test
    void no_class_is_in_it_but_the_librarys_and_its_license_is() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> files = jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
            assertThat(files).doesNotHaveDuplicates().contains(PENCTL + "Pen.class", "META-INF/LICENSE");
            assertThat(files.stream().filter(name -> !name.matches(PENCTL + "[^/]+\\.class")))
                    .containsExactlyInAnyOrder("META-INF/MANIFEST.MF", "META-INF/LICENSE");
        }
    }

    @Test
    void it_has_every_class_of_the_package_that_the_agent_has() throws IOException {
        try (JarFile library = new JarFile(JAR.toFile());
                JarFile agent = new JarFile(property("pen-agent.jar"))) {
            assertThat(classes(library)).isNotEmpty().containsExactlyInAnyOrderElementsOf(classes(agent));
        }
    }

    @Test
    void its_entries_have_the_time_of_the_commit_and_its_manifest_names_nobody() throws IOException {
        LocalDateTime expected =
                LocalDateTime.ofInstant(Instant.parse(property("pen-agent.timestamp")), ZoneOffset.UTC);
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().map(ZipEntry::getTimeLocal)).containsOnly(expected);
            assertThat(jar.getManifest().getMainAttributes().keySet().stream().map(Object::toString))
                    .doesNotContain("Built-By", "Build-Jdk", "Class-Path", "Main-Class");
        }
    }

    private static List<String> classes(JarFile jar) {
        return jar.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.startsWith(PENCTL) && name.endsWith(".class"))
                .toList();
    }

    private static Run program(String target, String address, List<String> classPath) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                String.join(File.pathSeparator, classPath),
                LibraryProgram.class.getName(),
                target,
                address));
        command.addAll(List.of(FOREIGN));
        return Run.of(new ProcessBuilder(command), LIMIT);
    }

    private static List<String> classPath(Path directory) throws IOException {
        List<String> path = new ArrayList<>(List.of(JAR.toString(), copied(LibraryProgram.class, directory)));
        List<String> ours = List.of(property("java.class.path").split(File.pathSeparator, -1));
        for (String name : NEEDED) {
            List<String> found = ours.stream()
                    .filter(jar -> fileName(jar).matches(Pattern.quote(name) + "-\\d[^-]*\\.jar"))
                    .toList();
            assertThat(found).as(name).hasSize(1);
            path.addAll(found);
        }
        List<String> epoll = ours.stream()
                .filter(jar -> NATIVE_EPOLL.matcher(fileName(jar)).matches())
                .toList();
        assertThat(epoll).as("one for each architecture").hasSize(2);
        path.addAll(epoll);
        return path;
    }

    /** {@code directory}, with the file of {@code type} and no other. */
    private static String copied(Class<?> type, Path directory) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        Path file = directory.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        try (var in = Objects.requireNonNull(type.getClassLoader().getResourceAsStream(name), name)) {
            Files.copy(in, file);
        }
        return directory.toString();
    }

    private static String fileName(String path) {
        return Objects.requireNonNull(Path.of(path).getFileName(), path).toString();
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }
}
