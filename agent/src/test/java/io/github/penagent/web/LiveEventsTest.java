package io.github.penagent.web;

import static io.github.penagent.fleet.Samples.polled;
import static io.github.penagent.fleet.Samples.slots;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.fleet.Checks;
import io.github.penagent.fleet.FailureReason;
import io.github.penagent.fleet.Observation;
import io.github.penagent.fleet.Outlook;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Remedy;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

class LiveEventsTest {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MAX = 3;

    private final Vertx vertx = Vertx.vertx();
    private final ConcurrentSkipListMap<String, PenState> states = new ConcurrentSkipListMap<>();
    private final List<DecisionRow> decisions = new CopyOnWriteArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private volatile Others others = Others.NONE;
    private LiveEvents events;
    private int port;
    private long second;

    @BeforeEach
    void start() {
        poll("web", "10.0.0.1:80", 1, 2);
        poll("mail", "10.0.0.2:25", 1, 2);
        Sources sources = new Sources(
                request -> ScrapeAnswer.plain(new byte[0]),
                () -> List.copyOf(states.values()),
                name -> Optional.empty(),
                () -> decisions,
                () -> true,
                () -> true,
                () -> "{}",
                "1.2.3",
                () -> others);
        WebSettings settings = WebSettings.open(new ListenAddress("127.0.0.1", 0), Optional.empty(), false);
        events = new LiveEvents(vertx, sources, () -> settings, MAX);
        Router router = Router.router(vertx);
        StatusPage.routes(router, events);
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost(InetAddress.getLoopbackAddress().getHostAddress()))
                .requestHandler(router)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        port = server.actualPort();
    }

    @AfterEach
    void stop() throws IOException {
        for (Listener listener : listeners) {
            listener.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void who_comes_hears_of_every_pen_and_then_that_this_is_all() throws IOException {
        Listener listener = listen("");

        assertThat(listener.next().name).isEqualTo("hello");
        assertThat(listener.until("complete"))
                .filteredOn(event -> event.name.equals("pen"))
                .extracting(Event::pen)
                .containsExactly("mail", "web");
    }

    @Test
    void who_watches_the_other_pens_is_told_at_first_and_when_that_is_another() throws IOException {
        others = new Others("a:1", List.of("a:1", "b:1"), Map.of("smtp", "b:1"));
        Listener listener = listen("");
        assertThat(listener.next().name).isEqualTo("hello");
        assertThat(listener.next().data.encode())
                .isEqualTo("{\"here\":\"a:1\",\"agents\":[\"a:1\",\"b:1\"],\"elsewhere\":{\"smtp\":\"b:1\"}}");
        listener.until("complete");

        others = new Others("a:1", List.of("a:1"), Map.of());
        Event event = listener.next();

        assertThat(event.name).isEqualTo("agents");
        assertThat(event.data.getJsonObject("elsewhere").isEmpty()).isTrue();
    }

    @Test
    void afterwards_only_what_is_different_is_told() throws IOException {
        Listener listener = listen("");
        listener.until("complete");

        poll("web", "10.0.0.1:80", 5, 6);
        Event event = listener.next();

        assertThat(event.pen()).isEqualTo("web");
        assertThat(event.data
                        .getJsonObject("pen")
                        .getJsonArray("backends")
                        .getJsonObject(0)
                        .getInteger("sentBytes"))
                .isEqualTo(5);
    }

    @Test
    void a_pen_that_goes_is_said_to_be_gone_and_a_new_one_is_told() throws IOException {
        Listener listener = listen("");
        listener.until("complete");

        states.remove("web");
        poll("new", "10.0.0.3:80", 1, 1);

        List<Event> both = List.of(listener.next(), listener.next(), listener.next());
        assertThat(both).extracting(event -> event.name).containsExactly("gone", "pen", "history");
        assertThat(both.get(0).data.getString("name")).isEqualTo("web");
        assertThat(both.get(1).pen()).isEqualTo("new");
    }

    @Test
    void one_pen_can_be_asked_for_alone() throws IOException {
        Listener listener = listen("?pen=web");

        assertThat(listener.until("complete"))
                .filteredOn(event -> event.name.equals("pen"))
                .extracting(Event::pen)
                .containsExactly("web");
        poll("mail", "10.0.0.2:25", 9, 9);
        poll("web", "10.0.0.1:80", 9, 9);
        assertThat(listener.next().pen()).isEqualTo("web");
    }

    @Test
    void an_unknown_pen_is_an_error_that_names_it() throws IOException {
        assertThat(listen("?pen=nobody").status).contains("400");
    }

    @Test
    void no_more_listen_than_may_and_each_that_leaves_makes_room() throws IOException {
        List<Listener> all = List.of(listen(""), listen(""), listen(""));
        for (Listener listener : all) {
            listener.until("complete");
        }

        assertThat(listen("").status).contains("503");
        all.get(0).close();
        await().atMost(Duration.ofMillis(PATIENCE_MILLIS)).until(() -> events.streams() < MAX);
        Listener next = listen("");
        assertThat(next.status).contains("200");
        next.until("complete");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void one_that_does_not_read_is_not_remembered_for_and_later_hears_the_latest() throws IOException {
        String[] many = new String[8_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = "10.1.%d.%d:80".formatted(i / 200, i % 200);
        }
        Listener slow = listenWithSmallBuffers();
        assertThat(slow.next().name).isEqualTo("hello");
        Listener quick = listen("?pen=web");
        quick.until("complete");

        int changes = 12;
        for (int change = 1; change <= changes; change++) {
            pollMany("web", many, change);
            int bytes = change;
            Event heard = quick.next();
            assertThat(sent(heard)).isEqualTo(bytes);
        }

        List<Event> late = new ArrayList<>();
        do {
            late.add(slow.next());
        } while (!late.get(late.size() - 1).pen().equals("web") || sent(late.get(late.size() - 1)) < changes);
        assertThat(late.stream().filter(event -> event.pen().equals("web")).count())
                .as("what filled the line at first, and the latest")
                .isLessThan(changes);
    }

    @Test
    void a_pen_is_put_into_words_once_for_all() throws IOException {
        List<Listener> all = List.of(listen(""), listen(""), listen(""));
        for (Listener listener : all) {
            listener.until("complete");
        }
        long before = events.rendered();

        poll("web", "10.0.0.1:80", 5, 6);
        for (Listener listener : all) {
            assertThat(listener.next().pen()).isEqualTo("web");
        }

        assertThat(events.rendered() - before).isOne();
    }

    @Test
    void a_pen_that_goes_down_is_told_before_the_numbers_of_others() throws IOException {
        for (int i = 0; i < 300; i++) {
            poll("pen-" + i, "10.0.1.1:80", 1, 2);
        }
        Listener listener = listen("");
        listener.until("complete");

        states.computeIfPresent(
                "web",
                (name, state) -> state.next(
                        new Observation.Failed(name, FailureReason.TIMEOUT, "silent", Duration.ofSeconds(1))));
        for (int i = 0; i < 300; i++) {
            poll("pen-" + i, "10.0.1.1:80", 5, 6);
        }

        assertThat(listener.next().pen()).isEqualTo("web");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void numbers_that_are_too_many_for_one_second_come_in_turn() throws IOException {
        String[] backends = new String[1_000];
        Arrays.setAll(backends, i -> "10.0." + i / 250 + "." + i % 250 + ":80");
        int pens = 20;
        for (int i = 0; i < pens; i++) {
            pollMany("pen-" + i, backends, 1);
        }
        Listener listener = listen("");
        listener.until("complete");

        for (int i = 0; i < pens; i++) {
            pollMany("pen-" + i, backends, 2);
        }
        Set<String> told = new TreeSet<>();
        long rendered = events.rendered();
        for (int i = 0; i < pens; i++) {
            told.add(listener.next().pen());
        }

        assertThat(told).as("nobody twice before all were told once").hasSize(pens);
        assertThat(events.rendered() - rendered).isLessThanOrEqualTo(pens);
    }

    @Test
    void nobody_listening_nothing_is_put_into_words() {
        poll("web", "10.0.0.1:80", 5, 6);

        assertThat(events.rendered()).isZero();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void a_quiet_line_is_told_the_time() throws IOException {
        Listener listener = listen("");
        listener.until("complete");

        assertThat(listener.next().name).isEqualTo("beat");
    }

    @Test
    void decisions_are_told_and_told_again_when_they_have_an_outcome() throws IOException {
        decisions.add(decision(1, Optional.empty()));
        Listener listener = listen("");
        assertThat(listener.until("complete"))
                .filteredOn(event -> event.name.equals("decision"))
                .hasSize(1);

        decisions.set(0, decision(1, Optional.of("confirmed")));

        assertThat(listener.next().data.getString("outcome")).isEqualTo("confirmed");
    }

    @Test
    void history_is_there_at_once_and_follows_the_backend_not_the_slot() {
        RateHistory history = new RateHistory();
        PenState state = PenState.unknown("web");
        long[] bytes = {0, 1_000, 3_000, 4_000};
        for (int i = 0; i < bytes.length; i++) {
            state = state.next(polled("web", 2L * i, 7, slots("10.0.0.1:80", bytes[i], 0)));
            history.record(state);
        }

        assertThat(history.json("web").getJsonArray("backends").encode())
                .isEqualTo("[[0,\"10.0.0.1:80\",1000.0,\"g/g\"]]");
        history.record(state.next(polled("web", 8, 7, slots("10.0.0.9:80", 9_000, 0))));
        assertThat(history.json("web").getJsonArray("backends").getJsonArray(0).getString(3))
                .isEqualTo("----");
    }

    @Test
    void history_is_bounded_and_forgotten_with_the_pen() {
        RateHistory history = new RateHistory();
        PenState state = PenState.unknown("web");
        for (int i = 0; i < 3 * RateHistory.POINTS; i++) {
            state = state.next(polled("web", 2L * i, 7, slots("10.0.0.1:80", 1_000L * i, 0)));
            history.record(state);
        }

        assertThat(history.json("web").getJsonArray("backends").getJsonArray(0).getString(3))
                .hasSize(RateHistory.POINTS)
                .matches("/+");
        history.keepOnly(java.util.Set.of());
        assertThat(history.points("web")).isZero();
    }

    @Test
    void a_backend_says_what_it_is_and_why() {
        Outlook.Opinion held = new Outlook.Opinion(
                0,
                "10.0.0.1:80",
                Outlook.Verdict.FAILING,
                "check home: refused",
                OptionalLong.of(1_000_000_000L),
                Optional.of("cap"),
                false,
                OptionalLong.empty(),
                Optional.of(new Outlook.Held("keep-in", "ann", "migration", 60_000_000_000L)));
        Outlook outlook = new Outlook(Optional.of("we are blind"), Optional.of("killed"), true, List.of(held));

        JsonObject pen = json(outlook, List.of());

        JsonObject backend = pen.getJsonArray("backends").getJsonObject(0);
        assertThat(pen.getString("panicReason")).isEqualTo("we are blind");
        assertThat(pen.getBoolean("killSwitch")).isTrue();
        assertThat(backend.getString("state")).isEqualTo("failing");
        assertThat(backend.getString("reason")).isEqualTo("check home: refused");
        assertThat(backend.getString("refusedBy")).isEqualTo("cap");
        assertThat(backend.getJsonObject("hold").getString("until")).isEqualTo("2023-11-14T22:14:20Z");
    }

    @Test
    void what_was_said_of_a_slots_former_backend_is_not_said_of_this_one() {
        Outlook.Opinion former = new Outlook.Opinion(
                0,
                "10.0.0.77:80",
                Outlook.Verdict.FAILING,
                "refused",
                OptionalLong.empty(),
                Optional.empty(),
                false,
                OptionalLong.empty(),
                Optional.empty());
        Outlook outlook = new Outlook(Optional.empty(), Optional.empty(), false, List.of(former));

        assertThat(json(outlook, List.of(new Remedy.Ejected(0, "10.0.0.77:80", Long.MAX_VALUE / 2)))
                        .getJsonArray("backends")
                        .getJsonObject(0)
                        .getString("state"))
                .isEqualTo("serving");
    }

    @Test
    void somebody_elses_blacklist_counts_until_it_ends() {
        for (long end : new long[] {2, 30}) {
            Outlook.Opinion foreign = new Outlook.Opinion(
                    0,
                    "10.0.0.1:80",
                    Outlook.Verdict.FINE,
                    "",
                    OptionalLong.empty(),
                    Optional.empty(),
                    false,
                    OptionalLong.of(end * 1_000_000_000L),
                    Optional.empty());
            Outlook outlook = new Outlook(Optional.empty(), Optional.empty(), false, List.of(foreign));

            assertThat(json(outlook, List.of())
                            .getJsonArray("backends")
                            .getJsonObject(0)
                            .getString("state"))
                    .isEqualTo(end > 10 ? "blacklisted" : "serving");
        }
    }

    private static JsonObject json(Outlook outlook, List<Remedy.Ejected> ejected) {
        Remedy.Tally tally = new Remedy.Tally(Map.of(), Map.of(), Map.of(), Map.of(), 0);
        Remedy remedy =
                new Remedy(1, "observe", true, 0, ejected, tally, OptionalInt.empty(), OptionalDouble.empty(), outlook);
        return PenJson.of(
                PenState.unknown("web")
                        .next(polled("web", 10, 7, slots("10.0.0.1:80", 1, 2)))
                        .next(new Observation.Checked("web", new Checks(List.of())))
                        .next(new Observation.Remedied("web", remedy)),
                false);
    }

    private static int sent(Event event) {
        return event.data
                .getJsonObject("pen")
                .getJsonArray("backends")
                .getJsonObject(0)
                .getInteger("sentBytes");
    }

    private static DecisionRow decision(long id, Optional<String> outcome) {
        return new DecisionRow(
                java.time.Instant.EPOCH,
                id,
                "web",
                0,
                "10.0.0.1:80",
                "eject",
                "enforce",
                Optional.of("check"),
                "refused",
                List.of(),
                Optional.empty(),
                20,
                outcome,
                Optional.empty());
    }

    private void poll(String pen, String address, long sent, long received) {
        states.put(
                pen,
                states.getOrDefault(pen, PenState.unknown(pen))
                        .next(polled(pen, ++second, 7, slots(address, sent, received))));
    }

    private void pollMany(String pen, String[] addresses, long sent) {
        Object[] parts = new Object[3 * addresses.length];
        for (int i = 0; i < addresses.length; i++) {
            parts[3 * i] = addresses[i];
            parts[3 * i + 1] = sent;
            parts[3 * i + 2] = 0L;
        }
        states.put(pen, states.getOrDefault(pen, PenState.unknown(pen)).next(polled(pen, ++second, 7, slots(parts))));
    }

    private Listener listen(String query) throws IOException {
        return listen(query, new Socket());
    }

    private Listener listenWithSmallBuffers() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4 * 1024);
        return listen("", socket);
    }

    private Listener listen(String query, Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write(("GET /api/v1/events" + query + " HTTP/1.1\r\nHost: x\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        Listener listener = new Listener(socket);
        listeners.add(listener);
        return listener;
    }

    private record Event(String name, JsonObject data) {
        String pen() {
            return name.equals("pen") ? data.getJsonObject("pen").getString("name") : "";
        }
    }

    /** Reads what a browser would, with lines of chunked encoding left out. */
    private static final class Listener implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;
        private final String status;

        Listener(Socket socket) throws IOException {
            this.socket = socket;
            InputStream raw = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int octet = raw.read();
                if (octet < 0) {
                    break;
                }
                head.append((char) octet);
            }
            status = head.substring(0, Math.max(0, head.indexOf("\r\n")));
            in = new BufferedReader(new InputStreamReader(new Chunks(raw), StandardCharsets.UTF_8));
        }

        Event next() throws IOException {
            String name = "";
            String data = "";
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.isEmpty() && !name.isEmpty()) {
                    return new Event(name, new JsonObject(data));
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                }
            }
            throw new IOException("the stream has ended");
        }

        List<Event> until(String name) throws IOException {
            List<Event> all = new ArrayList<>();
            for (Event event = next(); !event.name.equals(name); event = next()) {
                all.add(event);
            }
            return all;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** The body of an answer in chunks, one after another. */
    private static final class Chunks extends InputStream {
        private final InputStream in;
        private int left;
        private boolean first = true;

        Chunks(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0) {
                if (!first) {
                    line();
                }
                first = false;
                left = Integer.parseInt(line(), 16);
                if (left == 0) {
                    return -1;
                }
            }
            int count = in.read(into, offset, Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }

        private String line() throws IOException {
            StringBuilder text = new StringBuilder();
            for (int octet = in.read(); octet != '\n'; octet = in.read()) {
                if (octet < 0) {
                    throw new IOException("the stream has ended");
                }
                if (octet != '\r') {
                    text.append((char) octet);
                }
            }
            return text.toString();
        }
    }
}
