package io.github.penagent.discovery;

import io.github.penagent.penctl.Endpoint;
import io.github.penagent.poll.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A folder, a DNS and a clock under a test's control. A file's text is names of pens, one a line, each a control socket; anything with
 * an exclamation mark is wrong.
 */
final class World implements AutoCloseable {
    static final Duration REFRESH = Duration.ofSeconds(30);

    final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    final Recorded recorded = new Recorded();
    final Map<String, Mono<List<Srv>>> dns = new HashMap<>();
    final List<List<Target>> lists = new ArrayList<>();

    private final Path folder;
    private final Discovery discovery;
    private final Disposable subscription;

    World(Path folder, List<String> files, List<String> srv, Target... fixed) {
        this.folder = folder;
        discovery = new Discovery(
                settings(files, srv),
                List.of(fixed),
                new Discovery.Means(World::read, this::ask, time, Schedulers.immediate(), recorded));
        subscription = Flux.from(discovery.targets()).doOnNext(lists::add).subscribe();
    }

    TargetsSettings settings(List<String> files, List<String> srv) {
        return new TargetsSettings(
                files.stream().map(name -> new FilePattern(name, folder, name)).toList(), srv, REFRESH);
    }

    Discovery discovery() {
        return discovery;
    }

    static FileReading read(Path file, String text) {
        return text.contains("!")
                ? new FileReading.Faulty(List.of(file.getFileName() + ":1: wrong", file.getFileName() + ":2: wrong"))
                : new FileReading.Pens(
                        text.lines().map(name -> pen(name, "/" + name)).toList());
    }

    private Mono<List<Srv>> ask(String name) {
        return dns.getOrDefault(name, Mono.error(new IllegalStateException("the answer was NXDOMAIN")));
    }

    void answer(String name, String... records) {
        dns.put(name, Mono.just(Arrays.stream(records).map(World::srv).toList()));
    }

    static Srv srv(String record) {
        int colon = record.lastIndexOf(':');
        return new Srv(record.substring(0, colon), Integer.parseInt(record.substring(colon + 1)));
    }

    void write(String file, String... lines) {
        try {
            Files.writeString(folder.resolve(file), String.join("\n", lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String file) {
        try {
            Files.delete(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets time pass until every source was looked at once more. */
    void refresh() {
        time.advanceTimeBy(REFRESH);
    }

    /** The names in the latest list. */
    List<String> names() {
        return lists.get(lists.size() - 1).stream().map(Target::name).toList();
    }

    static Target pen(String name, String control) {
        return new Target(name, Endpoint.parse(control), Optional.empty());
    }

    @Override
    public void close() {
        subscription.dispose();
        time.dispose();
    }
}
