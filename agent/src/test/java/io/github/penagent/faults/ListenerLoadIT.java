package io.github.penagent.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.peers.AgentProcess;
import io.github.penagent.peers.FakePen;
import io.github.penagent.peers.PenScript;
import io.github.penagent.peers.Ports;
import io.github.penagent.penctl.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Crowds, sluggards and giants at both listeners of an agent with a small heap, and one scraper who wants its page all the while. */
@EnabledIfSystemProperty(named = "full", matches = "true", disabledReason = "half a minute: mvn verify -Pfull")
class ListenerLoadIT {
    private static final String TOKEN = "a-token-of-some-length";
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final Duration NOISE = Duration.ofMillis(1_500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SCRAPERS = 1_000;
    private static final int SLUGGARDS = 200;

    /** More than the agent lets in; the machine's own limit on open files is left as it is. */
    private static final int IDLERS = Boolean.getBoolean("full") ? 10_000 : 3_000;

    private static final int GIANT = 50_000_000;

    /** As shipped. */
    private static final String HEAP = "-Xmx96m";

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger answered = new AtomicInteger();
    private final List<String> missed = new CopyOnWriteArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void neither_crowds_nor_sluggards_nor_giants_keep_a_scraper_from_its_page_or_a_pen_from_its_poll(
            @TempDir Path folder) throws Exception {
        int adminPort = Ports.free("127.0.0.1");
        Path token = Files.writeString(folder.resolve("token"), TOKEN);
        try (Crowd others = Crowd.of(10);
                FakePen large = FakePen.that(PenScript.replies(PollFailuresIT.servers(500)))) {
            Map<String, Endpoint> pens = new LinkedHashMap<>(others.pens());
            pens.put("large", large.endpoint());
            String settings = "poll { interval = 500ms, deadline = 2s, max-pen-load = 50% }, admin { enabled = true, "
                    + "listen = \"127.0.0.1:" + adminPort + "\", token-file = \"" + token + "\" }";
            try (AgentProcess agent = AgentProcess.start(pens, settings, HEAP).awaitReady()) {
                double before = files(agent);
                Thread scraper = new Thread(() -> scrape(agent.port()), "scraper");
                scraper.start();
                long begun = System.nanoTime();

                assertThat(crowd(agent.port())).as("pages for a crowd").isEqualTo(SCRAPERS);
                sluggards(agent.port());
                idlers(agent, before);
                giants(agent.port(), adminPort);

                long end = System.nanoTime();
                over.set(true);
                scraper.join();
                assertThat(missed)
                        .as("answers missed beside %d", answered.get())
                        .isEmpty();
                assertThat(answered.get()).isGreaterThan(20);
                assertThat(others.longestGap(begun, end))
                        .isLessThan(INTERVAL.multipliedBy(3).plus(NOISE));
                for (String pen : others.pens().keySet()) {
                    assertThat(Samples.of(agent).failures(pen)).as(pen).isZero();
                }
                assertThat(agent.log()).doesNotContain("level=error").doesNotContain("OutOfMemory");
            }
        }
    }

    /** The one that matters, on connections of its own. */
    private void scrape(int port) {
        while (!over.get()) {
            HttpRequest request = HttpRequest.newBuilder(page(port, "/metrics?name%5B%5D=pen_up"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            try {
                int status = HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode();
                if (status == 200) {
                    answered.incrementAndGet();
                } else {
                    missed.add("status " + status);
                }
                // The rhythm of the scrapes.
                TimeUnit.MILLISECONDS.sleep(200);
            } catch (IOException e) {
                missed.add(e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private int crowd(int port) {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < SCRAPERS; i++) {
            HttpRequest request = HttpRequest.newBuilder(page(port, "/metrics"))
                    .timeout(PATIENCE)
                    .build();
            answers.add(http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                    .thenApply(HttpResponse::statusCode)
                    .exceptionally(error -> 0));
        }
        return (int) answers.stream().filter(answer -> answer.join() == 200).count();
    }

    /** They ask for many pages, and read a byte a second. */
    private static void sluggards(int port) throws Exception {
        List<Socket> all = new ArrayList<>();
        try {
            for (int i = 0; i < SLUGGARDS; i++) {
                Socket socket = new Socket();
                socket.setReceiveBufferSize(1_024);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                socket.getOutputStream()
                        .write("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n"
                                .repeat(20)
                                .getBytes(StandardCharsets.US_ASCII));
                all.add(socket);
            }
            for (int second = 0; second < 15 && !all.isEmpty(); second++) {
                all.removeIf(ListenerLoadIT::gone);
                // The rhythm of the sluggards.
                TimeUnit.SECONDS.sleep(1);
            }
            System.out.println("sluggards left after 15 s: " + all.size() + " of " + SLUGGARDS);
        } finally {
            for (Socket socket : all) {
                socket.close();
            }
        }
    }

    /** Reads a byte, and says one that means nothing between two requests. */
    private static boolean gone(Socket socket) {
        try {
            if (socket.getInputStream().available() > 0) {
                socket.getInputStream().read();
            }
            socket.getOutputStream().write('\n');
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** They connect and say nothing. */
    private static void idlers(AgentProcess agent, double before) throws Exception {
        List<Socket> all = new ArrayList<>();
        try {
            int batch = 1_000;
            while (all.size() < IDLERS) {
                for (int i = 0; i < batch; i++) {
                    all.add(new Socket(InetAddress.getLoopbackAddress(), agent.port()));
                }
                assertThat(files(agent))
                        .as("open files with %d idlers, %s before", all.size(), before)
                        .isLessThan(before + 2_048 + batch);
            }
        } finally {
            for (Socket socket : all) {
                socket.close();
            }
        }
    }

    private static void giants(int port, int adminPort) throws Exception {
        String deep = "[".repeat(500_000);
        for (String method : List.of("GET", "POST")) {
            assertThat(send(port, method + " /metrics", "", GIANT)).contains(method.equals("GET") ? "413" : "405");
        }
        String authorized = "Authorization: Bearer " + TOKEN + "\r\nContent-Type: application/json\r\n";
        assertThat(send(adminPort, "POST /api/v1/alerts", authorized, GIANT)).contains("413");
        HttpRequest request = HttpRequest.newBuilder(page(adminPort, "/api/v1/alerts"))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(deep))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(400);
    }

    /** Sends until nobody listens any more; the first line of the answer. */
    private static String send(int port, String what, String headers, int bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            OutputStream out = socket.getOutputStream();
            out.write((what + " HTTP/1.1\r\nHost: a\r\n" + headers + "Content-Length: " + bytes + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readNBytes(16), StandardCharsets.US_ASCII);
            byte[] chunk = new byte[64 * 1024];
            try {
                for (int sent = 0; sent < bytes; sent += chunk.length) {
                    out.write(chunk);
                }
                assertThat(socket.getInputStream().transferTo(OutputStream.nullOutputStream()))
                        .isNotNegative();
            } catch (IOException e) {
                // It listens no more, which is right.
            }
            return answer;
        }
    }

    private static double files(AgentProcess agent) {
        return Samples.of(agent, "/metrics?name%5B%5D=process_files_open_files").value("process_files_open_files");
    }

    private static URI page(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
