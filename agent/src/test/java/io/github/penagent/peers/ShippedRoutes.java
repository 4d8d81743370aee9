package io.github.penagent.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The example for Alertmanager as we ship it, with the places of a test in it. */
public final class ShippedRoutes {
    private String text;

    private ShippedRoutes(String text) {
        this.text = text;
    }

    /**
     * As they are, but for where the agent is.
     *
     * @param admin {@code host:port} of the agent's admin listener
     * @param token the file with the word that it asks for
     */
    public static ShippedRoutes to(String admin, Path token) {
        try {
            return new ShippedRoutes(Files.readString(Path.of("..", "alerts", "alertmanager.yml")))
                    .with("http://127.0.0.1:10912/", "http://" + admin + "/")
                    .with("/etc/prometheus/pen-agent.token", token.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With something else in place of what must be there. */
    public ShippedRoutes with(String shipped, String here) {
        if (!text.contains(shipped)) {
            throw new AssertionError("alertmanager.yml has no " + shipped);
        }
        text = text.replace(shipped, here);
        return this;
    }

    /** A whole configuration file. */
    public String text() {
        return text;
    }
}
