package io.github.penagent.bench;

import io.github.penagent.peers.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * From the start of the process to its first page, and what it keeps in memory two seconds later: the package as it is shipped, with the
 * archive of classes that its installation makes, against the same jar and configuration with nothing but {@code java -jar}.
 */
final class StartLine implements Line {
    private static final String SHIPPED = "shipped";
    private static final String DEFAULT = "java -jar";
    private static final String GO = "blackbox_exporter";
    private static final long PATIENCE_MS = 30_000;
    private static final long IDLE_MS = 2_000;

    private final int port = Ports.free("127.0.0.1");

    @Override
    public String name() {
        return "start";
    }

    @Override
    public void measure(int count, Report report) throws Exception {
        Path folder = Files.createTempDirectory("start");
        try {
            Path config = Files.writeString(
                    folder.resolve("pen-agent.conf"),
                    "pen-agent { pens = [ { name = web, control = \"127.0.0.1:1\" } ], web.listen = \"127.0.0.1:%d\" }\n"
                            .formatted(port));
            Path unpacked = unpacked(folder);
            Map<String, Rounds.Way> ways = new LinkedHashMap<>();
            ways.put(SHIPPED, () -> started(shipped(unpacked, "run", "--config", config.toString())));
            ways.put(DEFAULT, () -> started(plain(unpacked, config)));
            ways.put(GO, () -> started(go()));
            report(Rounds.of(count, ways), report);
        } finally {
            delete(folder);
        }
    }

    private static void report(Rounds rounds, Report report) {
        ratio(rounds, report, "wall to the first page", "wall_ms", Goal.of(0.5, 0.35));
        ratio(rounds, report, "CPU to the first page", "cpu_ms", Goal.of(0.45, 0.3));
        ratio(rounds, report, "memory when idle", "rss_mb", Goal.of(0.7, 0.55));
        for (String way : List.of(SHIPPED, DEFAULT, GO)) {
            report.row(way, "MB resident when idle", rounds.spread("rss_mb", way), Goal.NONE);
            report.row(way, "MB of its own (private) when idle", rounds.spread("private_mb", way), Goal.NONE);
        }
    }

    private static void ratio(Rounds rounds, Report report, String what, String figure, Goal goal) {
        report.row(what, "shipped / java -jar", rounds.ratio(figure, SHIPPED, DEFAULT), goal);
        report.row(what, "shipped / blackbox_exporter (Go)", rounds.ratio(figure, SHIPPED, GO), Goal.NONE);
    }

    /** The package laid out in a folder, with its archive of classes. */
    private static Path unpacked(Path folder) throws IOException, InterruptedException {
        Path root = folder.resolve("root");
        run(new ProcessBuilder("dpkg-deb", "-x", System.getProperty("pen-agent.deb"), root.toString()));
        Path options = root.resolve("usr/share/pen-agent/jvm.options");
        Files.writeString(options, Files.readString(options).replace("=/usr/lib/", "=" + root + "/usr/lib/"));
        run(shipped(root, "archive-classes", archive(root).toString()));
        return root;
    }

    private static Path archive(Path root) {
        return root.resolve("classes.jsa");
    }

    private static ProcessBuilder shipped(Path root, String... words) {
        ProcessBuilder command =
                new ProcessBuilder(Stream.concat(Stream.of(root + "/usr/bin/pen-agent"), Stream.of(words))
                        .toList());
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        command.environment().put("PEN_AGENT_HOME", root + "/usr/share/pen-agent");
        command.environment().put("PEN_AGENT_ARCHIVE", archive(root).toString());
        return command;
    }

    private static ProcessBuilder plain(Path root, Path config) {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                root + "/usr/share/pen-agent/pen-agent.jar",
                "run",
                "--config",
                config.toString());
    }

    private ProcessBuilder go() {
        return new ProcessBuilder(
                "prometheus-blackbox-exporter",
                "--web.listen-address=127.0.0.1:" + port,
                "--config.file=/etc/prometheus/blackbox.yml");
    }

    private Figures started(ProcessBuilder command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = command.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            while (!answers()) {
                Thread.sleep(1);
                long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                if (!process.isAlive() || waited > PATIENCE_MS) {
                    throw new IOException("did not start: " + command.command());
                }
            }
            double wallMs = (System.nanoTime() - start) / 1e6;
            double cpuMs = Cpu.micros(process.pid()) / 1e3;
            Thread.sleep(IDLE_MS);
            return memory(process.pid()).with("wall_ms", wallMs).with("cpu_ms", cpuMs);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Whether there is a page, asked as plainly as can be. */
    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("GET /metrics HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return answer.startsWith("HTTP/1.") && answer.startsWith(" 200", "HTTP/1.x".length());
        } catch (IOException e) {
            return false;
        }
    }

    private static Figures memory(long pid) throws IOException {
        double resident = 0;
        double own = 0;
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            if (line.startsWith("Rss:")) {
                resident = kilobytes(line);
            } else if (line.startsWith("Private_")) {
                own += kilobytes(line);
            }
        }
        return Figures.of("rss_mb", resident / 1024).with("private_mb", own / 1024);
    }

    private static double kilobytes(String line) {
        return Double.parseDouble(line.replaceAll("\\D", ""));
    }

    private static void run(ProcessBuilder command) throws IOException, InterruptedException {
        Process process = command.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command.command() + ": " + said);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
