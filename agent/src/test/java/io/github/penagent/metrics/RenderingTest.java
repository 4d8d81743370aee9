package io.github.penagent.metrics;

import static io.github.penagent.fleet.Samples.polled;
import static io.github.penagent.fleet.Samples.slots;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.penagent.fleet.Checks;
import io.github.penagent.fleet.Clients;
import io.github.penagent.fleet.FailureReason;
import io.github.penagent.fleet.Observation;
import io.github.penagent.fleet.PenSettings;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Remedy;
import io.github.penagent.fleet.Samples;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RenderingTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final List<String> NAMES =
            IntStream.range(0, 1_000).mapToObj(i -> "pen-" + i).toList();

    private final Page page = new Page();
    private final Rendering rendering = new Rendering(page);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_rendering_leaves_to_the_collector_does_not_grow_with_the_pens_that_changed(boolean answering) {
        List<PenState> even = fleet(1, answering);
        List<PenState> odd = fleet(2, answering);
        ByteBuf out = Unpooled.directBuffer(1 << 20);
        try {
            // The least of several: something else may be made the first time, and that is all that is left to chance.
            long least = IntStream.range(0, 6)
                    .mapToLong(turn -> allocated(turn % 2 == 0 ? even : odd, out.clear()))
                    .min()
                    .orElseThrow();

            // Less than one smallest object for every third pen.
            assertThat(least).isLessThan(NAMES.size() * 16L / 3);
        } finally {
            out.release();
        }
    }

    @Test
    void a_family_longer_than_what_is_gathered_keeps_all_its_rows_and_one_header() {
        fleet(1, true).forEach(page::changed);
        ByteBuf out = Unpooled.buffer();
        rendering.write(NAMES, Format.TEXT, name -> true, out);
        String text = out.toString(StandardCharsets.UTF_8);

        assertThat(text.lines().filter(line -> line.startsWith("pen_server_sent_bytes_total{")))
                .hasSize(2 * NAMES.size());
        assertThat(text.lines().filter(line -> line.startsWith("# "))).doesNotHaveDuplicates();
        assertThat(text).doesNotContain("# HELP pen_client_sent_bytes");
    }

    private long allocated(List<PenState> states, ByteBuf out) {
        states.forEach(page::changed);
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        rendering.write(NAMES, Format.TEXT, name -> true, out);
        return THREADS.getThreadAllocatedBytes(thread) - before;
    }

    /** Pens that have everything but rows of clients, whose labels are new each time. */
    private static List<PenState> fleet(long bytes, boolean answering) {
        return NAMES.stream()
                .map(name -> {
                    PenState up = PenState.unknown(name)
                            .next(polled(name, 1, 7, slots("a:1", 0, 0, "b:1", 0, 0)))
                            .next(new Observation.SettingsRead(name, SETTINGS))
                            .next(new Observation.ClientsRead(name, Optional.of(new Clients(1234, 3, List.of(), 2))))
                            .next(new Observation.Checked(name, CHECKS))
                            .next(new Observation.Forwards(name, Optional.of(true)))
                            .next(new Observation.Remedied(name, remedy()))
                            .next(polled(name, 2, 7, slots("a:1", 999 * bytes, 5, "b:1", 7 * bytes, 1 << 30)));
                    return answering ? up : up.next(Samples.failed(name, FailureReason.RESET));
                })
                .toList();
    }

    private static final Checks CHECKS = new Checks(List.of(
            new Checks.Row("a:1", "home", Checks.Standing.UP, OptionalDouble.of(0.25), 9, 3, "seen"),
            new Checks.Row("b:1", "home", Checks.Standing.UNKNOWN, OptionalDouble.empty(), 0, 0, "")));

    private static final PenSettings SETTINGS = new PenSettings(
            "0.0.0.0:80", "10.0.0.5:8888", "no hash", OptionalInt.of(500), OptionalInt.of(2048), OptionalInt.of(9));

    private static Remedy remedy() {
        return new Remedy(
                3,
                "enforce",
                false,
                1,
                List.of(),
                new Remedy.Tally(
                        Map.of("check", 400L), Map.of("check", 8L), Map.of(), Map.of("cap", 500L, "rate", 1L), 6),
                OptionalInt.of(2),
                OptionalDouble.of(0.5));
    }
}
