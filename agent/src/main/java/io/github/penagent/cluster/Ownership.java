package io.github.penagent.cluster;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Which pens are this agent's. All but {@link #run()} and {@link #leave()} may be asked on any thread at any time. */
public interface Ownership {
    /** These are all pens that there are for the members together; called again when there are others. */
    void pens(Collection<String> all);

    /** Whether this agent watches that pen. */
    boolean isOurs(String pen);

    /**
     * The pens that have ceased to be ours since this was asked last, those included that are ours again: others may have acted on
     * them meanwhile, so that what this agent knows of them is void.
     */
    default Set<String> lost() {
        return Set.of();
    }

    /** Whether it may write to that pen now: to be asked right before each write, as the answer is good for no more than that. */
    boolean mayAct(String pen);

    /** What the owner before left of a pen that is ours, if anything. */
    default Optional<String> past(String pen) {
        return Optional.empty();
    }

    /** What this agent would leave of a pen to the next owner is another now, and to be kept in case it is gone by then. */
    default void remember(String pen) {}

    /** Who shares the work, as far as known. */
    default Members members() {
        return Members.NONE;
    }

    /** Tells each time that other pens are ours than before, or other members own the rest. */
    default Flux<Members> changes() {
        return Flux.never();
    }

    /** Works for as long as it is subscribed to; never completes. */
    default Mono<Void> run() {
        return Mono.never();
    }

    /** Hands over what is ours, in order. Completes whether or not that worked. */
    default Mono<Void> leave() {
        return Mono.empty();
    }

    /**
     * Who shares the work.
     *
     * @param addresses where each member can be scraped, {@code host:port}, by name in order
     * @param owners of all pens that have one, this agent included
     */
    record Members(Map<String, String> addresses, Map<String, String> owners) {
        public static final Members NONE = new Members(Map.of(), Map.of());

        public Members {
            addresses = Collections.unmodifiableMap(new TreeMap<>(addresses));
            owners = Map.copyOf(owners);
        }

        /** Where the owner of this pen can be scraped. */
        public Optional<String> addressOf(String pen) {
            return Optional.ofNullable(owners.get(pen)).map(addresses::get);
        }
    }
}
