package io.github.penagent.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.peers.TemporaryFiles;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The Dockerfile, built by buildah on bases made of Debian's packages, since registries may be out of reach. As root. */
@EnabledIfSystemProperty(named = "full", matches = "true", disabledReason = "some minutes, as root: mvn verify -Pfull")
class ImageIT {
    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder() throws Exception {
        folder = Files.createTempDirectory("image");
    }

    @AfterEach
    void deleteFolder() {
        TemporaryFiles.delete(folder);
    }

    @Test
    void it_is_built_and_serves_as_nobody_on_a_root_that_is_read_only() throws Exception {
        base("build", "--variant=apt", "--include=openjdk-17-jdk-headless");
        // What distroless images have: libraries, and no shell.
        base(
                "runtime",
                "--variant=extract",
                "--include=base-files,ca-certificates,libc6,libstdc++6,netbase,tzdata,zlib1g");
        build();
        Path mounted = Path.of(buildah("mount", buildah("from", "localhost/pen-agent")));
        assertThat(mounted.resolve("bin/sh")).doesNotExist();
        JsonObject config = config();
        assertThat(config.getString("StopSignal")).isEqualTo("SIGTERM");
        assertThat(config.getJsonObject("Volumes").fieldNames()).containsExactly("/var/lib/pen-agent");
        List<String> healthcheck = words(config.getJsonObject("Healthcheck").getJsonArray("Test"));
        assertThat(healthcheck).startsWith("CMD").endsWith("healthcheck", "--config", "/etc/pen-agent/pen-agent.conf");

        List<String> command = new ArrayList<>(words(config.getJsonArray("Entrypoint")));
        command.addAll(words(config.getJsonArray("Cmd")));
        new Contained(
                        new Root(mounted, config.getString("User")),
                        healthcheck.subList(1, healthcheck.size()),
                        folder.resolve("log"))
                .serves(command);
    }

    private void base(String name, String... options) {
        String archive = folder.resolve(name + ".tar").toString();
        List<String> words = new ArrayList<>(List.of("mmdebstrap", "--quiet"));
        words.addAll(List.of(options));
        words.addAll(List.of("bookworm", archive));
        Tool.MMDEBSTRAP.run(words);
        String container = buildah("from", "scratch");
        buildah("add", "--quiet", container, archive, "/");
        buildah("commit", "--quiet", container, "localhost/" + name);
        buildah("rm", container);
    }

    private void build() {
        buildah(
                "bud",
                "--quiet",
                "--isolation",
                "chroot",
                "--format",
                "docker",
                "--build-arg",
                "BUILD=localhost/build",
                "--build-arg",
                "RUNTIME=localhost/runtime",
                "--tag",
                "localhost/pen-agent",
                Path.of("..").toAbsolutePath().normalize().toString());
    }

    private JsonObject config() {
        return new JsonObject(buildah("inspect", "--type", "image", "localhost/pen-agent"))
                .getJsonObject("Docker")
                .getJsonObject("config");
    }

    private static List<String> words(JsonArray array) {
        return array.stream().map(String::valueOf).toList();
    }

    /** With storage of its own, which needs nothing of the kernel. */
    private String buildah(String... words) {
        return Tool.BUILDAH.run(Stream.concat(
                        Stream.of(
                                "buildah",
                                "--storage-driver",
                                "vfs",
                                "--root",
                                folder.resolve("storage").toString(),
                                "--runroot",
                                folder.resolve("run").toString()),
                        Stream.of(words))
                .toList());
    }
}
