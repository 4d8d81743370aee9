package io.github.penagent.discovery;

import io.vertx.core.Vertx;
import io.vertx.core.dns.DnsClient;
import io.vertx.core.dns.DnsClientOptions;
import io.vertx.core.dns.DnsException;
import io.vertx.core.dns.SrvRecord;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Asks for SRV records, without blocking; over TCP where they do not fit into a datagram. A question has a client of its own, so that
 * one that was made before the network was up, or before the machine had another resolver, is no burden.
 */
public final class DnsSrv implements Function<String, Mono<List<Srv>>> {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final Optional<InetSocketAddress> server;

    /** Asks the resolver of this machine, the first if it has several. */
    public DnsSrv(Vertx vertx) {
        this(vertx, Optional.empty());
    }

    /** @param server whom to ask instead, by address; for tests */
    DnsSrv(Vertx vertx, Optional<InetSocketAddress> server) {
        this.vertx = vertx;
        this.server = server;
    }

    /** The records, in any order; an error that says in a few words what went wrong. */
    @Override
    public Mono<List<Srv>> apply(String name) {
        // Records are told from others by the name as it was asked for, and not every server repeats capitals.
        String plain = name.toLowerCase(Locale.ROOT);
        return Mono.using(
                () -> vertx.createDnsClient(options()),
                client -> Mono.fromCompletionStage(
                                () -> client.resolveSRV(plain).toCompletionStage())
                        .map(DnsSrv::records)
                        .onErrorMap(DnsSrv::plain),
                DnsClient::close);
    }

    private DnsClientOptions options() {
        DnsClientOptions options = new DnsClientOptions().setQueryTimeout(TIMEOUT.toMillis());
        server.ifPresent(it -> options.setHost(it.getAddress().getHostAddress()).setPort(it.getPort()));
        return options;
    }

    private static List<Srv> records(List<SrvRecord> answer) {
        return answer.stream()
                // The root, which says that there is none, comes as no target at all.
                .map(record -> new Srv(Objects.requireNonNullElse(record.target(), ""), record.port()))
                .toList();
    }

    private static Throwable plain(Throwable e) {
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        return cause instanceof DnsException dns
                ? new IllegalStateException("the answer was " + dns.code(), cause)
                : cause;
    }
}
