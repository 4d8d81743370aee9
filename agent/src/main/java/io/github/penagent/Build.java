package io.github.penagent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What this agent was built from.
 *
 * @param version of the release
 * @param revision of the source, or empty
 */
record Build(String version, String revision) {

    static Build read() {
        Properties properties = new Properties();
        try (InputStream in = Build.class.getResourceAsStream("/build.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String revision = properties.getProperty("revision", "");
        return new Build(properties.getProperty("version", "unknown"), revision.startsWith("$") ? "" : revision);
    }
}
