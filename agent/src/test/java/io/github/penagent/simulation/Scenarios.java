package io.github.penagent.simulation;

import static io.github.penagent.simulation.Backend.Manner.ERRS;
import static io.github.penagent.simulation.Backend.Manner.HANGS;
import static io.github.penagent.simulation.Backend.Manner.REFUSES;
import static io.github.penagent.simulation.Backend.Manner.SILENT;

import io.github.penagent.simulation.Watcher.Route;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** All that is played. Things begin after a minute, when whoever watches has settled. */
final class Scenarios {
    private static final Duration SLOW = Duration.ofSeconds(4);

    private Scenarios() {}

    static List<Scenario> all() {
        return Stream.of(ofBackends(), ofPools(), ofWatchers(), ofPens(), ofPeople())
                .flatMap(List::stream)
                .toList();
    }

    private static Scenario one(String name, int size, Backend.Manner manner) {
        return Scenario.named(name, size).at(60, w -> w.backend(1).is(manner)).at(360, w -> w.backend(1)
                .serves());
    }

    private static List<Scenario> ofBackends() {
        return List.of(
                one("one of two dead, refusing", 2, REFUSES),
                one("one of two dead, refusing; a pen that cannot hang", 2, REFUSES)
                        .withoutLeak(),
                one("one of eight dead, refusing; clients stay where they are", 8, REFUSES)
                        .sticky(),
                one("one of two silent: its machine is gone", 2, SILENT),
                one("one of four silent", 4, SILENT),
                one("one of four hangs: takes connections, never answers", 4, HANGS),
                one("one of three answers 500", 3, ERRS),
                Scenario.named("one of four slow: 4 s instead of 5 ms", 4)
                        .at(60, w -> w.backend(1).slow(SLOW))
                        .at(360, w -> w.backend(1).serves()),
                Scenario.named("one of four loses 30 % of requests", 4)
                        .at(60, w -> w.backend(1).loses(30))
                        .at(360, w -> w.backend(1).serves()),
                flapping("one of four flaps, 2 s down and 2 s up", 4, 2),
                flapping("one of four flaps, 2 s down and 2 s up; a pen that cannot hang", 4, 2)
                        .withoutLeak(),
                flapping("one of three flaps, 30 s down and 30 s up; a pen that cannot hang", 3, 30)
                        .withoutLeak());
    }

    private static Scenario flapping(String name, int size, int seconds) {
        return Scenario.named(name, size)
                .every(2 * seconds, 60, 480, w -> w.backend(1).is(REFUSES))
                .every(2 * seconds, 60 + seconds, 480 + seconds, w -> w.backend(1)
                        .serves());
    }

    private static List<Scenario> ofPools() {
        return List.of(
                Scenario.named("the only one dead, refusing", 1)
                        .at(60, w -> w.backend(0).is(REFUSES))
                        .at(360, w -> w.backend(0).serves()),
                Scenario.named("all of three dead, refusing", 3)
                        .at(60, w -> w.all().forEach(b -> b.is(REFUSES)))
                        .at(240, w -> w.all().forEach(Backend::serves)),
                Scenario.named("all of three dead; a pen that cannot hang", 3)
                        .withoutLeak()
                        .at(60, w -> w.all().forEach(b -> b.is(REFUSES)))
                        .at(240, w -> w.all().forEach(Backend::serves)),
                butOne("all but one of four dead, refusing", REFUSES),
                butOne("all but one of four dead, refusing; a pen that cannot hang", REFUSES)
                        .withoutLeak(),
                butOne("all but one of four silent", SILENT),
                butOne("all but one of four answer 500", ERRS),
                Scenario.named("all of four slow for 20 s: 4 s instead of 5 ms", 4)
                        .at(60, w -> w.all().forEach(b -> b.slow(SLOW)))
                        .at(80, w -> w.all().forEach(Backend::serves)),
                Scenario.named("a shared dependency down: all of four answer 500", 4)
                        .at(60, w -> w.all().forEach(b -> b.is(ERRS)))
                        .at(240, w -> w.all().forEach(Backend::serves)),
                Scenario.named("a shared dependency down, of which clients notice nothing", 4)
                        .at(60, w -> w.all().forEach(b -> b.looks(ERRS)))
                        .at(240, w -> w.all().forEach(Backend::serves)),
                deploy("a deploy rolling through a pool of four", 4),
                deploy("a deploy rolling through a pool of four; a pen that cannot hang", 4)
                        .withoutLeak(),
                deploy("a deploy rolling through a pool of two; a pen that cannot hang", 2)
                        .withoutLeak(),
                one("one of two dies, and the other when it is back; a pen that cannot hang", 2, REFUSES)
                        .withoutLeak()
                        .at(365, w -> w.backend(0).is(REFUSES))
                        .at(480, w -> w.backend(0).serves()),
                flapping("one of two flaps, then the other dies; a pen that cannot hang", 2, 20)
                        .withoutLeak()
                        .at(200, w -> w.backend(0).is(REFUSES))
                        .at(400, w -> w.backend(0).serves()),
                Scenario.named("two of four silent for 8 s, again and again; a pen that cannot hang", 4)
                        .withoutLeak()
                        .every(60, 60, 480, w -> w.all().stream().limit(2).forEach(b -> b.is(SILENT)))
                        .every(60, 68, 488, w -> w.all().forEach(Backend::serves)),
                one("one of three dead behind a stubborn pen; it cannot hang", 3, REFUSES)
                        .sticky()
                        .option("stubborn")
                        .withoutLeak(),
                one("one of three dead at night: a request in 10 s", 3, REFUSES).rate(0.1),
                Scenario.named("one of three dead behind a pen for UDP, which sees nothing come back", 3)
                        .at(0, w -> w.pen().udp())
                        .at(60, w -> w.backend(1).is(REFUSES))
                        .at(360, w -> w.backend(1).serves()));
    }

