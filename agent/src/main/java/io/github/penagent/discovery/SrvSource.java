package io.github.penagent.discovery;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The records of one name. No answer, a failure and an empty answer all keep the pens that are known: names fail more often than pens
 * cease to be, and a pen that is gone is seen to be down. A record that says there is none is an answer.
 */
final class SrvSource implements Source {
    /** Over what one question to one server may take. */
    static final Duration PATIENCE = Duration.ofMillis(2_500);

    private static final Comparator<Srv> ORDER = Comparator.comparing(Srv::host).thenComparingInt(Srv::port);

    private final String name;
    private final Function<String, Mono<List<Srv>>> resolver;
    private final Scheduler timer;

    SrvSource(String name, Function<String, Mono<List<Srv>>> resolver, Scheduler timer) {
        this.name = name;
        this.resolver = resolver;
        this.timer = timer;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Mono<Found> look(Found before) {
        Place known = before.at(name);
        return Mono.defer(() -> resolver.apply(name))
                .timeout(PATIENCE, timer)
                .map(records -> records.isEmpty() ? known.unread(name + ": no records") : answered(records))
                .defaultIfEmpty(known.unread(name + ": no records"))
                .onErrorResume(e -> Mono.just(known.unread(name + ": " + reason(e))))
                .map(place -> {
                    TreeMap<String, Place> only = new TreeMap<>();
                    only.put(name, place);
                    return Found.in(only);
                });
    }

    private Place answered(List<Srv> records) {
        List<Srv> sorted = records.stream().distinct().sorted(ORDER).toList();
        String content = sorted.stream().map(Srv::toString).collect(Collectors.joining(" "));
        return SrvPens.of(name, sorted, content);
    }

    private static String reason(Throwable e) {
        return e instanceof TimeoutException ? "no answer in time" : String.valueOf(e.getMessage());
    }
}
