package io.github.penagent.penctl;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * One server of a pen, by slot or by address; {@link PenServers} says how changes are checked. Nothing is sent before
 * subscription, and expected failures are outcomes, arguments out of range among them.
 */
public final class OneServer {
    /** The longest blacklist. Internally pen adds it to the time of day, in 32 bits. */
    public static final int MAX_BLACKLIST_SECONDS = 300_000_000;

    /** pen rounds to whole seconds: one may be over at once. */
    public static final int MIN_BLACKLIST_SECONDS = 2;

    private static final String BLACKLIST_HIDDEN = "pen took it, but its list does not show blacklists";
    private static final String ACL_HIDDEN = "pen took it, but its list does not show access lists";

    private final Mono<Target> target;
    private final PenServers servers;

    OneServer(Mono<Target> target, PenServers servers) {
        this.target = target;
        this.servers = servers;
    }

    /**
     * Empties the slot; connections that are open go on. Slot 0 stays in pen's rotation even then: its share goes to the next
     * server, and a stubborn pen would turn those clients away, so that there it is refused.
     */
    public Mono<Outcome> remove() {
        return target.flatMap(which -> servers.writes()
                .decide(state -> which.in(state, OneServer::removing) instanceof Plan.Write write
                                && write.after().slot() == 0
                        ? slotZero(write)
                        : Mono.just(which.in(state, row -> forgetting(removing(row))))));
    }

    private static Plan.Write removing(ServerRow row) {
        return Plan.Write.visible(
                Order.of("server " + row.slot() + " address 0.0.0.0 port 0"), row, row.at("0.0.0.0", 0));
    }

    private Plan.Write forgetting(Plan.Write write) {
        return write.whenConfirmed(() -> servers.drains().forget(write.after().slot()));
    }

    private Mono<Plan> slotZero(Plan.Write write) {
        return servers.desk().ask(Command.mode()).map(answer -> {
            if (!(answer instanceof Answer.Ok<Mode> mode)) {
                return Plan.Done.refused("whether pen is stubborn cannot be read: " + CheckedWrite.why(answer));
            }
            return mode.value().stubborn()
                    ? Plan.Done.refused(
                            "pen never takes slot 0 for unused, and while stubborn it turns away the clients"
                                    + " that it picks slot 0 for: give slot 0 the address of a server that stays")
                    : forgetting(write).noting("pen keeps slot 0 in its rotation and passes its share to the next");
        });
    }

    /** Gives the slot another address; its limits, counters and blacklist stay. */
    public Mono<Outcome> address(String address) {
        return Mono.zip(target, Target.at(address, servers.desk()))
                .flatMap(both -> both.getT2() instanceof Target.Address to
                        ? decide(both.getT1(), (state, row) -> moving(state, row, to))
                        : Mono.just(PenServers.refusal(both.getT2())));
    }

    /** Changes the port alone, 1 to 65535. */
    public Mono<Outcome> port(int port) {
        return target.flatMap(which -> decide(which, (state, row) -> {
            if (row.host().startsWith("/")) {
                return Plan.Done.refused("a socket path has no port");
            }
            try {
                String text = row.at(row.host(), port).address();
                return moving(state, row, new Target.Address(ServerAddress.parse(text)));
            } catch (IllegalArgumentException e) {
                return Plan.Done.refused("not an address of a server: " + e.getMessage());
            }
        }));
    }

    private Plan moving(PenState state, ServerRow row, Target.Address to) {
        String objection = to.address().objection(servers.desk().version());
        if (!objection.isEmpty()) {
            return Plan.Done.refused(objection);
        }
        List<ServerRow> there = to.rows(state);
        if (there.contains(row)) {
            return already(row);
        }
        if (!there.isEmpty()) {
            return Plan.Done.refused(
                    to.address() + " is among the servers already, in slot " + Target.Address.slots(there));
        }
        // The port too, even if it stays: a slot that held a socket path would keep two bytes of the path for a port.
        Order order = Order.of("server " + row.slot() + " " + to.address().words());
        return Plan.Write.visible(order, row, to.address().in(row)).whenConfirmed(() -> servers.drains()
                .moved(row.slot(), to.address().toString()));
    }

    /** Soft limit on connections: 0 for none, -1 for no new clients, to 1,000,000,000. */
    public Mono<Outcome> max(int connections) {
        return setting(() -> ServerChange.none().max(connections));
    }

    /** Limit for clients that come back: 0 for none, to 1,000,000,000. */
    public Mono<Outcome> hard(int connections) {
        return setting(() -> ServerChange.none().hard(connections));
    }

    /** 0 to 1,000,000; counts where pen goes by weight, and 0 gets no clients there. */
    public Mono<Outcome> weight(int weight) {
        return setting(() -> ServerChange.none().weight(weight));
    }

    /** -1,000,000 to 1,000,000; counts where pen goes by priority, and the lowest wins. */
    public Mono<Outcome> prio(int prio) {
        return setting(() -> ServerChange.none().prio(prio));
    }

    /** The access list for its clients, 0 to 9, or -1 for nobody (pen 0.27 or later, stated). Never confirmed. */
    public Mono<Outcome> acl(int list) {
        return setting(() -> ServerChange.none().acl(list));
    }

