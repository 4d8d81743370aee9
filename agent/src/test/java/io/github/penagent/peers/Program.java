package io.github.penagent.peers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The programs that tests run. Debian's own build of each is unpacked once below {@code target/peers}; where there is
 * no apt, or it cannot reach its mirror, the one on the {@code PATH} serves. Neither fails the test.
 */
public enum Program {
    PEN("pen"),
    PENCTL("pen"),
    PROMETHEUS("prometheus"),
    PROMTOOL("prometheus"),
    // Debian puts its origin before the program's own name.
    ALERTMANAGER("prometheus-alertmanager", "prometheus-alertmanager"),
    AMTOOL("prometheus-alertmanager"),
    DNSMASQ("dnsmasq-base"),
    ETCD("etcd-server"),
    CURL("curl");

    private static final DebianPackages PACKAGES = new DebianPackages(target().resolve("peers"));

    /** What was found, and what was not: a mirror that is down is asked once. */
    private static final Map<Program, Where> FOUND = new EnumMap<>(Program.class);

    private record Where(@Nullable Path path, String complaint) {}

    private final String debianPackage;
    private final String binary;

    Program(String debianPackage) {
        this.debianPackage = debianPackage;
        this.binary = name().toLowerCase(Locale.ROOT);
    }

    Program(String debianPackage, String binary) {
        this.debianPackage = debianPackage;
        this.binary = binary;
    }

    /** A command line, with the environment it needs. */
    public ProcessBuilder command(String... words) {
        String[] line =
                Stream.concat(Stream.of(path().toString()), Stream.of(words)).toArray(String[]::new);
        ProcessBuilder command = new ProcessBuilder(line);
        if (this == ALERTMANAGER && Files.isDirectory(PACKAGES.directory(debianPackage))) {
            command.directory(PACKAGES.directory(debianPackage).toFile());
        }
        String libraries = libraries();
        if (!libraries.isEmpty()) {
            command.environment()
                    .merge("LD_LIBRARY_PATH", libraries, (there, ours) -> ours + File.pathSeparator + there);
        }
        return command;
    }

    /** Fails the test now if the program is not to be had, before anything else is set up. */
    void require() {
        path();
    }

    private Path path() {
        synchronized (FOUND) {
            Where where = FOUND.computeIfAbsent(this, Program::find);
            if (where.path() == null) {
                throw new AssertionError(
                        "this test runs %s, which was not found; install it with 'apt-get install -y %s'%s"
                                .formatted(binary, debianPackage, where.complaint()));
            }
            return where.path();
        }
    }

    private Where find() {
        String complaint = "";
        boolean apt = onPath("apt-get").isPresent() && onPath("dpkg-deb").isPresent();
        if (apt || Files.isDirectory(PACKAGES.directory(debianPackage))) {
            try {
                Path home = PACKAGES.unpack(debianPackage).resolve("usr");
                Path daemon = home.resolve("sbin").resolve(binary);
                Path unpacked = Files.isExecutable(daemon)
                        ? daemon
                        : home.resolve("bin").resolve(binary);
                if (Files.isExecutable(unpacked)) {
                    return new Where(this == ALERTMANAGER ? MovedShare.copyOf(unpacked) : unpacked, "");
                }
                complaint = " (Debian's package has no " + unpacked + ")";
            } catch (IOException e) {
                complaint = " (fetching it failed: " + e.getMessage() + ")";
            }
        }
        return new Where(onPath(binary).orElse(null), complaint);
    }

    private static Optional<Path> onPath(String binary) {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Stream.of(path.split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, binary))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Where the unpacked packages keep shared libraries: {@code usr/lib/<architecture>}. */
    private static String libraries() {
        Path home = PACKAGES.directory("");
        if (!Files.isDirectory(home)) {
            return "";
        }
        try (Stream<Path> found = Files.find(
                home, 5, (path, is) -> path.toString().contains(".so.") && !path.startsWith(home.resolve(".apt")))) {
            return found.map(library -> String.valueOf(library.getParent()))
                    .distinct()
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path target() {
        try {
            Path classes = Path.of(Program.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Objects.requireNonNull(classes.getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
