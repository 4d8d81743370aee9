package io.github.penagent.cluster;

import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.AgentProcess;
import io.github.penagent.peers.HttpBackend;
import io.github.penagent.peers.OpenLoad;
import io.github.penagent.peers.Ports;
import io.github.penagent.peers.RealEtcd;
import io.github.penagent.peers.RealPen;
import io.github.penagent.penctl.Endpoint;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Sixty pens, six of them real, that agents share on etcd. Every agent has two to act upon at first, of whose five backends one may be
 * out. Each agent finds another of them failing: one that acts while another's ejection lasts has two out.
 */
final class SharedPens implements AutoCloseable {
    static final int PENS = 60;
    static final Duration TTL = Duration.ofSeconds(5);
    static final Duration LEASE = Duration.ofSeconds(6);
    static final Duration INTERVAL = Duration.ofSeconds(1);
    static final long MOVED_BYTES = 50_000_000;

    /** Who listens behind a door of its own to etcd. */
    static final int BEHIND_DOOR = 2;

    private static final int REAL = 6;
    private static final int EACH_ENFORCES = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final RealEtcd etcd = RealEtcd.start();
    final Relay door = new Relay(URI.create(etcd.url()).getPort());
    final Pages pages = new Pages();

    /** By pen, as it was told them. */
    final Map<String, Commands> commands = new LinkedHashMap<>();

    final Set<String> enforced = new TreeSet<>();
    final Set<String> readdressed = new TreeSet<>();
    final String newAddress;
    private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();
    private final Map<String, StandIns.StandIn> standIns = new LinkedHashMap<>();
    private final int[] ports =
            IntStream.range(0, 4).map(i -> Ports.free("127.0.0.1")).toArray();
    private final Map<Integer, AgentProcess> agents = new LinkedHashMap<>();
    private final StandIns many = new StandIns();
    private final List<HttpBackend> good =
            Stream.generate(HttpBackend::start).limit(2).toList();
    private final List<HttpBackend> bad =
            Stream.generate(HttpBackend::start).limit(3).toList();
    private final HttpBackend late = HttpBackend.start();
    private final List<Runnable> rest = new ArrayList<>();

    SharedPens() {
        newAddress = address(late);
        bad.forEach(backend -> backend.status(500));
        choose();
        for (int i = 0; i < PENS; i++) {
            String pen = name(i);
            if (i < REAL) {
                real(pen);
            } else {
                StandIns.StandIn standIn = many.add(1_000 + i, !enforced.contains(pen), addresses(pen));
                standIns.put(pen, standIn);
                commands.put(pen, standIn.commands());
                endpoints.put(pen, standIn.endpoint());
            }
        }
        many.start();
    }

    private static String name(int i) {
        return (i < REAL ? "real-" : "pen-") + i;
    }

    static List<String> names() {
        return IntStream.range(0, PENS).mapToObj(SharedPens::name).toList();
    }

    /** Of each agent's pens two that go to different others, so that nobody has more to take out at once than is permitted. */
    private void choose() {
        for (int agent = 0; agent < 3; agent++) {
            String us = address(agent);
            Set<String> others = new HashSet<>(members(0, 1, 2));
            others.remove(us);
            Set<String> heirs = new HashSet<>();
            for (String pen : names()) {
                boolean ours = owner(pen, 0, 1, 2).equals(us);
                if (heirs.size() < EACH_ENFORCES
                        && ours
                        && heirs.add(Rendezvous.owner(pen, others).orElseThrow())) {
                    enforced.add(pen);
                }
            }
        }
    }

    private List<String> addresses(String pen) {
        Stream<HttpBackend> all = enforced.contains(pen) ? Stream.concat(good.stream(), bad.stream()) : good.stream();
        return all.map(SharedPens::address).toList();
    }

    private static String address(HttpBackend backend) {
        return "127.0.0.1:" + backend.port();
    }

    private void real(String name) {
        RealPen.Builder builder = RealPen.with().options("-r");
        addresses(name).forEach(builder::backend);
        RealPen pen = builder.start();
        rest.add(pen::close);
        Relay relay = new Relay(((Endpoint.Tcp) pen.controlEndpoint()).port());
        rest.add(relay::close);
        commands.put(name, relay.commands());
        endpoints.put(name, new Endpoint.Tcp("127.0.0.1", relay.port()));
        if (!enforced.contains(name)) {
            rest.add(OpenLoad.on(pen, 5)::close);
        }
    }

    /** Every fifth of those with traffic has passed much and gets another second backend, as its owner sees. */
    void readdress() {
        List<String> names = standIns.keySet().stream()
                .filter(pen -> !enforced.contains(pen))
                .toList();
        for (int i = 0; i < names.size(); i += 5) {
            StandIns.StandIn pen = standIn(names.get(i));
            pen.pass(MOVED_BYTES);
            pen.pass(MOVED_BYTES);
            readdressed.add(names.get(i));
        }
        long now = System.currentTimeMillis();
        await("what passed is seen").atMost(PATIENCE).until(() -> polledSince(now, 2, readdressed));
        readdressed.forEach(pen -> standIn(pen).execute("server 1 address 127.0.0.1 port " + late.port()));
        long then = System.currentTimeMillis();
        await("the new backends are seen").atMost(PATIENCE).until(() -> polledSince(then, 3, readdressed));
    }