    /** Several attributes by one command. */
    public Mono<Outcome> set(ServerChange change) {
        return setting(() -> change);
    }

    private Mono<Outcome> setting(Supplier<ServerChange> supplier) {
        ServerChange change;
        try {
            change = supplier.get();
        } catch (IllegalArgumentException e) {
            return Mono.just(new Outcome.Refused(String.valueOf(e.getMessage())));
        }
        String objection = change.isEmpty()
                ? "nothing is to be changed"
                : change.objection(servers.desk().version());
        return objection.isEmpty()
                ? target.flatMap(which -> decide(which, (state, row) -> setting(row, change)))
                : Mono.just(new Outcome.Refused(objection));
    }

    private static Plan setting(ServerRow row, ServerChange change) {
        ServerRow after = change.applied(row);
        Order order = Order.of("server " + row.slot() + " " + change.words());
        if (change.hidden()) {
            return Plan.Write.hidden(order, row, after, ACL_HIDDEN);
        }
        return after.sameSettings(row) ? already(row) : Plan.Write.visible(order, row, after);
    }

    /**
     * Keeps new connections away for a while; open ones go on. pen may shorten it when a connect fails that was pending, drops
     * it at a restart, and moves its end when the global time changes. Never confirmed: pen's list does not show it.
     *
     * @param time whole seconds, {@value #MIN_BLACKLIST_SECONDS} to {@value #MAX_BLACKLIST_SECONDS}
     */
    public Mono<Outcome> blacklist(Duration time) {
        long seconds = time.toSeconds();
        // Past the last second that pen's 32 bits can tell, a blacklist means none; a day for clocks that differ.
        long room = Integer.MAX_VALUE
                - servers.clock().instant().getEpochSecond()
                - Duration.ofDays(1).toSeconds();
        long most = Math.min(MAX_BLACKLIST_SECONDS, room);
        if (seconds < MIN_BLACKLIST_SECONDS || seconds > most || !time.equals(Duration.ofSeconds(seconds))) {
            return Mono.just(new Outcome.Refused(
                    "a blacklist takes " + MIN_BLACKLIST_SECONDS + " to " + most + " whole seconds, not " + time));
        }
        return blacklist(seconds);
    }

    /**
     * Ends a blacklist at once. If pen's global time is raised soon after, the server is blacklisted again for the difference.
     * Never confirmed: pen's list does not show it.
     */
    public Mono<Outcome> whitelist() {
        return blacklist(0);
    }

    private Mono<Outcome> blacklist(long seconds) {
        return target.flatMap(which -> decide(
                which,
                (state, row) -> Plan.Write.hidden(
                        Order.of("server " + row.slot() + " blacklist " + seconds), row, row, BLACKLIST_HIDDEN)));
    }

    /**
     * No new clients until {@link #undrain()}; open connections go on. The limits are remembered in this {@link Pen}, see {@link
     * PenServers#drained()}. A stubborn pen closes the connections of clients that it had sent here before.
     */
    public Mono<Outcome> drain() {
        return target.flatMap(which -> decide(which, (state, row) -> {
            if (row.drained()) {
                return already(row);
            }
            servers.drains().remember(state.pid(), row);
            return limits(row, -1, 0).noting("it had max " + row.max() + " hard " + row.hard());
        }));
    }

    /** Gives back the limits that {@link #drain()} took. Refused if those are not known, or if it is not drained. */
    public Mono<Outcome> undrain() {
        return target.flatMap(which -> decide(which, (state, row) -> servers.drains()
                .of(state.pid(), row)
                .map(was -> undraining(row, was.max(), was.hard()))
                .orElseGet(() -> row.drained()
                        ? Plan.Done.refused("the limits that slot " + row.slot() + " had are not known here: give them")
                        : notDrained(row))));
    }

    /** Gives a drained server these limits, each 0 to 1,000,000,000 with 0 for none. Refused if it is not drained. */
    public Mono<Outcome> undrain(int max, int hard) {
        if (max < 0 || max > 1_000_000_000 || hard < 0 || hard > 1_000_000_000) {
            return Mono.just(new Outcome.Refused("limits are 0 to 1000000000"));
        }
        return target.flatMap(which -> decide(which, (state, row) -> undraining(row, max, hard)));
    }

    private Plan undraining(ServerRow row, int max, int hard) {
        return row.drained()
                ? limits(row, max, hard).whenConfirmed(() -> servers.drains().forget(row.slot()))
                : notDrained(row);
    }

    private static Plan notDrained(ServerRow row) {
        return Plan.Done.refused("it is not drained, " + row.text());
    }

    private static Plan.Write limits(ServerRow row, int max, int hard) {
        ServerChange change = ServerChange.none().max(max).hard(hard);
        return Plan.Write.visible(Order.of("server " + row.slot() + " " + change.words()), row, change.applied(row));
    }

    private static Plan already(ServerRow row) {
        return new Plan.Done(new Outcome.Confirmed("nothing to do, " + row.text()));
    }

    private Mono<Outcome> decide(Target which, Decision decision) {
        return servers.writes().decide(state -> Mono.just(which.in(state, row -> decision.plan(state, row))));
    }

    /** What to do about one server of a pen as it was just read. */
    private interface Decision {
        Plan plan(PenState state, ServerRow row);
    }
}
