package io.github.penagent;

import io.github.penagent.config.WebAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Does once, and then ends, what an agent does all day: reads a configuration, polls, checks, and serves. A JVM that is told so
 * archives the classes that were needed for it, and the next start is twice as fast. Asked for without picocli: what a service does not
 * need is not to be in the archive.
 */
final class Rehearsal {
    /** The command of packages; no person needs it. */
    static final String WORD = "rehearse";

    /** Some polls, some checks, and an ejection. */
    private static final Duration LENGTH = Duration.ofSeconds(6);

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final List<String> PAGES = List.of("/metrics", "/", "/api/v1/pens", "/api/v1/decisions");

    private final Launcher launcher;

    Rehearsal(Launcher launcher) {
        this.launcher = launcher;
    }

    int run() throws StartFailure, IOException {
        runConfigured();
        Running demo = launcher.demo(0, new PrintWriter(Writer.nullWriter()));
        try {
            visit("127.0.0.1:" + demo.port());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            demo.close();
        }
        return Main.DONE;
    }

    /** As the service does it, with a pen that is not there. */
    private void runConfigured() throws StartFailure, IOException {
        Path file = Files.createTempFile("rehearsal", ".conf");
        try {
            Files.writeString(
                    file,
                    "pen-agent { pens = [ { name = web, control = \"127.0.0.1:1\" } ], web.listen = \"127.0.0.1:0\" }\n");
            PrintWriter nobody = new PrintWriter(Writer.nullWriter());
            PlainRun.run(
                    file,
                    launcher,
                    start -> visited(start.now(), WebAddress.of(file).host()),
                    nobody);
        } finally {
            Files.delete(file);
        }
    }

    private static int visited(Running agent, String host) throws StartFailure {
        try {
            read(new URL("http://" + host + ":" + agent.port() + "/metrics"));
        } catch (IOException e) {
            throw new StartFailure("the pages cannot be read", e);
        } finally {
            agent.close();
        }
        return Main.DONE;
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
