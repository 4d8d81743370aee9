package io.github.penagent.discovery;

import static io.github.penagent.discovery.World.pen;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.poll.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class DiscoveryTest {
    private static final String ALL = "*.json";
    private static final String SRV = "_penctl._tcp.example.org";
    private static final Target WEB = pen("web", "10.0.0.5:8888");

    private final Path folder;

    DiscoveryTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void without_sources_the_fixed_list_is_all_there_is_and_at_once() {
        try (World world = new World(folder, List.of(), List.of(), WEB)) {
            assertThat(world.lists).containsExactly(List.of(WEB));
            assertThat(world.recorded.sources).containsExactly("static");
            assertThat(world.recorded.pens).isEqualTo(Map.of("static", 1));
        }
    }

    @Test
    void the_first_list_has_the_fixed_pens_then_files_in_the_order_of_their_names_then_records() {
        try (World world = unstarted()) {
            world.write("b.json", "b2", "b1");
            world.write("a.json", "a");
            world.answer(SRV, "db2.example.org:8888", "db1.example.org:8888");
            start(world);

            assertThat(world.lists).hasSize(1);
            assertThat(world.names())
                    .containsExactly("web", "a", "b2", "b1", "db1-example-org-8888", "db2-example-org-8888");
            assertThat(world.recorded.pens).isEqualTo(Map.of("static", 1, ALL, 3, SRV, 2));
            assertThat(world.recorded.failures).isEmpty();
        }
    }

    @Test
    void the_same_again_is_not_said_again() {
        try (World world = unstarted()) {
            world.write("a.json", "a");
            start(world);
            world.answer(SRV, "db2.:1", "db1.:1");
            world.refresh();
            world.answer(SRV, "DB1:1", "db2:1", "db1:1");
            world.refresh();

            assertThat(world.lists).hasSize(2);
        }
    }

    @Test
    void a_source_that_fails_does_not_hold_the_first_list_up() {
        try (World world = new World(folder, List.of(ALL), List.of(SRV), WEB)) {
            assertThat(world.names()).containsExactly("web");
            assertThat(world.recorded.failures).containsOnlyKeys(SRV);
        }
    }

    @Test
    void a_source_that_is_slow_holds_the_first_list_up_for_a_while_only() {
        try (World world = unstarted()) {
            world.write("a.json", "a");
            world.dns.put(SRV, Mono.never());
            start(world);
            assertThat(world.lists).isEmpty();

            world.time.advanceTimeBy(Discovery.PATIENCE);
            assertThat(world.names()).containsExactly("web", "a");
        }
    }

    @Test
    void a_slow_answer_comes_later() {
        try (World world = unstarted()) {
            world.dns.put(SRV, Mono.delay(Duration.ofSeconds(2), world.time).map(tick -> List.of(World.srv("late:1"))));
            start(world);
            world.time.advanceTimeBy(Duration.ofSeconds(2));

            assertThat(world.lists).hasSize(1);
            assertThat(world.names()).containsExactly("web", "late-1");
        }
    }

    @Test
    void a_file_that_becomes_wrong_keeps_its_last_good_pens_and_hurts_no_other() {
        try (World world = unstarted()) {
            world.write("a.json", "a1", "a2");
            world.write("b.json", "b");
            start(world);
            world.write("a.json", "a1!");
            world.write("b.json", "b", "b2");
            world.refresh();
            assertThat(world.names()).containsExactly("web", "a1", "a2", "b", "b2");
            assertThat(world.recorded.failures).containsEntry(ALL, 1);

            world.write("a.json", "a3");
            world.refresh();
            assertThat(world.names()).containsExactly("web", "a3", "b", "b2");
            assertThat(world.recorded.failures).containsEntry(ALL, 1);
        }
    }

    @Test
    void a_file_that_is_gone_takes_its_pens_along() {
        try (World world = unstarted()) {
            world.write("a.json", "a");
            world.write("b.json", "b");
            start(world);
            world.delete("a.json");
            world.refresh();

            assertThat(world.names()).containsExactly("web", "b");
            assertThat(world.recorded.failures).doesNotContainKey(ALL);
        }
    }

    @Test
    void a_change_is_seen_although_the_time_of_the_file_and_its_length_say_nothing() throws IOException {
        try (World world = unstarted()) {
            world.write("a.json", "a1");
            FileTime then = Files.getLastModifiedTime(folder.resolve("a.json"));
            start(world);
            world.write("a.json", "a2");
            Files.setLastModifiedTime(folder.resolve("a.json"), then);
            world.refresh();

            assertThat(world.names()).containsExactly("web", "a2");
        }
    }

    @Test
    void a_mounted_configmap_changes_by_its_links() throws IOException {
        for (int i = 1; i <= 2; i++) {
            Files.createDirectory(folder.resolve("..rev" + i));
            Files.writeString(folder.resolve("..rev" + i).resolve("a.json"), "a" + i);
        }
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..rev1"));
        Files.createSymbolicLink(folder.resolve("a.json"), Path.of("..data/a.json"));
        try (World world = new World(folder, List.of(ALL), List.of(), WEB)) {
            assertThat(world.names()).containsExactly("web", "a1");
            Files.delete(folder.resolve("..data"));
            world.refresh();
            assertThat(world.names()).containsExactly("web", "a1");
            Files.createSymbolicLink(folder.resolve("..data"), Path.of("..rev2"));
            world.refresh();
            assertThat(world.names()).containsExactly("web", "a2");
        }
    }

    @Test
    void hidden_files_are_not_read_unless_asked_for() {
        try (World world = unstarted()) {
            world.write(".a.json", "a");
            start(world);

            assertThat(world.names()).containsExactly("web");
            world.discovery().use(world.settings(List.of(".*.json"), List.of()), List.of());
            assertThat(world.names()).containsExactly("a");
        }
    }

    @Test
    void a_folder_that_cannot_be_listed_keeps_all_its_pens() throws IOException {
        Path sub = Files.createDirectory(folder.resolve("sub"));
        Files.writeString(sub.resolve("a.json"), "a");
        try (World world = new World(sub, List.of(ALL), List.of(), WEB)) {
            Files.move(sub, folder.resolve("elsewhere"));
            world.refresh();
            assertThat(world.names()).containsExactly("web", "a");
            assertThat(world.recorded.failures).containsEntry(ALL, 1);

            Files.createDirectory(sub);
            world.refresh();
            assertThat(world.names()).containsExactly("web");
            assertThat(world.recorded.failures).containsEntry(ALL, 1);
        }
    }

    @Test
    void what_is_no_file_or_too_long_or_no_text_is_left_out_and_the_others_go_on() throws IOException {
        Files.createDirectory(folder.resolve("a.json"));
        Files.write(folder.resolve("b.json"), new byte[] {(byte) 0xc3, 0x28});
        Files.write(folder.resolve("c.json"), new byte[FileText.MAX_BYTES + 1]);
        Files.createSymbolicLink(folder.resolve("d.json"), Path.of("nowhere"));
        Files.writeString(folder.resolve("e.json"), "\ufeffe");
        try (World world = new World(folder, List.of(ALL), List.of(), WEB)) {
            assertThat(world.names()).containsExactly("web", "e");
        }
        assertThat(TargetFiles.look(
                                new TargetsSettings(
                                        List.of(new FilePattern(ALL, folder, ALL)), List.of(), World.REFRESH),
                                List.of(),
                                World::read)
                        .problems())
                .containsExactly(
                        folder + "/a.json is not a file",
                        folder + "/b.json is not UTF-8",
                        folder + "/c.json is longer than 10 MiB",
                        folder + "/d.json cannot be read: there is no such file");
    }

    @Test
    void too_many_files_are_one_fault() {
        IntStream.rangeClosed(0, FilePattern.MAX_FILES).forEach(i -> unstarted().write("f" + i + ".json", "p" + i));
        try (World world = new World(folder, List.of(ALL), List.of(), WEB)) {
            assertThat(world.names()).containsExactly("web");
            assertThat(world.recorded.failures).containsEntry(ALL, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "empty", "silence"})
    void a_name_that_fails_keeps_its_pens(String outage) {
        try (World world = unstarted()) {
            world.answer(SRV, "db.example.org.:8888");
            start(world);
            world.dns.put(
                    SRV,
                    switch (outage) {
                        case "error" -> Mono.error(new IllegalStateException("the answer was SERVFAIL"));
                        case "empty" -> Mono.just(List.of());
                        default -> Mono.never();
                    });
            world.refresh();
            world.time.advanceTimeBy(SrvSource.PATIENCE);
            assertThat(world.names()).containsExactly("web", "db-example-org-8888");
            assertThat(world.recorded.failures).containsEntry(SRV, 1);

            world.answer(SRV, "other.example.org.:8888");
            world.refresh();
            assertThat(world.names()).containsExactly("web", "other-example-org-8888");
            assertThat(world.recorded.failures).containsEntry(SRV, 1);
        }
    }

    @Test
    void a_record_that_says_there_is_none_is_believed() {
        try (World world = unstarted()) {
            world.answer(SRV, "db.example.org.:8888");
            start(world);
            world.answer(SRV, ".:0");
            world.refresh();

            assertThat(world.names()).containsExactly("web");
            assertThat(world.recorded.failures).doesNotContainKey(SRV);
        }
    }

    @Test
    void a_record_that_gives_no_name_is_refused_and_the_others_count() {
        try (World world = unstarted()) {
            world.answer(
                    SRV,
                    "a-b.example:1",
                    "a.b-example:1",
                    "-x.example:1",
                    "sp ace.example:1",
                    "x".repeat(60) + ".example:1",
                    "ok.example:65535",
                    "port.example:0",
                    "ok.example:1");
            start(world);

            assertThat(world.names()).containsExactly("web", "a-b-example-1", "ok-example-1", "ok-example-65535");
            assertThat(world.recorded.failures).containsEntry(SRV, 1);
        }
    }

    @Test
    void what_comes_first_has_the_name_and_the_address() {
        try (World world = unstarted()) {
            world.write("a.json", "web", "db-example-org-1", "a");
            world.write("b.json", "a", "b");
            world.answer(SRV, "db.example.org:1", "10.0.0.5:8888", "c.example.org:1");
            start(world);

            assertThat(world.names()).containsExactly("web", "db-example-org-1", "a", "b", "c-example-org-1");
            assertThat(world.lists.get(0).get(0)).isEqualTo(WEB);
            assertThat(world.recorded.failures).containsEntry(ALL, 1).containsEntry(SRV, 1);
            assertThat(world.recorded.pens).isEqualTo(Map.of("static", 1, ALL, 3, SRV, 1));
        }
    }

    @Test
    void a_file_that_two_patterns_find_counts_once() {
        try (World world = unstarted()) {
            world.write("a.json", "a");
            start(world);
            world.discovery().use(world.settings(List.of(ALL, "a.json", "b.json"), List.of()), List.of());

            assertThat(world.names()).containsExactly("a");
            assertThat(world.recorded.pens)
                    .containsEntry(ALL, 1)
                    .containsEntry("a.json", 0)
                    .containsEntry("b.json", 0);
            assertThat(world.recorded.failures).doesNotContainKey("a.json");
        }
    }

    @Test
    void another_configuration_keeps_what_stays_in_it_also_while_that_fails() {
        try (World world = unstarted()) {
            world.write("a.json", "a");
            world.answer(SRV, "db.example.org:1");
            world.answer("other.example.org", "o.example.org:1");
            start(world);
            world.dns.remove(SRV);
            world.write("a.json", "!");
            world.discovery()
                    .use(world.settings(List.of(ALL), List.of(SRV, "other.example.org")), List.of(pen("x", "/x")));

            assertThat(world.names()).containsExactly("x", "a", "db-example-org-1", "o-example-org-1");
        }
    }

    @Test
    void a_source_that_is_no_longer_configured_loses_its_pens_at_once() {
        try (World world = unstarted()) {
            world.write("a.json", "a");
            world.answer(SRV, "db.example.org:1");
            start(world);
            world.discovery().use(world.settings(List.of(), List.of(SRV)), List.of(WEB));
            assertThat(world.names()).containsExactly("web", "db-example-org-1");
            assertThat(world.recorded.sources).containsExactly("static", SRV);

            world.discovery().use(TargetsSettings.NONE, List.of(WEB));
            assertThat(world.names()).containsExactly("web");
        }
    }

    @Test
    void one_can_ask_for_a_look_before_it_is_time() {
        try (World world = unstarted()) {
            start(world);
            world.write("a.json", "a");
            world.discovery().refreshNow();

            assertThat(world.names()).containsExactly("web", "a");
        }
    }

    @Test
    void a_source_that_throws_is_a_failure_of_that_source_only() {
        try (World world = unstarted()) {
            world.write("a.json", "a");
            world.dns.put(SRV, Mono.fromRunnable(() -> {
                throw new IllegalArgumentException("odd");
            }));
            start(world);

            assertThat(world.names()).containsExactly("web", "a");
            assertThat(world.recorded.failures).containsOnlyKeys(SRV);
        }
    }

    /** Each file is good, wrong, gone or unreadable in any order; names are drawn from few, so that they collide often. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void no_sequence_of_states_gives_a_name_twice_or_costs_a_good_source_its_pens(long seed) throws IOException {
        Random random = new Random(seed);
        try (World world = unstarted()) {
            start(world);
            Map<String, List<String>> lastGood = new TreeMap<>();
            for (int step = 0; step < 150; step++) {
                change(world, random, lastGood);
                world.refresh();
                assertThat(world.names()).isEqualTo(expected(lastGood));
            }
            assertThat(world.lists).allSatisfy(list -> assertThat(list)
                    .doesNotHaveDuplicates()
                    .extracting(Target::name)
                    .doesNotHaveDuplicates());
        }
    }

    private void change(World world, Random random, Map<String, List<String>> lastGood) throws IOException {
        String file = "f" + random.nextInt(4) + ".json";
        Path path = folder.resolve(file);
        boolean isFolder = Files.isDirectory(path);
        switch (random.nextInt(isFolder ? 1 : 5)) {
            case 0 -> {
                Files.deleteIfExists(path);
                lastGood.remove(file);
            }
            case 1 -> world.write(file, "half!");
            case 2 -> {
                Files.deleteIfExists(path);
                Files.createDirectory(path);
            }
            default -> {
                List<String> names = random.ints(random.nextInt(4), 0, 12)
                        .distinct()
                        .mapToObj(i -> "p" + i)
                        .toList();
                world.write(file, names.toArray(String[]::new));
                lastGood.put(file, names);
            }
        }
    }

    private static List<String> expected(Map<String, List<String>> lastGood) {
        Set<String> taken = new HashSet<>();
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("web"),
                        lastGood.values().stream().flatMap(List::stream))
                .filter(taken::add)
                .toList();
    }

    /** Nothing is watched until {@link #start}. */
    private World unstarted() {
        return new World(folder, List.of(), List.of());
    }

    private static void start(World world) {
        world.lists.clear();
        world.recorded.pens.clear();
        world.discovery().use(world.settings(List.of(ALL), List.of(SRV)), List.of(WEB));
    }
}
