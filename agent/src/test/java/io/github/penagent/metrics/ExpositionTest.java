package io.github.penagent.metrics;

import static io.github.penagent.fleet.Samples.polled;
import static io.github.penagent.fleet.Samples.slots;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.fleet.FailureReason;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Samples;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionTest {
    private final Page page = new Page();
    private final AgentMeters meters = new AgentMeters("test", "test", Instant.EPOCH);
    private List<String> names = List.of("web", "mail");
    private final Exposition exposition = new Exposition(page, meters, () -> names);

    @AfterEach
    void close() {
        exposition.close();
        meters.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 700, 5_000})
    void what_is_compressed_in_two_parts_is_one_stream_of_the_same_page(int backends) throws IOException {
        page.changed(up("web", 1, backends));
        for (long bytes = 2; bytes < 5; bytes++) {
            String packed = unpacked(exposition.whole(Format.TEXT, true));
            assertThat(ofPens(packed)).isEqualTo(ofPens(read(exposition.whole(Format.TEXT, false))));
            assertThat(packed).contains("\nprocess_cpu_seconds_total ");
            page.changed(up("web", bytes, backends));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void every_change_is_on_the_next_page(boolean gzip) throws IOException {
        page.changed(up("web", 1, 2));
        assertThat(whole(gzip)).contains("server=\"0\"} 1\n", "pen_up{pen=\"web\"} 1\n");

        page.changed(up("web", 7, 2));
        assertThat(whole(gzip)).contains("server=\"0\"} 7\n");

        page.changed(up("web", 7, 2).next(Samples.failed("web", FailureReason.RESET)));
        assertThat(whole(gzip)).contains("pen_up{pen=\"web\"} 0\n").doesNotContain("server=\"0\"");

        page.changed(up("mail", 9, 1));
        assertThat(whole(gzip)).contains("pen_up{pen=\"mail\"} 1\n");

        names = List.of("mail");
        assertThat(whole(gzip)).doesNotContain("pen=\"web\"");

        page.gone("mail");
        assertThat(whole(gzip)).doesNotContain("pen=\"mail\"");
    }

    @Test
    void the_agents_own_numbers_are_those_of_the_scrape_also_where_no_pen_changed() throws IOException {
        assertThat(whole(false)).contains("pen_agent_webhook_requests_total{code=\"200\"} 0\n");

        meters.webhook().answered(200);

        assertThat(whole(false)).contains("pen_agent_webhook_requests_total{code=\"200\"} 1\n");
        assertThat(whole(true)).contains("pen_agent_webhook_requests_total{code=\"200\"} 1\n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_page_that_is_still_being_sent_stays_as_it_was_whatever_changes(boolean gzip) throws IOException {
        page.changed(up("web", 1, 50));
        ByteBuf slow = exposition.whole(Format.TEXT, gzip);

        for (long bytes = 2; bytes < 6; bytes++) {
            page.changed(up("web", bytes, 50));
            exposition.whole(Format.TEXT, gzip).release();
        }

        assertThat(gzip ? unpacked(slow) : read(slow))
                .contains("server=\"0\"} 1\n")
                .doesNotContain("server=\"0\"} 5\n");
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void a_filtered_page_is_a_part_of_the_whole_one(Format format) {
        page.changed(up("web", 1, 2));
        page.changed(up("mail", 1, 2));

        String some = read(exposition.some(format, Set.of("mail"), name -> true));

        assertThat(some).contains("pen_up{pen=\"mail\"} 1\n").doesNotContain("pen=\"web\"", "# HELP process_");
        assertThat(some.endsWith("# EOF\n")).isEqualTo(format == Format.OPEN_METRICS);
        assertThat(read(exposition.some(format, Set.of(), "process_cpu_seconds_total"::equals)))
                .contains("process_cpu_seconds_total ")
                .doesNotContain("pen_");
    }

    @Test
    void a_page_of_openmetrics_ends_with_its_mark() throws IOException {
        assertThat(read(exposition.whole(Format.OPEN_METRICS, false))).endsWith("# EOF\n");
        assertThat(unpacked(exposition.whole(Format.OPEN_METRICS, true))).endsWith("# EOF\n");
    }

    @Test
    void what_a_large_page_took_is_given_back_when_it_is_small_again() {
        FinishedPage finished = new FinishedPage(page, new Rendering(page), Format.TEXT);
        page.changed(up("web", 1, 5_000));
        ByteBuf large = finished.plain(names);
        page.changed(up("web", 1, 1));
        ByteBuf small = finished.plain(names);

        assertThat(small.capacity()).isLessThan(large.capacity() / 10);
        large.release();
        assertThat(large.refCnt()).isZero();
        small.release();
        finished.close();
        assertThat(small.refCnt()).isZero();
    }

    @Test
    void a_page_on_which_nothing_changed_is_not_made_again() {
        FinishedPage finished = new FinishedPage(page, new Rendering(page), Format.TEXT);
        page.changed(up("web", 1, 5));
        ByteBuf first = finished.plain(names);
        ByteBuf second = finished.plain(names);

        // Were it made again while somebody reads it, it would lie somewhere else.
        assertThat(second.memoryAddress()).isEqualTo(first.memoryAddress());
        first.release();
        second.release();
        finished.close();
    }

    private static PenState up(String pen, long bytes, int backends) {
        Object[] parts = new Object[3 * backends];
        for (int i = 0; i < backends; i++) {
            parts[3 * i] = "10.0." + i / 250 + "." + i % 250 + ":80";
            parts[3 * i + 1] = bytes;
            parts[3 * i + 2] = bytes + 1000;
        }
        return PenState.unknown(pen).next(polled(pen, 1, 7, slots(parts)));
    }

    private String whole(boolean gzip) throws IOException {
        ByteBuf whole = exposition.whole(Format.TEXT, gzip);
        return gzip ? unpacked(whole) : read(whole);
    }

    private static String ofPens(String page) {
        return page.substring(0, page.indexOf("# HELP jvm_"));
    }

    private static String read(ByteBuf page) {
        try {
            return page.toString(StandardCharsets.UTF_8);
        } finally {
            page.release();
        }
    }

    private static String unpacked(ByteBuf page) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteBufInputStream(page))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            page.release();
        }
    }
}