    private static Scenario butOne(String name, Backend.Manner manner) {
        return Scenario.named(name, 4)
                .at(60, w -> w.all().stream().skip(1).forEach(b -> b.is(manner)))
                .at(300, w -> w.all().forEach(Backend::serves));
    }

    /** Each is down for 8 s, and up for 15 s before the next. */
    private static Scenario deploy(String name, int size) {
        Scenario deploy = Scenario.named(name, size);
        for (int i = 0; i < size; i++) {
            int slot = i;
            deploy.at(60 + 23 * i, w -> w.backend(slot).is(REFUSES))
                    .at(68 + 23 * i, w -> w.backend(slot).serves());
        }
        return deploy;
    }

    private static List<Scenario> ofWatchers() {
        return List.of(
                cutOff("agent cut off from all of four: packets lost", Route.DROPPED),
                cutOff("agent cut off from all of four: connections refused", Route.REJECTED),
                cutOff("agent cut off from all of four: no route", Route.NONE),
                oneHidden("agent cut off from one of four that serves: packets lost", 4, Route.DROPPED),
                oneHidden(
                                "agent cut off from one of four that serves 2 requests a second: connections refused",
                                4,
                                Route.REJECTED)
                        .rate(8),
                oneHidden("agent cut off from one of two that serves: packets lost", 2, Route.DROPPED),
                oneHidden("agent cut off from one of four that serves: connections refused", 4, Route.REJECTED),
                oneHidden("agent cut off from one of four at night: packets lost", 4, Route.DROPPED)
                        .rate(0.1)
                        .undecidable(1),
                oneHidden("agent cut off from one of four at night: connections refused", 4, Route.REJECTED)
                        .rate(0.1)
                        .undecidable(1),
                oneHidden(
                                "agent cut off from one of two that serves, the other dies; a pen that cannot hang",
                                2,
                                Route.DROPPED)
                        .withoutLeak()
                        .at(120, w -> w.backend(0).is(REFUSES))
                        .at(300, w -> w.backend(0).serves()),
                one("agent cut off from the pen while one of three is out", 3, REFUSES)
                        .at(120, w -> w.watcher().hidePen(true))
                        .at(420, w -> w.watcher().hidePen(false)),
                one("agent stopped for 30 s while one of three dies", 3, REFUSES)
                        .at(50, w -> w.watcher().stop(Duration.ofSeconds(30)))
                        .at(200, w -> w.watcher().stop(Duration.ofSeconds(30))),
                Scenario.named("agent stopped for 3 s again and again, all of four well", 4)
                        .every(20, 60, 600, w -> w.watcher().stop(Duration.ofSeconds(3))),
                one("agent dies while one of three is out", 3, REFUSES)
                        .at(120, w -> w.watcher().kill()),
                one("agent comes when pen has hung already: one of two dead", 2, REFUSES)
                        .watchedFrom(300),
                Scenario.named("two agents that know of each other's number: two of six dead", 6)
                        .agents(2)
                        .at(60, w -> w.backend(1).is(REFUSES))
                        .at(90, w -> w.backend(4).is(ERRS))
                        .at(360, w -> w.all().forEach(Backend::serves)),
                Scenario.named("two agents: all but one of four dead; a pen that cannot hang", 4)
                        .agents(2)
                        .withoutLeak()
                        .at(60, w -> w.all().stream().skip(1).forEach(b -> b.is(REFUSES)))
                        .at(300, w -> w.all().forEach(Backend::serves)));
    }

