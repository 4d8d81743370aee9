package io.github.penagent.demo;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Three embedded pens with their backends and clients, on free loopback ports and two event loops (the web backends have
 * one of their own): {@code web} (three
 * HTTP backends in turn, which fail and return one after another), {@code mail} (two SMTP backends, clients stay with
 * theirs) and {@code api} (two HTTP backends, weighted). HTTP backends answer {@code /healthz} with 200.
 */
public final class Demo {
    private static final long CLOSE_SECONDS = 3;

    /** Up, then down: seldom enough not to be taken for one that comes and goes. */
    private static final List<Duration> TURNS = List.of(Duration.ofSeconds(305), Duration.ofSeconds(25));

    /** The web backends fail one after another, the last one first. */
    private static final Duration FIRST_OUTAGE = Duration.ofSeconds(15);

    private static final Duration BETWEEN_OUTAGES = Duration.ofSeconds(110);

    private final Vertx vertx;
    private final Clock clock;
    private final SplittableRandom random;
    private final List<DemoBackend> backends = new ArrayList<>();
    private final List<Traffic> traffic = new ArrayList<>();
    private final AtomicReference<@Nullable Future<Void>> closing = new AtomicReference<>();
    private final EventLoopGroup webServers =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("demo-web", true), NioIoHandler.newFactory());
    private final List<HttpBackend> web;
    private final List<Outages> outages;
    private List<EmbeddedPen> pens = List.of();
    private String deployment = "";

    private Demo(Vertx vertx, Clock clock, long seed) {
        this.vertx = vertx;
        this.clock = clock;
        this.random = new SplittableRandom(seed);
        this.web = List.of(http(), http(), http());
        this.outages =
                web.stream().map(backend -> new Outages(vertx, backend, TURNS)).toList();
    }

    /**
     * Opens all ports and lets the traffic begin.
     *
     * @param clock gives the pens their seconds and the traffic its tides
     * @param seed decides sizes, delays and who comes when
     * @return the running demo; fails, with everything closed, if there are no sockets
     */
    public static Future<Demo> start(Vertx vertx, Clock clock, long seed) {
        Demo demo = new Demo(vertx, clock, seed);
        return vertx.deployVerticle(demo.parts()).map(id -> {
            demo.deployment = id;
            return demo;
        });
    }

    /** {@code web}, {@code mail} and {@code api}. */
    public List<EmbeddedPen> pens() {
        return pens;
    }

    /** One line for people: what they are looking at is not real. */
    public static String description() {
        return "embedded demo: web, mail and api are three imitations of pen inside this process, with made-up traffic"
                + " on loopback; the web backends go down for 25 s, one after another";
    }

    /**
     * Ends clients, then pens, then backends. Safe to call again, but to be called before Vert.x itself is closed.
     *
     * @return completes within {@value #CLOSE_SECONDS} s, with a failure if something is still open then
     */
    public Future<Void> close() {
        Promise<Void> done = Promise.promise();
        if (closing.compareAndSet(null, done.future())) {
            vertx.undeploy(deployment).timeout(CLOSE_SECONDS, TimeUnit.SECONDS).onComplete(done);
        }
        return Objects.requireNonNull(closing.get());
    }

    /** A deployment gives all parts one event loop, and closes whatever a failed start leaves open. */
    private Deployable parts() {
        return new Deployable() {
            @Override
            public Future<?> deploy(Context context) {
                return open();
            }

            @Override
            public Future<?> undeploy(Context context) {
                return closeParts();
            }
        };
    }

    private Future<?> open() {
        var first = pen("web", List.copyOf(web), "roundrobin");
        var mail = pen("mail", List.of(smtp("mail1.demo.invalid"), smtp("mail2.demo.invalid")));
        var api = pen("api", List.of(http(), http()), "roundrobin", "weight", "server 0 weight 3", "server 1 weight 1");
        return Future.all(first, mail, api).onSuccess(all -> {
            pens = List.of(first.result(), mail.result(), api.result());
            visit(first.result(), 6, Messages::form);
            visit(mail.result(), 1, Messages::mail);
            visit(api.result(), 4, Messages::form);
            for (int i = 0; i < outages.size(); i++) {
                outages.get(outages.size() - 1 - i).start(FIRST_OUTAGE.plus(BETWEEN_OUTAGES.multipliedBy(i)));
            }
        });
    }

    private HttpBackend http() {
        return new HttpBackend(vertx, webServers.next(), random.split());
    }

    private SmtpBackend smtp(String host) {
        return new SmtpBackend(vertx, host, random.split());
    }

    private Future<EmbeddedPen> pen(String name, List<DemoBackend> servers, String... commands) {
        backends.addAll(servers);
        return Future.all(servers.stream().map(DemoBackend::open).toList()).compose(open -> {
            Stream<String> slots = IntStream.range(0, servers.size())
                    .mapToObj(slot -> "server " + slot + " address 127.0.0.1 port "
                            + servers.get(slot).port());
            // Each refused connect takes a place for ever; the demo is to outlive a hundred of them.
            Stream<String> more = Stream.concat(Stream.of(commands), Stream.of("pending_max 1000000"));
            return EmbeddedPen.open(vertx, name, Stream.concat(slots, more).toList(), clock);
        });
    }

    private void visit(EmbeddedPen pen, double perSecond, Message message) {
        RandomGenerator own = random.split();
        Supplier<Buffer> words = () -> message.from(own);
        Traffic visitors = new Traffic(vertx, pen.listenPort(), perSecond, words, addresses(), clock, random.split());
        traffic.add(visitors);
        visitors.start();
    }

    /** Linux has all of 127/8; elsewhere only one address can be counted on. */
    private static List<String> addresses() {
        boolean linux = System.getProperty("os.name", "").startsWith("Linux");
        return linux ? List.of("127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5", "127.0.0.6") : List.of("127.0.0.1");
    }

    private Future<Void> closeParts() {
        outages.forEach(Outages::stop);
        return Future.join(traffic.stream().map(Traffic::stop).toList())
                .eventually(
                        () -> Future.join(pens.stream().map(EmbeddedPen::close).toList()))
                .eventually(() ->
                        Future.join(backends.stream().map(DemoBackend::close).toList()))
                .eventually(() -> {
                    webServers.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
                    return Future.succeededFuture();
                })
                .mapEmpty();
    }

    private interface Message {
        Buffer from(RandomGenerator random);
    }
}
