package io.github.penagent.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Several agents, one made-up etcd and virtual time. With each passing step it is asserted that no two agents may write to the same
 * pen.
 */
final class Agents {
    static final Duration TTL = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofMillis(20);

    final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    final MadeUpEtcd etcd = new MadeUpEtcd(time);
    final Map<String, Member> members = new LinkedHashMap<>();
    final List<String> pens;

    /** Those of members that are gone, too. */
    final List<MadeUpEtcd.Way> ways = new ArrayList<>();

    /** What owners have counted, by pen. */
    final Map<String, String> truth = new HashMap<>();

    /** For how long each pen was nobody's to write to, at most. */
    final Map<String, Duration> longestGap = new HashMap<>();

    private final Map<String, Duration> gap = new HashMap<>();

    Agents(int pens) {
        this.pens = IntStream.range(0, pens).mapToObj(i -> "pen" + i).toList();
    }

    final class Member {
        final MadeUpEtcd.Way way = etcd.new Way();
        final SharedWork work;
        private Disposable running;

        Member(String name) {
            ways.add(way);
            work = new SharedWork(
                    way,
                    "/pen-agent",
                    () -> new SharedWork.Me(name, name + ":9099"),
                    TTL,
                    time,
                    () -> time.now(TimeUnit.NANOSECONDS),
                    () -> Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS)),
                    pen -> Optional.ofNullable(truth.get(pen)));
            work.pens(pens);
            running = work.run().subscribe();
        }

        /** Without a word: it does nothing more, and nobody knows. */
        void kill() {
            running.dispose();
            way.cut();
        }

        void leave() {
            running.dispose();
            work.leave().subscribe();
        }

        Set<String> watched() {
            return matching(work::isOurs);
        }

        Set<String> actable() {
            return matching(work::mayAct);
        }

        private Set<String> matching(Predicate<String> which) {
            Set<String> matching = new HashSet<>();
            pens.stream().filter(which).forEach(matching::add);
            return matching;
        }
    }

    Member join(String name) {
        Member member = new Member(name);
        members.put(name, member);
        return member;
    }

    void kill(String name) {
        Member member = members.remove(name);
        if (member != null) {
            member.kill();
        }
    }

    void leave(String name) {
        Member member = members.remove(name);
        if (member != null) {
            member.leave();
        }
    }

    void pass(Duration length) {
        for (long passed = 0; passed < length.toMillis(); passed += STEP.toMillis()) {
            time.advanceTimeBy(STEP);
            etcd.tick();
            check();
        }
    }

    private void check() {
        Map<String, String> actors = new HashMap<>();
        members.forEach((name, member) -> member.actable().forEach(pen -> {
            String other = actors.put(pen, name);
            assertThat(other).as("%s may be written to by %s, too", pen, name).isNull();
        }));
        for (String pen : pens) {
            Duration free = actors.containsKey(pen)
                    ? Duration.ZERO
                    : gap.getOrDefault(pen, Duration.ZERO).plus(STEP);
            gap.put(pen, free);
            longestGap.merge(pen, free, (a, b) -> a.compareTo(b) > 0 ? a : b);
        }
    }

    void forgetGaps() {
        longestGap.clear();
        gap.clear();
    }

    Duration longestGap() {
        return longestGap.values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** Every pen is watched by exactly one. */
    void assertShared() {
        List<String> all = new ArrayList<>();
        members.values().forEach(member -> all.addAll(member.actable()));
        assertThat(all).containsExactlyInAnyOrderElementsOf(pens);
    }
}
