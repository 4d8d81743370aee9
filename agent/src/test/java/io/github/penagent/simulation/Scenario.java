package io.github.penagent.simulation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One outage: what there is, and what happens to it when. */
final class Scenario {
    /** From the first second to the last in which clients ask. */
    static final Duration LENGTH = Duration.ofMinutes(11);

    private static final Duration AFTERWARDS = Duration.ofSeconds(15);

    private final String name;
    private final int size;
    private final List<String> options = new ArrayList<>(List.of("roundrobin"));
    private final List<Step> steps = new ArrayList<>();
    private double perSecond = 20;
    private int agents = 1;
    private int startSeconds = 1;
    private int mistakes;

    private record Step(int second, Consumer<World> what) {}

    private Scenario(String name, int size) {
        this.name = name;
        this.size = size;
    }

    /** With so many backends, in turn. */
    static Scenario named(String name, int size) {
        return new Scenario(name, size);
    }

    /** A command that pen is started with. */
    Scenario option(String command) {
        options.add(command);
        return this;
    }

    /** Clients stay with their server. */
    Scenario sticky() {
        options.remove("roundrobin");
        return this;
    }

    /** A pen that never hangs, so that only what is done about backends makes a difference. */
    Scenario withoutLeak() {
        return option("pending_max 1000000");
    }

    Scenario rate(double requestsPerSecond) {
        perSecond = requestsPerSecond;
        return this;
    }

    /** So many agents that know of each other's number only. */
    Scenario agents(int number) {
        agents = number;
        return this;
    }

    /** Whoever watches comes late. */
    Scenario watchedFrom(int second) {
        startSeconds = second;
        return this;
    }

    /** Where nothing tells a backend that is dead from one that is only hidden: how many may be taken for dead. */
    Scenario undecidable(int backends) {
        mistakes = backends;
        return this;
    }

    Scenario at(int second, Consumer<World> what) {
        steps.add(new Step(second, what));
        return this;
    }

    /** The same again and again, from one second to another. */
    Scenario every(int seconds, int from, int until, Consumer<World> what) {
        for (int second = from; second < until; second += seconds) {
            at(second, what);
        }
        return this;
    }

    String name() {
        return name;
    }

    /** How many backends that are fine may leave. */
    int mistakes() {
        return mistakes;
    }

    /** Plays it once. */
    Score play(Policy policy, long seed, Path files) {
        World world = new World(size, options, seed);
        for (Step step : steps) {
            // Not always in step with clocks that tick.
            long early = world.chance(4 + step.second()).nextLong(1_000_000_000L);
            world.time().at(step.second() * 1_000_000_000L + early, () -> step.what()
                    .accept(world));
        }
        world.time().at(startSeconds * 1_000_000_000L, () -> begin(world, policy, files));
        new Crowd(world, perSecond, LENGTH.toNanos()).come();
        world.time().runUntil(LENGTH.plus(AFTERWARDS).toNanos());
        return world.score();
    }

    private void begin(World world, Policy policy, Path files) {
        if (policy == Policy.PENBW) {
            new Penbw(world).start();
        } else if (policy == Policy.OURS) {
            for (int number = 0; number < agents; number++) {
                new OurAgent(world, agents, number, files).start();
            }
        }
    }
}