    private static Scenario cutOff(String name, Route route) {
        return Scenario.named(name, 4).at(60, w -> w.watcher().routes(route)).at(300, w -> w.watcher()
                .routes(Route.OPEN));
    }

    private static Scenario oneHidden(String name, int size, Route route) {
        return Scenario.named(name, size)
                .at(60, w -> w.watcher().route(w.backend(1), route))
                .at(360, w -> w.watcher().route(w.backend(1), Route.OPEN));
    }

    private static List<Scenario> ofPens() {
        return List.of(
                one("pen restarted while one of three is out", 3, REFUSES)
                        .at(120, w -> w.pen().restart(Duration.ofSeconds(1))),
                one("pen restarted again and again, one of three dead", 3, REFUSES)
                        .every(45, 100, 330, w -> w.pen().restart(Duration.ofSeconds(1))),
                one("pen's clock steps 60 s ahead while one of three is out", 3, REFUSES)
                        .at(120, w -> w.pen().stepClock(60)),
                one("pen's clock steps 660 s back while one of three is out", 3, REFUSES)
                        .at(120, w -> w.pen().stepClock(-660)),
                one("pen's clock steps 660 s back while one of two is out, then the other dies", 2, REFUSES)
                        .withoutLeak()
                        .at(120, w -> w.pen().stepClock(-660))
                        .at(420, w -> w.backend(0).is(REFUSES))
                        .at(540, w -> w.backend(0).serves()),
                one("pen's clock steps 660 s back when one of two has come back, then the other dies", 2, REFUSES)
                        .withoutLeak()
                        .at(400, w -> w.pen().stepClock(-660))
                        .at(420, w -> w.backend(0).is(REFUSES))
                        .at(540, w -> w.backend(0).serves()),
                one("slot of a dead one given another server while it is out", 3, REFUSES)
                        .at(120, w -> w.pen().execute("server 1 address 10.0.0.99 port 80")),
                one("slots given to servers in another order while one of three is dead", 3, REFUSES)
                        .at(120, w -> {
                            w.pen().execute("server 1 address 10.0.0.3 port 80");
                            w.pen().execute("server 2 address 10.0.0.2 port 80");
                        }));
    }

    private static List<Scenario> ofPeople() {
        return List.of(
                one("a person lets a dead one of three in; pen shows blacklists", 3, ERRS)
                        .at(0, w -> w.pen().showStatus())
                        .at(120, w -> w.pen().execute("server 1 blacklist 0")),
                one("a person lets a dead one of three in; pen shows nothing", 3, ERRS)
                        .at(120, w -> w.pen().execute("server 1 blacklist 0")),
                one("a person repairs one of three and lets it in", 3, REFUSES)
                        .at(361, w -> w.pen().execute("server 1 blacklist 0")),
                one("a person takes one of three out for an hour, then another dies", 3, REFUSES)
                        .at(30, w -> w.pen().execute("server 0 blacklist 3600")),
                one("a person raises pen's blacklist time to 600 s while one of three is out", 3, REFUSES)
                        .at(120, w -> w.pen().execute("blacklist 600")),
                deploy("a deploy rolls through a pool of three, then a person raises pen's blacklist time", 3)
                        .withoutLeak()
                        .at(200, w -> w.pen().execute("blacklist 600")),
                Scenario.named("a person adds a fourth server, which is dead", 3)
                        .at(60, w -> {
                            w.backend("10.0.0.4:80").is(REFUSES);
                            w.pen().execute("server 3 address 10.0.0.4 port 80");
                        })
                        .at(360, w -> w.backend("10.0.0.4:80").serves()));
    }
}