    private boolean polledSince(long millis, int times, Set<String> pens) {
        return pens.stream()
                .allMatch(pen ->
                        told(pen).polls().stream().filter(at -> at > millis).count() >= times);
    }

    Commands told(String pen) {
        return Objects.requireNonNull(commands.get(pen));
    }

    private StandIns.StandIn standIn(String pen) {
        return Objects.requireNonNull(standIns.get(pen));
    }

    String address(int agent) {
        return "127.0.0.1:" + ports[agent];
    }

    List<String> members(int... agents) {
        return IntStream.of(agents).mapToObj(this::address).toList();
    }

    String owner(String pen, int... agents) {
        return Rendezvous.owner(pen, members(agents)).orElseThrow();
    }

    AgentProcess agent(int which) {
        return Optional.ofNullable(agents.get(which)).orElseThrow();
    }

    /** Does not wait for anything. */
    void start(int which) {
        agents.put(
                which, AgentProcess.start(ports[which], configuration(which), "-Xmx128m", "-XX:TieredStopAtLevel=1"));
        pages.watch(ports[which]);
    }

    /** Without warning. */
    void kill(int which) {
        agent(which).kill();
        pages.forget(ports[which]);
    }

    void restart(int which) {
        pages.forget(ports[which]);
        agent(which).restart();
    }

    private String configuration(int which) {
        StringBuilder pens = new StringBuilder();
        endpoints.forEach(
                (name, control) -> pens.append("{ name = \"%s\", control = \"%s\" }\n".formatted(name, control)));
        String acting = String.join(
                ", ", enforced.stream().map(pen -> "\"" + pen + "\"").toList());
        return """
                pen-agent {
                  pens = [ %s ]
                  poll { interval = %ds, deadline = 1s, max-pen-load = 10%% }
                  checks = [
                    { name = up, type = tcp, pens = [ %s ], interval = 1s, timeout = 900ms }
                    { name = page, type = http, pens = [ %s ], addresses = [ "%s" ], path = "/10", interval = 1s
                      timeout = 900ms, expect-status = "200" }
                  ]
                  remediation { mode = enforce, lease = %ds, warm-up = 0s, pens { %s } }
                  cluster.etcd { endpoints = [ "%s" ], ttl = %ds }
                  web { listen = "%s", advertise = "%s" }
                }
                """.formatted(
                        pens,
                        INTERVAL.toSeconds(),
                        acting,
                        acting,
                        address(bad.get(which % bad.size())),
                        LEASE.toSeconds(),
                        String.join(
                                ", ",
                                enforced.stream()
                                        .map(pen -> "\"" + pen + "\" = enforce")
                                        .toList()),
                        which == BEHIND_DOOR ? "http://127.0.0.1:" + door.port() : etcd.url(),
                        TTL.toSeconds(),
                        address(which),
                        address(which));
    }

    /** Returns when these agents, and no others, have all pens among them as they should, and show each of them. */
    void awaitShared(Duration limit, int... who) {
        try {
            await("shared by " + who.length)
                    .atMost(limit)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> shared(who));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("not shared; " + state(who) + logs(), e);
        }
    }

    private boolean shared(int... who) {
        List<Pages.Page> fresh = fresh(who);
        Set<String> up = new HashSet<>();
        fresh.forEach(page -> up.addAll(page.up()));
        return fresh.size() == who.length
                && fresh.stream().allMatch(page -> page.all().value("pen_agent_members") == who.length)
                && owned(fresh) == PENS
                && up.size() == PENS;
    }

    List<Pages.Page> fresh(int... who) {
        return pages.fresh(IntStream.of(who).map(i -> ports[i]).toArray());
    }

    static double owned(List<Pages.Page> pages) {
        return pages.stream()
                .mapToDouble(page -> page.all().value("pen_agent_owned_pens"))
                .sum();
    }

    private String state(int... who) {
        StringBuilder text = new StringBuilder();
        fresh(who)
                .forEach(page -> text.append("members %s, owned %s, up %d; "
                        .formatted(
                                page.all().value("pen_agent_members"),
                                page.all().value("pen_agent_owned_pens"),
                                page.up().size())));
        return text.toString();
    }

    /** Of every agent. */
    String logs() {
        StringBuilder text = new StringBuilder();
        agents.forEach((which, agent) ->
                text.append("\n--- agent ").append(which).append('\n').append(agent.log()));
        return text.toString();
    }

    Map<Integer, AgentProcess> agents() {
        return agents;
    }

    /** Returns when a backend of each of these pens is out. */
    void awaitOut(Set<String> pens, Duration limit) {
        try {
            await("out").atMost(limit).pollInterval(Duration.ofMillis(100)).until(() -> in(pens).isEmpty());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("nothing is out of " + in(pens) + logs(), e);
        }
    }

    private List<String> in(Set<String> pens) {
        long now = System.currentTimeMillis();
        return pens.stream().filter(pen -> !told(pen).outAt(now)).toList();
    }

    @Override
    public void close() {
        pages.close();
        agents.values().forEach(AgentProcess::close);
        rest.forEach(Runnable::run);
        many.close();
        door.close();
        Stream.of(good, bad, List.of(late)).flatMap(List::stream).forEach(HttpBackend::close);
        etcd.close();
    }
}
