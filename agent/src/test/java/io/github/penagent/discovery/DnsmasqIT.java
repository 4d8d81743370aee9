package io.github.penagent.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.Child;
import io.github.penagent.peers.Ports;
import io.github.penagent.peers.Program;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a name server that others use. */
class DnsmasqIT {
    private static final String NAME = "_penctl._tcp.example.org";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Path folder;

    DnsmasqIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void records_are_found_and_what_fails_is_told() throws Exception {
        int port = Ports.free();
        Path file = Files.writeString(folder.resolve("dnsmasq.conf"), """
                srv-host=_penctl._tcp.example.org,DB1.example.org,8888,10,5
                srv-host=_penctl._tcp.example.org,db2.example.org,8889,0,0
                srv-host=_none._tcp.example.org
                local=/example.org/
                """);
        ProcessBuilder command = Program.DNSMASQ.command(
                "--keep-in-foreground",
                "--conf-file=" + file,
                "--pid-file=",
                "--user=",
                "--group=",
                "--no-resolv",
                "--no-hosts",
                "--bind-interfaces",
                "--listen-address=127.0.0.1",
                "--port=" + port,
                "--log-facility=-");
        Vertx vertx = Vertx.vertx();
        try (Child child = Child.start(command, folder.resolve("dnsmasq.log"))) {
            DnsSrv dns = new DnsSrv(vertx, Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
            await().atMost(LIMIT).ignoreExceptions().untilAsserted(() -> assertThat(
                            dns.apply(NAME).block(LIMIT))
                    .as(child::log)
                    .containsExactlyInAnyOrder(World.srv("db1.example.org:8888"), World.srv("db2.example.org:8889")));
            assertThat(dns.apply("_none._tcp.example.org").block(LIMIT))
                    .singleElement()
                    .matches(Srv::isNone);
            assertThat(dns.apply("_other._tcp.example.org").materialize().block(LIMIT))
                    .satisfies(
                            signal -> assertThat(signal.hasError() || List.of().equals(signal.get()))
                                    .isTrue());
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }
}
