package io.github.penagent.cluster.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.Certificates;
import io.github.penagent.peers.Ports;
import io.github.penagent.peers.RealEtcd;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Against Debian's etcd; each test has a prefix of its own, and those that harm it have one of their own. */
class EtcdIT {
    private static final Duration DEADLINE = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofSeconds(60);

    private static @SuppressWarnings("NullAway.Init") RealEtcd shared;

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void start() {
        shared = RealEtcd.start();
    }

    @AfterAll
    static void end() {
        shared.close();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    @Test
    void a_lease_that_is_not_renewed_takes_its_keys_along() {
        Etcd etcd = client(shared);
        long lease = get(etcd.grant(Duration.ofSeconds(1)));
        assertThat(get(etcd.claim(lease, pairs("/expiry/", 2)))).containsExactly(true, true);
        assertThat(get(etcd.keepAlive(lease))).isTrue();
        assertThat(words(get(etcd.list("/expiry/")).entries()))
                .containsExactly("/expiry/0000=v0 with " + lease, "/expiry/0001=v1 with " + lease);

        await().atMost(PATIENCE)
                .until(() -> get(etcd.list("/expiry/")).entries().isEmpty());

        assertThat(get(etcd.keepAlive(lease))).isFalse();
        assertThatThrownBy(() -> get(etcd.claim(lease, pairs("/expiry/", 1))))
                .isInstanceOf(EtcdFailure.class)
                .hasMessage("kv/txn: " + shared.url() + ": etcdserver: requested lease not found");
        get(etcd.revoke(lease));
    }

    @Test
    void each_key_that_two_want_at_once_goes_to_exactly_one() {
        Etcd one = client(shared);
        Etcd two = client(shared);
        long first = get(one.grant(LONG));
        long second = get(two.grant(LONG));
        List<KeyValue> wanted = pairs("/race/", 1000);

        var won = get(Mono.zip(one.claim(first, wanted), two.claim(second, reversed(wanted))));
        List<Boolean> seconds = reversed(won.getT2());
        assertThat(IntStream.range(0, 1000).filter(i -> won.getT1().get(i).equals(seconds.get(i))))
                .isEmpty();
        assertThat(get(one.list("/race/")).entries().stream().map(Entry::lease))
                .containsExactlyElementsOf(
                        won.getT1().stream().map(mine -> mine ? first : second).toList());
        assertThat(get(two.claim(second, wanted))).as("again").containsExactlyElementsOf(seconds);

        get(one.release(get(one.list("/race/")).entries().stream()
                .filter(entry -> entry.lease() == first)
                .toList()));
        get(two.revoke(second));
        assertThat(get(one.list("/race/")).entries()).isEmpty();
    }

    @Test
    void a_release_that_is_late_takes_no_key_that_was_made_anew() {
        Etcd etcd = client(shared);
        long lease = get(etcd.grant(LONG));
        get(etcd.claim(lease, pairs("/release/", 3)));
        List<Entry> first = get(etcd.list("/release/")).entries();
        get(etcd.release(first.subList(0, 2)));
        get(etcd.claim(lease, pairs("/release/", 1)));

        get(etcd.release(first.subList(0, 2)));

        assertThat(words(get(etcd.list("/release/")).entries()))
                .containsExactly("/release/0000=v0 with " + lease, "/release/0002=v2 with " + lease);
    }

    @Test
    void what_is_guarded_is_written_only_while_its_guard_stands() {
        Etcd etcd = client(shared);
        get(etcd.claim(0, pairs("/guard/", 2)));
        List<Entry> first = get(etcd.list("/guard/")).entries();
        get(etcd.release(first.subList(0, 1)));
        get(etcd.claim(0, pairs("/guard/", 1)));

        get(etcd.putGuarded(List.of(
                new Guarded(first.get(0), new KeyValue("/guarded/a", "late")),
                new Guarded(first.get(1), new KeyValue("/guarded/b", "in time")))));

        assertThat(words(get(etcd.list("/guarded/")).entries())).containsExactly("/guarded/b=in time with 0");
    }

    @Test
    void a_long_listing_is_complete_and_of_one_revision() {
        Etcd etcd = client(shared);
        List<KeyValue> all = pairs("/long/", 2 * Gateway.PAGE + 1);
        get(etcd.claim(0, all));
        get(etcd.claim(0, List.of(new KeyValue("/long0", "beside"))));

        Listing listing = get(etcd.list("/long/"));

        assertThat(listing.entries().stream().map(one -> new KeyValue(one.key(), one.value())))
                .containsExactlyElementsOf(all);
        assertThat(listing.revision()).isPositive();
    }

    @Test
    void a_watch_tells_all_that_happened_since_once_and_in_order_however_often_it_is_renewed() {
        Etcd etcd = client(Duration.ofMillis(400), shared.url());
        Etcd writer = client(shared);
        long from = get(writer.list("/watch/")).revision() + 1;
        get(writer.claim(0, List.of(new KeyValue("/watch/before", "0"), new KeyValue("/watc", "beside"))));
        Entry guard = get(writer.list("/watch/before")).entries().get(0);
        Heard heard = hear(etcd.watch("/watch/", from));

        List<String> expected = new ArrayList<>(List.of("/watch/before=0"));
        for (int i = 0; i < 150; i++) {
            get(writer.putGuarded(List.of(new Guarded(guard, new KeyValue("/watch/k", "v" + i)))));
            expected.add("/watch/k=v" + i);
        }
        long lease = get(writer.grant(Duration.ofSeconds(1)));
        get(writer.claim(lease, List.of(new KeyValue("/watch/l", "leased"))));
        expected.addAll(List.of("/watch/l=leased", "/watch/l gone"));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard.said()).hasSameSizeAs(expected));
        assertThat(heard.said()).containsExactlyElementsOf(expected);
        assertThat(heard.changes.stream().map(Change::revision)).isSorted();
        assertThat(heard.end.get()).isNull();
        assertThat(words(heard.changes.get(151).now().stream().toList()))
                .containsExactly("/watch/l=leased with " + lease);
    }

    @Test
    void a_watch_from_what_is_forgotten_ends() {
        Etcd etcd = client(shared);
        get(etcd.claim(0, pairs("/compacted/a", 1)));
        get(etcd.claim(0, pairs("/compacted/b", 1)));
        long revision = get(etcd.list("/compacted/")).revision();
        shared.compact(revision);

        Heard heard = hear(etcd.watch("/compacted/", revision - 1));

        assertThat(heard.awaitEnd())
                .isEqualTo("watch: what changed before revision " + revision + " is forgotten there (compacted)");
    }

    @Test
    void a_killed_etcd_ends_watches_and_after_its_restart_all_goes_on() {
        RealEtcd etcd = kept(RealEtcd.start());
        Etcd client = client(etcd);
        long lease = get(client.grant(LONG));
        get(client.claim(lease, pairs("/k/", 3)));
        Heard heard = hear(client.watch("/k/", 1));
        await().atMost(PATIENCE).until(() -> heard.changes.size() == 3);

        etcd.kill();

        assertThat(heard.awaitEnd()).startsWith("watch: ");
        assertThatThrownBy(() -> get(client.keepAlive(lease)))
                .isInstanceOf(EtcdFailure.class)
                .hasMessageStartingWith("lease/keepalive: " + etcd.url() + ": Connection refused");
        etcd.restart();
        assertThat(get(client.keepAlive(lease))).isTrue();
        assertThat(get(client.list("/k/")).entries()).hasSize(3);
        Heard again = hear(client.watch("/k/", get(client.list("/k/")).revision() + 1));
        get(client.release(get(client.list("/k/0001")).entries()));
        await().atMost(PATIENCE).until(() -> again.said().equals(List.of("/k/0001 gone")));
    }

    @Test
    void a_stalled_etcd_ends_watches_and_fails_in_time() {
        RealEtcd etcd = kept(RealEtcd.start());
        Etcd client = client(Duration.ofSeconds(1), etcd.url());
        long lease = get(client.grant(LONG));
        Heard heard = hear(client.watch("/s/", 1));
        get(client.claim(0, pairs("/s/", 1)));
        await().atMost(PATIENCE).until(() -> heard.changes.size() == 1);

        etcd.stop();

        assertThatThrownBy(() -> get(client.keepAlive(lease)))
                .isInstanceOf(EtcdFailure.class)
                .hasMessageStartingWith("lease/keepalive: " + etcd.url() + ": no ");
        assertThat(heard.awaitEnd()).startsWith("watch: " + etcd.url() + ": no ");
        etcd.cont();
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(EtcdFailure.class)
                .until(() -> get(client.keepAlive(lease)));
    }

    @Test
    void members_that_do_not_answer_cost_no_renewal() {
        RealEtcd stalled = kept(RealEtcd.start());
        stalled.stop();
        String nobody = "http://127.0.0.1:" + Ports.free("127.0.0.1");
        Etcd client = client(DEADLINE, stalled.url(), nobody, shared.url());

        long lease = get(client.grant(LONG));

        assertThat(get(client.keepAlive(lease))).isTrue();
        Heard heard =
                hear(client.watch("/members/", get(client.list("/members/")).revision() + 1));
        get(client.claim(lease, pairs("/members/", 1)));
        await().atMost(PATIENCE).until(() -> heard.changes.size() == 1);
        stalled.cont();
    }

    @Test
    void over_tls_only_who_has_the_right_authority_is_trusted(@TempDir Path folder) throws Exception {
        Certificates.inPem(folder, "server", "other");
        RealEtcd etcd = kept(RealEtcd.start(folder.resolve("server.crt"), folder.resolve("server.key")));
        URI url = URI.create(etcd.url());

        Etcd trusting = trusting(url, Optional.of(folder.resolve("server.crt")));
        get(trusting.claim(0, pairs("/tls/", 1)));
        Heard heard = hear(trusting.watch("/tls/", 1));
        await().atMost(PATIENCE).until(() -> heard.changes.size() == 1);

        for (Optional<Path> wrong : List.of(Optional.of(folder.resolve("other.crt")), Optional.<Path>empty())) {
            Etcd wary = trusting(url, wrong);
            assertThatThrownBy(() -> get(wary.list("/tls/")))
                    .isInstanceOf(EtcdFailure.class)
                    .hasMessageStartingWith("kv/range: " + url + ": ");
        }
    }

    @Test
    void a_user_with_no_more_rights_than_needed_goes_on_when_its_token_is_not_known_any_more() {
        RealEtcd etcd = kept(RealEtcd.start());
        etcd.demandPasswords("agent", "sesame open", "/pen-agent/");
        Etcd client = login(etcd, "sesame open");
        long lease = get(client.grant(LONG));
        get(client.claim(lease, pairs("/pen-agent/", 200)));
        Heard heard = hear(client.watch("/pen-agent/", 1));
        await().atMost(PATIENCE).until(() -> heard.changes.size() == 200);

        etcd.kill();
        etcd.restart();

        Heard again = hear(client.watch("/pen-agent/", 1));
        await().atMost(PATIENCE).until(() -> again.changes.size() == 200);
        assertThat(get(client.keepAlive(lease))).isTrue();
        assertThat(get(client.list("/pen-agent/")).entries()).hasSize(200);
        assertThatThrownBy(() -> get(client.list("/elsewhere/")))
                .isInstanceOf(EtcdFailure.class)
                .hasMessageContaining("permission denied");
        assertThat(hear(client.watch("/elsewhere/", 1)).awaitEnd()).contains("permission denied");
        get(client.release(get(client.list("/pen-agent/0001")).entries()));
        get(client.revoke(lease));
    }

    @Test
    void a_wrong_password_is_told_without_being_shown() {
        RealEtcd etcd = kept(RealEtcd.start());
        etcd.demandPasswords("agent", "sesame open", "/pen-agent/");

        assertThatThrownBy(() -> get(login(etcd, "sesame close").list("/pen-agent/")))
                .isInstanceOf(EtcdFailure.class)
                .hasMessageContaining("authentication failed")
                .hasMessageNotContaining("sesame");
        assertThatThrownBy(() -> get(client(etcd).list("/pen-agent/")))
                .isInstanceOf(EtcdFailure.class)
                .hasMessageContaining("user name is empty");
    }

    @Test
    void nothing_is_left_after_the_end() {
        Etcd etcd = client(shared);
        Heard heard = hear(etcd.watch("/end/", get(etcd.list("/end/")).revision()));

        etcd.close();

        assertThat(heard.awaitEnd()).isEqualTo("closed");
        assertThatThrownBy(() -> get(etcd.grant(LONG)))
                .isInstanceOf(EtcdFailure.class)
                .hasMessage("closed");
    }

    private Etcd client(RealEtcd etcd) {
        return client(DEADLINE, etcd.url());
    }

    private Etcd client(Duration deadline, String... urls) {
        List<URI> endpoints = Stream.of(urls).map(EtcdSettings::endpoint).toList();
        return kept(Etcd.open(new EtcdSettings(endpoints, Optional.empty(), EtcdSettings.Tls.DEFAULT), deadline));
    }

    private Etcd login(RealEtcd etcd, String password) {
        EtcdSettings.Login login = new EtcdSettings.Login("agent", new Password(password));
        return kept(Etcd.open(
                new EtcdSettings(List.of(URI.create(etcd.url())), Optional.of(login), EtcdSettings.Tls.DEFAULT),
                DEADLINE));
    }

    private Etcd trusting(URI url, Optional<Path> authority) throws Exception {
        Optional<String> pem =
                authority.isPresent() ? Optional.of(Files.readString(authority.get())) : Optional.empty();
        return kept(Etcd.open(
                new EtcdSettings(List.of(url), Optional.empty(), new EtcdSettings.Tls(pem, Optional.empty())),
                DEADLINE));
    }

    private <T extends AutoCloseable> T kept(T one) {
        open.add(0, one);
        return one;
    }

    private static <T> T get(Mono<T> mono) {
        return mono.blockOptional(PATIENCE).orElseGet(() -> none());
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T none() {
        Supplier<T> nothing = () -> null;
        return nothing.get();
    }

    private static List<KeyValue> pairs(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new KeyValue("%s%04d".formatted(prefix, i), "v" + i))
                .toList();
    }

    private static List<String> words(List<Entry> entries) {
        return entries.stream()
                .map(one -> one.key() + "=" + one.value() + " with " + one.lease())
                .toList();
    }

    private static <T> List<T> reversed(List<T> list) {
        List<T> all = new ArrayList<>(list);
        Collections.reverse(all);
        return all;
    }

    private Heard hear(Flux<Change> changes) {
        Heard heard = new Heard();
        Disposable hearing = changes.subscribe(heard.changes::add, heard.end::set);
        kept(hearing::dispose);
        return heard;
    }

    /** What a watch told. */
    private static final class Heard {
        final List<Change> changes = new CopyOnWriteArrayList<>();
        final AtomicReference<@Nullable Throwable> end = new AtomicReference<>();

        List<String> said() {
            return changes.stream()
                    .map(one ->
                            one.key() + one.now().map(now -> "=" + now.value()).orElse(" gone"))
                    .toList();
        }

        String awaitEnd() {
            await().atMost(PATIENCE).until(() -> end.get() != null);
            Throwable failure = Objects.requireNonNull(end.get());
            assertThat(failure).isInstanceOf(EtcdFailure.class);
            return String.valueOf(failure.getMessage());
        }
    }
}
