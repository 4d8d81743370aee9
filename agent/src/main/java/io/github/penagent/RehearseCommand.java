package io.github.penagent;

import io.github.penagent.config.ConfigLoader;
import io.github.penagent.config.WebAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Does once, and then ends, what an agent does all day: reads a configuration, polls, checks, and serves. A JVM that is told so
 * archives the classes that were needed for it, and the next start is twice as fast.
 */
@Command(
        name = "rehearse",
        hidden = true,
        header =
                "Runs the agent on embedded pens for some seconds; for packages, which have the JVM archive its classes.")
final class RehearseCommand implements Callable<Integer> {
    /** Some polls, some checks, and an ejection. */
    private static final Duration LENGTH = Duration.ofSeconds(6);

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final List<String> PAGES = List.of("/metrics", "/", "/api/v1/pens", "/api/v1/decisions");

    private final Launcher launcher;

    RehearseCommand(Launcher launcher) {
        this.launcher = launcher;
    }

    @Override
    public Integer call() throws StartFailure, IOException {
        readConfiguration();
        int port = freePort();
        Running demo = launcher.demo(port, new PrintWriter(Writer.nullWriter()));
        try {
            visit("127.0.0.1:" + port);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            demo.close();
        }
        return Main.DONE;
    }

    private static void readConfiguration() throws IOException {
        Path file = Files.createTempFile("rehearsal", ".conf");
        try {
            Files.writeString(file, "pen-agent.pens = [ { name = web, control = \"127.0.0.1:8888\" } ]\n");
            ConfigLoader.load(file);
            WebAddress.of(file);
        } finally {
            Files.delete(file);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void visit(String address) throws StartFailure, IOException, InterruptedException {
        long end = System.nanoTime() + LENGTH.toNanos();
        do {
            SignOfLife.of(address);
            for (String page : PAGES) {
                read(new URL("http://" + address + page));
            }
            Thread.sleep(PAUSE.toMillis());
        } while (System.nanoTime() < end);
    }

    private static void read(URL page) throws IOException {
        try (InputStream in = page.openStream()) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
