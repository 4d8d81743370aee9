package io.github.penagent.remediation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.HttpBackend;
import io.github.penagent.peers.HttpTraffic;
import io.github.penagent.peers.RealPen;
import io.github.penagent.penctl.Answer;
import io.github.penagent.penctl.Command;
import io.github.penagent.penctl.Control;
import io.github.penagent.penctl.Transport;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The hand on a pen of Debian's build. */
class HandIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CONNECTIONS = 8;

    @AutoClose
    private final Transport transport = Transport.create(1);

    @AutoClose
    private final HttpBackend one = HttpBackend.start();

    @AutoClose
    private final HttpBackend two = HttpBackend.start();

    @AutoClose("dispose")
    private final Scheduler auditing = Schedulers.newSingle("audit");

    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final Path folder;
    private long ids;

    HandIT(@TempDir Path folder) throws IOException {
        // pen gives up its privileges, and has to write its page here.
        this.folder = Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private RealPen pen(String... options) {
        return RealPen.with()
                .backend(one)
                .backend(two)
                .options("-r")
                .options(options)
                .start();
    }

    private RealPen penWithPage() {
        return pen("-w", folder.resolve("page.html").toString());
    }

    private Hand hand(RealPen pen) {
        Control client = transport.client(pen.controlEndpoint(), Duration.ofSeconds(2));
        Control counting = new Control() {
            @Override
            public <T> Mono<Answer<T>> ask(Command<T> command) {
                sent.add(command.toString());
                return client.ask(command);
            }
        };
        AuditSettings audit = new AuditSettings(folder.resolve("audit.jsonl"), AuditSettings.MAX_BYTES, 1);
        return new Hand(
                name -> Optional.of(counting),
                new AuditLog(audit, InstantSource.system()),
                auditing,
                new Senses(System::nanoTime, InstantSource.system(), name -> 1, name -> 10),
                () -> new LoadAllowance(0.5, 20));
    }

    private Permit permit(int server, HttpBackend backend, int seconds) {
        SlotKey slot = new SlotKey("web", 1, server, "127.0.0.1:" + backend.port());
        return new Permit(++ids, slot, seconds, System.nanoTime() + PATIENCE.toNanos());
    }

    private WriteOutcome eject(Hand hand, int seconds) {
        Permit permit = permit(1, two, seconds);
        return done(hand.carryOut(new Action.Eject(permit, TestPen.decision(permit, Decision.Kind.EJECT))));
    }

    private WriteOutcome release(Hand hand) {
        Permit permit = permit(1, two, 0);
        return done(hand.carryOut(new Action.Release(permit, TestPen.decision(permit, Decision.Kind.LIFT))));
    }

    private static WriteOutcome done(Mono<Event.Done> call) {
        return Objects.requireNonNull(call.block(PATIENCE)).outcome();
    }

    /** How many of some new connections reach the second backend. */
    private int share(RealPen pen) throws IOException {
        int before = two.requests();
        HttpTraffic traffic = HttpTraffic.to(pen.listenPort());
        for (int i = 0; i < CONNECTIONS; i++) {
            assertThat(traffic.get("127.0.0.2", 10)).isEqualTo(200);
        }
        return two.requests() - before;
    }

    @Test
    void without_a_page_traffic_alone_shows_a_lease_its_end_and_its_release() throws IOException {
        try (RealPen pen = pen()) {
            Hand hand = hand(pen);
            assertThat(share(pen)).isEqualTo(CONNECTIONS / 2);
            assertThat(eject(hand, 300)).isEqualTo(WriteOutcome.WRITTEN);
            assertThat(share(pen)).isZero();
            assertThat(release(hand)).isEqualTo(WriteOutcome.WRITTEN);
            assertThat(share(pen)).isPositive();
            assertThat(eject(hand, 3)).isEqualTo(WriteOutcome.WRITTEN);
            assertThat(share(pen)).isZero();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(share(pen)).isPositive());
            assertThat(sent.stream().filter("status"::equals)).hasSize(1);
            assertThat(hand.status("web").blockOptional(PATIENCE)).isEmpty();
        }
    }

    @Test
    void a_page_confirms_a_lease_and_its_release() throws IOException {
        try (RealPen pen = penWithPage()) {
            Hand hand = hand(pen);
            assertThat(eject(hand, 20)).isEqualTo(WriteOutcome.CONFIRMED);
            assertThat(share(pen)).isZero();
            Event.StatusRead read = Objects.requireNonNull(hand.status("web").block(PATIENCE));
            assertThat(read.secondsLeft().get(1)).isBetween(10, 20);
            assertThat(read.secondsLeft().get(0)).isNotPositive();
            assertThat(read.clockOffsetSeconds().orElseThrow()).isBetween(-2.0, 2.0);
            assertThat(release(hand)).isEqualTo(WriteOutcome.CONFIRMED);
            assertThat(share(pen)).isPositive();
            assertThat(Files.readAllLines(folder.resolve("audit.jsonl"))).hasSize(4);
        }
    }

    @Test
    void a_persons_blacklist_is_seen_on_the_page() {
        try (RealPen pen = penWithPage()) {
            pen.penctl("server", "0", "blacklist", "3600");
            Event.StatusRead read =
                    Objects.requireNonNull(hand(pen).status("web").block(PATIENCE));
            assertThat(read.secondsLeft().get(0)).isBetween(3_580, 3_600);
        }
    }

    @Test
    void room_for_failed_connects_revives_a_pen_that_hangs() throws IOException {
        two.close();
        try (RealPen pen = pen()) {
            pen.penctl("pending_max", "1");
            assertThat(hangs(HttpTraffic.to(pen.listenPort()))).isTrue();
            Hand hand = hand(pen);
            Permit id = permit(0, one, 0);
            Decision decision = TestPen.decision(id, Decision.Kind.RAISE_PENDING);
            assertThat(done(hand.carryOut(new Action.RaisePending(id.id(), "web", 1, 1_000_000, decision))))
                    .isEqualTo(WriteOutcome.WRITTEN);
            assertThat(eject(hand, 300)).isEqualTo(WriteOutcome.WRITTEN);
            HttpTraffic traffic = HttpTraffic.to(pen.listenPort());
            for (int i = 0; i < CONNECTIONS; i++) {
                assertThat(traffic.get("127.0.0.2", 10)).isEqualTo(200);
            }
        }
    }

    /** Whether a pen with a backend that refuses stops to answer, too, after a few connects. */
    private static boolean hangs(HttpTraffic traffic) {
        for (int i = 0; i < CONNECTIONS; i++) {
            try {
                traffic.get("127.0.0.2", 10);
            } catch (SocketTimeoutException e) {
                return true;
            } catch (IOException e) {
                // Refused by the backend that is gone.
            }
        }
        return false;
    }

    @Test
    void a_restarted_pen_with_other_servers_is_not_written_to() {
        try (RealPen pen = pen()) {
            Hand hand = hand(pen);
            assertThat(eject(hand, 20)).isEqualTo(WriteOutcome.WRITTEN);
            pen.restart();
            assertThat(eject(hand, 20)).isEqualTo(WriteOutcome.NOT_WRITTEN);
            pen.penctl("server", "1", "address", "127.0.0.1", "port", "9");
            assertThat(eject(hand(pen), 20)).isEqualTo(WriteOutcome.NOT_WRITTEN);
            assertThat(sent.stream().filter(line -> line.startsWith("server "))).hasSize(1);
        }
    }
}
