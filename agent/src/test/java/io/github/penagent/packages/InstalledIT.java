package io.github.penagent.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.peers.TemporaryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The Debian package on a minimal Debian: installed by apt, run as its unit says, and purged. As root. */
@EnabledIfSystemProperty(named = "full", matches = "true", disabledReason = "some minutes, as root: mvn verify -Pfull")
class InstalledIT {
    private static final Path DEB =
            Path.of(Objects.requireNonNull(System.getProperty("pen-agent.deb"), "pen-agent.deb"));
    private static final Path UNIT = Path.of("lib/systemd/system/pen-agent.service");

    @Test
    void it_installs_runs_as_its_user_and_leaves_nothing() throws Exception {
        Path folder = Files.createTempDirectory("installed");
        Path debian = folder.resolve("debian");
        try {
            install(debian);
            assertThat(Files.size(debian.resolve("var/cache/pen-agent/classes.jsa")))
                    .isGreaterThan(10_000_000);
            Unit unit = Unit.read(debian.resolve(UNIT));
            Root root = new Root(debian, user(debian, unit.only("User")));
            new Contained(root, List.of("/usr/bin/pen-agent", "healthcheck"), folder.resolve("log"))
                    .serves(List.of(unit.only("ExecStart").split(" ")));
            archives(debian);
            purge(debian);
        } finally {
            TemporaryFiles.delete(folder);
        }
    }

    private static void install(Path debian) {
        Tool.MMDEBSTRAP.run(
                "mmdebstrap",
                "--quiet",
                "--variant=apt",
                "--customize-hook=copy-in " + DEB + " /tmp",
                "--customize-hook=chroot \"$1\" apt-get install -y --no-install-recommends /tmp/pen-agent.deb",
                "bookworm",
                debian.toString());
    }

    private static String user(Path debian, String name) throws IOException {
        return Files.readAllLines(debian.resolve("etc/passwd")).stream()
                .map(line -> line.split(":"))
                .filter(fields -> fields[0].equals(name))
                .map(fields -> fields[2] + ":" + fields[3])
                .findFirst()
                .orElseThrow(() -> new AssertionError("no user " + name));
    }

    /** As after an upgrade of Java, whose archive the old one is not. */
    private static void archives(Path debian) throws IOException {
        Path archive = debian.resolve("var/cache/pen-agent/classes.jsa");
        Files.delete(archive);
        within(debian, "dpkg-trigger", "--by-package=openjdk-17-jre-headless", "--no-await", "/usr/lib/jvm");
        within(debian, "dpkg", "--triggers-only", "--pending");
        assertThat(archive).exists();
    }

    private static void purge(Path debian) throws IOException {
        Path token = Files.writeString(debian.resolve("etc/pen-agent/webhook.token"), "somebody's");
        within(debian, "dpkg", "--purge", "pen-agent");
        assertThat(token).as("what somebody put there").exists();
        assertThat(Tool.DEBIAN.run(
                        "find",
                        debian.toString(),
                        "-xdev",
                        "-path",
                        "*pen-agent*",
                        "-not",
                        "-path",
                        "*/etc/pen-agent*"))
                .isEmpty();
        // Once more, as after a purge that was cut short.
        within(debian, "dpkg", "--purge", "pen-agent");
    }

    /** Runs it as root, with what maintainer scripts may expect. */
    private static void within(Path debian, String... command) {
        List<String> words =
                new ArrayList<>(List.of("unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c"));
        words.add("mount --make-rprivate / && mount -t proc proc \"$1/proc\" && mount --rbind /dev \"$1/dev\" "
                + "&& exec chroot \"$@\"");
        words.addAll(List.of("sh", debian.toString()));
        words.addAll(List.of(command));
        Tool.DEBIAN.run(words);
    }
}
