package io.github.penagent.bench;

import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.Child;
import io.github.penagent.peers.MetricsPage;
import io.github.penagent.peers.Ports;
import io.github.penagent.peers.Run;
import io.github.penagent.peers.TemporaryFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The agent as it is shipped: its jar, by the package's launcher and with the package's options for the JVM. */
final class AgentAtWork implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** After the start there is still code to compile, and more for the first scrape. */
    private static final Duration SETTLING = Duration.ofSeconds(3);

    /** What pen lists of a backend and is a number, as the page has it. */
    private static final Pattern LISTED =
            Pattern.compile("pen_server_(sent_bytes_total|received_bytes_total|connections"
                    + "|connections_soft_limit|connections_hard_limit|weight|priority)\\{.*} (\\d+)");

    private static final Pattern BACKEND =
            Pattern.compile("pen_server_connections\\{address=\".*:(\\d+)\",pen=\".*\",server=\"(\\d+)\"} .*");
    private static final Pattern POLLS = Pattern.compile("pen_polls_total\\{.*} (\\d+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path home;
    private final int port;
    private final Child process;

    private AgentAtWork(Path home, int port, Child process) {
        this.home = home;
        this.port = port;
        this.process = process;
    }

    /**
     * Polls pens on 127.0.0.1; returns when it was started, and does not wait for anything.
     *
     * @param interval in the words of the configuration, such as {@code 1s}
     */
    static AgentAtWork on(List<Integer> controlPorts, String interval) throws IOException {
        return on(controlPorts, interval, "", "");
    }

    /**
     * The same, otherwise than shipped.
     *
     * @param more settings, as they stand in the file
     * @param options for the JVM
     */
    static AgentAtWork on(List<Integer> controlPorts, String interval, String more, String options) throws IOException {
        Path home = Files.createTempDirectory("bench-agent");
        Files.createSymbolicLink(home.resolve("pen-agent.jar"), Path.of(System.getProperty("pen-agent.jar")));
        Path shipped = Path.of("src/deb").toAbsolutePath();
        Files.createSymbolicLink(home.resolve("jvm.options"), shipped.resolve("jvm.options"));
        int port = Ports.free("127.0.0.1");
        Path file =
                Files.writeString(home.resolve("pen-agent.conf"), configuration(controlPorts, interval, port, more));
        ProcessBuilder command =
                new ProcessBuilder("sh", shipped.resolve("pen-agent").toString(), "run", "--config", file.toString());
        command.environment().put("PEN_AGENT_HOME", home.toString());
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        command.environment().put("JAVA_OPTS", options);
        return new AgentAtWork(home, port, Child.start(command, home.resolve("log")));
    }

    private static String configuration(List<Integer> controlPorts, String interval, int port, String more) {
        String pens = IntStream.range(0, controlPorts.size())
                .mapToObj(i -> "{ name = pen-%d, control = \"127.0.0.1:%d\" }".formatted(i, controlPorts.get(i)))
                .collect(Collectors.joining("\n"));
        return "pen-agent { poll.interval = %s, web.listen = \"127.0.0.1:%d\", pens = [ %s ]%n%s }%n"
                .formatted(interval, port, pens, more);
    }

    /** Returns once every pen was asked. */
    AgentAtWork awaitReady() {
        await("the agent, which said: " + process.log())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> get("/-/ready").statusCode() == 200);
        return this;
    }

    /** Returns once the tumult of its start is over. */
    AgentAtWork awaitCalm() throws IOException, InterruptedException {
        awaitReady().polls();
        Thread.sleep(SETTLING.toMillis());
        return this;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The lines of these metrics, of all pens and the agent's own. */
    MetricsPage metrics(String... names) throws IOException, InterruptedException {
        String query = Stream.of(names).map(name -> "name[]=" + name).collect(Collectors.joining("&"));
        return MetricsPage.parse(
                get("/metrics?" + query.replace("[]", "%5B%5D")).body());
    }

    /** Opens the stream of events that the status page lives on, reads a little of it and leaves. */
    void visit() throws IOException, InterruptedException {
        HttpRequest page = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/events"))
                .build();
        try (InputStream events =
                http.send(page, HttpResponse.BodyHandlers.ofInputStream()).body()) {
            events.readNBytes(10_000);
        }
    }

    /** What a collection that is made now leaves on its heap, in bytes. */
    double liveHeap() throws IOException, InterruptedException {
        jcmd("GC.run");
        // As it was at the end of that collection: what was made since is no part of it.
        return metrics("jvm_gc_live_data_size_bytes").value("jvm_gc_live_data_size_bytes");
    }

    private String jcmd(String command) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        return Run.of(new ProcessBuilder(jcmd, Long.toString(process.pid()), command), PATIENCE)
                .output();
    }

    /** Where its heap is, for {@link #resident}. */
    Resident.HeapBounds heapBounds() {
        return Resident.HeapBounds.in(jcmd("GC.heap_info"));
    }

    /** Its resident memory in parts; nothing of the JVM is asked for it. */
    Resident resident(Resident.HeapBounds heap) throws IOException {
        return Resident.of(process.pid(), heap);
    }

    /** Its resident memory, in bytes. */
    double memory() throws IOException {
        return Resident.total(process.pid());
    }

    boolean alive() {
        return process.alive();
    }

    String log() {
        return process.log();
    }

    /** The polls of all pens so far. */
    long polls() throws IOException, InterruptedException {
        return get("/metrics")
                .body()
                .lines()
                .map(POLLS::matcher)
                .filter(row -> row.matches())
                .mapToLong(row -> Long.parseLong(row.group(1)))
                .sum();
    }

    /** What it says that the pens have said last. */
    Totals last() throws IOException, InterruptedException {
        List<String> page = get("/metrics").body().lines().toList();
        Totals slots = page.stream()
                .map(BACKEND::matcher)
                .filter(row -> row.matches())
                .map(row -> new Totals(1, Long.parseLong(row.group(1)) + Long.parseLong(row.group(2))))
                .reduce(Totals.NONE, Totals::and);
        long listed = page.stream()
                .map(LISTED::matcher)
                .filter(row -> row.matches())
                .mapToLong(row -> Long.parseLong(row.group(2)))
                .sum();
        return slots.and(new Totals(0, listed));
    }

    /** Of all its threads so far. */
    double cpuMicros() throws IOException {
        return Cpu.micros(process.pid());
    }

    /** Of its threads that are there now and whose name begins with one of these. */
    double cpuMicros(List<String> threads) throws IOException {
        return Cpu.micros(process.pid(), threads);
    }

    /** Stops it in its tracks. */
    void stop() {
        process.stop();
    }

    void goOn() {
        process.cont();
    }

    @Override
    public void close() {
        process.kill();
        TemporaryFiles.delete(home);
    }
}
