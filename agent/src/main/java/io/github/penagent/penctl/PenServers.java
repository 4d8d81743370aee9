package io.github.penagent.penctl;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * pen's table of servers. Every change reads pen's process id and list right before the command and again right after it, and
 * is {@link Outcome.Confirmed} only if the same run of pen then shows the change. Changes through one {@link Pen} wait for each
 * other; those of other programs are seen, not prevented, because pen knows no locks.
 *
 * <p>Addresses are {@code host:port}, {@code [v6]:port} or an absolute socket path. Host names are looked up on this side. IPv6
 * takes pen 0.25 and socket paths 0.27 or later, stated: older ones end or hang over them.
 */
public final class PenServers {
    private final Desk desk;
    private final Drains drains;
    private final InstantSource clock;
    private final CheckedWrite writes;

    PenServers(Desk desk, Drains drains, InstantSource clock) {
        this.desk = desk;
        this.drains = drains;
        this.clock = clock;
        this.writes = new CheckedWrite(desk);
    }

    /** All slots, used or not, in pen's order. */
    public Mono<Answer<List<ServerRow>>> list() {
        return desk.ask(Command.servers()).map(answer -> answer.map(ServerRow::of));
    }

    /** The server in a slot. That there is one is checked when something is asked of it. */
    public OneServer at(int slot) {
        return new OneServer(Mono.just(new Target.Slot(slot)), this);
    }

    /** The server with an address. That there is exactly one is checked when something is asked of it. */
    public OneServer at(String address) {
        return new OneServer(Mono.defer(() -> Target.at(address, desk)), this);
    }

    /** Adds a server without limits. */
    public Mono<Outcome> add(String address) {
        return add(address, Limits.NONE);
    }

    /**
     * Puts a server into the first free slot, free of what that slot's last server was given: limits, access list, blacklist.
     * Refused if it is there already, and if no slot is free, unless {@link Danger#GROWS_SERVER_TABLE} is accepted: then the
     * table grows by exactly one (pen 0.29 or later, stated).
     */
    public Mono<Outcome> add(String address, Limits limits) {
        return Target.at(address, desk)
                .flatMap(target -> target instanceof Target.Address found
                        ? writes.decide(state -> Mono.just(adding(state, found, limits)))
                        : Mono.just(refusal(target)));
    }

    /** {@link OneServer#remove()} by address. */
    public Mono<Outcome> remove(String address) {
        return at(address).remove();
    }

    /** {@link OneServer#remove()} by slot. */
    public Mono<Outcome> remove(int slot) {
        return at(slot).remove();
    }

    /** The limits of what was drained through this {@link Pen} and not undrained, for programs that end before that. */
    public List<Drained> drained() {
        return drains.all();
    }

    private Plan adding(PenState state, Target.Address target, Limits limits) {
        List<ServerRow> there = target.rows(state);
        String objection = target.address().objection(desk.version());
        if (!objection.isEmpty() || !there.isEmpty()) {
            return Plan.Done.refused(
                    objection.isEmpty()
                            ? target.address() + " is among the servers already, in slot " + Target.Address.slots(there)
                            : objection);
        }
        Optional<ServerRow> free =
                state.rows().stream().filter(row -> !row.used()).findFirst();
        return free.isPresent() ? reusing(free.get(), target, limits) : growing(state, target, limits);
    }

    private Plan reusing(ServerRow free, Target.Address target, Limits limits) {
        ServerChange change = ServerChange.of(limits);
        String line =
                "server " + free.slot() + " " + target.address().words() + " " + change.words() + " acl 0 blacklist 0";
        return Plan.Write.visible(
                        Order.of(line), free, change.applied(target.address().in(free)))
                .whenConfirmed(() -> drains.forget(free.slot()));
    }

    private Plan growing(PenState state, Target.Address target, Limits limits) {
        int slot = state.rows().size();
        if (slot > Target.LAST_SLOT || !desk.version().atLeast(PenVersion.V0_29)) {
            return Plan.Done.refused("none of the " + slot + " slots is free, and this pen (" + desk.version()
                    + ") cannot safely be given more");
        }
        ServerChange change = ServerChange.of(limits);
        Order order = Order.of("server " + slot + " " + target.address().words() + " " + change.words())
                .with(Danger.GROWS_SERVER_TABLE);
        String objection = desk.objection(order);
        if (!objection.isEmpty()) {
            return Plan.Done.refused("none of the " + slot + " slots is free, and " + objection);
        }
        ServerRow blank = new ServerRow(slot, "", 0, 0, 0, 0, 0, 0, 0, 0);
        return Plan.Write.visible(order, null, change.applied(target.address().in(blank)))
                .noting("the table has grown by one slot");
    }

    static Outcome refusal(Target target) {
        return new Outcome.Refused(target instanceof Target.Wrong wrong ? wrong.why() : "an address is needed here");
    }

    Desk desk() {
        return desk;
    }

    Drains drains() {
        return drains;
    }

    InstantSource clock() {
        return clock;
    }

    CheckedWrite writes() {
        return writes;
    }
}
