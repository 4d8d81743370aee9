package io.github.penagent.config;

import com.typesafe.config.ConfigException;
import java.nio.file.Path;

/**
 * Where the agent that runs by a configuration file answers, as far as its own machine is concerned.
 *
 * @param host a name or address without brackets
 * @param port 0 if a free one was asked for
 */
public record WebAddress(String host, int port) {
    private static final String KEY = "pen-agent.web.listen";

    /**
     * Reads this one key, over its default. What else is wrong in the file does not matter: an agent that has kept its good
     * configuration still runs.
     *
     * @throws IllegalArgumentException if it cannot be read from the file; the message is one line
     */
    public static WebAddress of(Path file) {
        try {
            HostPort listen = HostPort.parse(ConfigLoader.text(file, KEY));
            return new WebAddress(listen.address().near().host(), listen.port());
        } catch (ConfigException e) {
            throw refusal(file, LibraryMessage.of(e).text(), e);
        } catch (IllegalArgumentException e) {
            throw refusal(file, KEY + " " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException refusal(Path file, String why, Exception cause) {
        return new IllegalArgumentException(new Problem(file.toString(), 0, why).toString(), cause);
    }

    /** {@code host:port} or {@code [v6]:port}. */
    @Override
    public String toString() {
        return new HostPort(host, port).toString();
    }
}
