package io.github.penagent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What this agent was built from.
 *
 * @param version of the release
 * @param revision of the source, or empty if the build was not told
 */
record Build(String version, String revision) {

    static Build read() {
        Properties properties = new Properties();
        try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return of(properties);
    }

    static Build of(Properties properties) {
        String revision = properties.getProperty("revision", "");
        // An unset build property stays as it was written.
        return new Build(properties.getProperty("version", "unknown"), revision.startsWith("$") ? "" : revision);
    }

    /** As {@code --version} prints it. */
    String line(String javaVersion) {
        String source = revision.isEmpty() ? "" : "revision " + revision + ", ";
        return "pen-agent " + version + " (" + source + "java " + javaVersion + ")";
    }
}
