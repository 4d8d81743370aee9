package io.github.penagent.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.penctl.Endpoint;
import io.github.penagent.poll.Target;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** With real threads: files, a real question to a name server, and a file system that hangs. */
class DiscoveryLiveTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String NAME = "_penctl._tcp.Example.org";

    private final Path folder;
    private final Recorded recorded = new Recorded();
    private final List<List<Target>> lists = new CopyOnWriteArrayList<>();

    DiscoveryLiveTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void files_and_names_come_and_go() throws Exception {
        Vertx vertx = Vertx.vertx();
        Path file = Files.writeString(folder.resolve("a.json"), "a");
        try (NameServer server = new NameServer()) {
            server.records = List.of(World.srv("db.example.org:8888"));
            Disposable watching = watch(
                    Duration.ofSeconds(1),
                    List.of(NAME),
                    new Discovery.Means(
                            World::read,
                            new DnsSrv(vertx, Optional.of(server.address())),
                            Schedulers.parallel(),
                            Schedulers.boundedElastic(),
                            recorded));
            try {
                awaitNames("a", "db-example-org-8888");
                assertThat(lists).hasSize(1);
                assertThat(lists.get(0)).last().isEqualTo(World.pen("db-example-org-8888", "db.example.org:8888"));

                server.code = NameServer.SERVER_FAILURE;
                Files.writeString(file, "b");
                awaitNames("b", "db-example-org-8888");
                await().atMost(LIMIT).until(() -> recorded.failures(NAME) > 0);

                server.code = NameServer.OK;
                server.records = List.of(World.srv("db.example.org:9999"));
                Files.delete(file);
                awaitNames("db-example-org-9999");
            } finally {
                watching.dispose();
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_file_that_hangs_holds_nothing_up_and_is_asked_for_once() throws IOException {
        Files.writeString(folder.resolve("a.json"), "a");
        CountDownLatch mounted = new CountDownLatch(1);
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        Disposable watching = watch(
                World.REFRESH,
                List.of(NAME),
                new Discovery.Means(
                        (file, text) -> {
                            await().atMost(LIMIT).until(() -> mounted.getCount() == 0);
                            return World.read(file, text);
                        },
                        name -> Mono.never(),
                        time,
                        Schedulers.boundedElastic(),
                        recorded),
                new Target("web", Endpoint.parse("/web"), Optional.empty()));
        try {
            time.advanceTimeBy(Discovery.PATIENCE);
            awaitNames("web");
            time.advanceTimeBy(World.REFRESH.multipliedBy(3));
            assertThat(recorded.failures("*.json")).isEqualTo(2);

            mounted.countDown();
            awaitNames("web", "a");
        } finally {
            watching.dispose();
            time.dispose();
        }
    }

    private Disposable watch(Duration refresh, List<String> srv, Discovery.Means means, Target... fixed) {
        TargetsSettings settings =
                new TargetsSettings(List.of(new FilePattern("*.json", folder, "*.json")), srv, refresh);
        return new Discovery(settings, List.of(fixed), means).targets().subscribe(lists::add);
    }

    private void awaitNames(String... names) {
        await().atMost(LIMIT).until(() -> !lists.isEmpty() && latest().equals(List.of(names)));
    }

    private List<String> latest() {
        return lists.get(lists.size() - 1).stream().map(Target::name).toList();
    }
}
