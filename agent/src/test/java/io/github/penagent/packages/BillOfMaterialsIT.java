package io.github.penagent.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** The bill of materials tells what is in the jar, and nothing about who built it when. */
@DisabledIfSystemProperty(named = "offline", matches = "is true", disabledReason = "it is not made with mvn -o")
class BillOfMaterialsIT {
    /** Inside another library, under another name, and in that one's own bill. */
    private static final String HIDDEN_IN_NETTY = "org.jctools:jctools-core";

    private static final Pattern MAVEN = Pattern.compile("META-INF/maven/([^/]+)/([^/]+)/pom.properties");

    private final JsonObject bill;

    BillOfMaterialsIT() throws IOException {
        bill = new JsonObject(Files.readString(Path.of(property("pen-agent.sbom"))));
    }

    @Test
    void each_library_in_the_jar_is_listed_with_its_license() throws IOException {
        try (JarFile jar = new JarFile(property("pen-agent.jar"))) {
            List<String> bundled = jar.stream()
                    .map(entry -> MAVEN.matcher(entry.getName()))
                    .filter(found -> found.matches() && !found.group(1).equals("io.github.penagent"))
                    .map(found -> found.group(1) + ":" + found.group(2))
                    .filter(name -> !name.equals(HIDDEN_IN_NETTY))
                    .toList();
            assertThat(bundled).hasSizeGreaterThan(10);
            assertThat(components())
                    .extracting(one -> one.getString("group") + ":" + one.getString("name"))
                    .containsAll(bundled)
                    .noneMatch(name -> name.contains("junit") || name.contains("assertj"));
        }
        assertThat(components()).allSatisfy(one -> {
            assertThat(one.getString("purl")).startsWith("pkg:maven/");
            assertThat(one.getJsonArray("licenses")).as(one.getString("name")).isNotEmpty();
            assertThat(one.getJsonArray("hashes")).as(one.getString("name")).isNotEmpty();
        });
    }

    @Test
    void two_builds_of_one_commit_give_the_same() {
        assertThat(bill.containsKey("serialNumber")).isFalse();
        assertThat(bill.getJsonObject("metadata").getString("timestamp"))
                .isIn(null, System.getProperty("pen-agent.timestamp"));
        assertThat(bill.encode()).doesNotContain(System.getProperty("user.home"), System.getProperty("user.dir"));
    }

    private List<JsonObject> components() {
        return bill.getJsonArray("components").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }
}
