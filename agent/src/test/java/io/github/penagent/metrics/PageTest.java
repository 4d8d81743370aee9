package io.github.penagent.metrics;

import static io.github.penagent.fleet.Samples.polled;
import static io.github.penagent.fleet.Samples.slots;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.fleet.Checks;
import io.github.penagent.fleet.Clients;
import io.github.penagent.fleet.FailureReason;
import io.github.penagent.fleet.Observation;
import io.github.penagent.fleet.PenSettings;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Remedy;
import io.github.penagent.fleet.Samples;
import io.github.penagent.fleet.Slots;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PageTest {
    private static final String A = "10.0.0.1:80";
    private static final String B = "[2001:db8::1]:80";
    private static final String ODD = "/run/a \"quoted\\\" path.sock";
    private static final List<String> ALL = List.of("web", "mail", "dns", "new");

    private final Page page = new Page();

    @ParameterizedTest
    @EnumSource(Format.class)
    void the_page_is_what_the_reference_writer_makes_of_the_same_states(Format format) throws IOException {
        List<PenState> states = fleet();
        states.forEach(page::changed);

        String ours = text(ALL, format, name -> true);

        assertThat(rowsSorted(ours)).isEqualTo(rowsSorted(reference(states, format)));
    }

    @Test
    void rows_of_a_pen_that_stopped_answering_leave_and_its_polls_stay() {
        PenState up = PenState.unknown("web").next(polled("web", 1, 7, slots(A, 1, 2)));
        page.changed(up);
        assertThat(rendered())
                .contains("pen_server_sent_bytes_total{address=\"10.0.0.1:80\",pen=\"web\",server=\"0\"} 1\n");

        page.changed(up.next(Samples.failed("web", FailureReason.TIMEOUT)));

        assertThat(rendered())
                .doesNotContain("pen_server", "pen_info", "pen_recent")
                .contains("pen_up{pen=\"web\"} 0\n")
                .contains("pen_poll_failures_total{pen=\"web\",reason=\"timeout\"} 1\n")
                .contains("pen_poll_last_success_timestamp_seconds{pen=\"web\"} 1700000001\n")
                .contains("pen_poll_duration_seconds{pen=\"web\"} 2\n");
    }

    @Test
    void labels_follow_a_slot_to_its_new_address() {
        PenState first = PenState.unknown("web").next(polled("web", 1, 7, slots(A, 1, 2)));
        page.changed(first);
        page.changed(first.next(polled("web", 2, 7, slots(B, 1, 2))));

        assertThat(rendered()).contains("address=\"[2001:db8::1]:80\"").doesNotContain(A);
    }

    @Test
    void only_wanted_families_and_pens_are_shown_each_with_its_header() {
        fleet().forEach(page::changed);

        String some = text(List.of("mail", "nobody"), Format.TEXT, "pen_up"::equals);

        assertThat(some)
                .isEqualTo(
                        "# HELP pen_up Whether the last poll succeeded.\n# TYPE pen_up gauge\npen_up{pen=\"mail\"} 0\n");
    }

    @Test
    void unused_slots_have_no_rows() {
        page.changed(PenState.unknown("web").next(polled("web", 1, 7, slots(A, 1, 2, Slots.UNUSED, 0, 0, A, 1, 2))));

        assertThat(rendered())
                .contains("pen_servers{pen=\"web\"} 2\n")
                .contains("server=\"0\"")
                .contains("server=\"2\"")
                .doesNotContain("server=\"1\"");
    }

    @Test
    void what_the_agent_does_stays_when_a_pen_stops_answering_and_what_it_saw_leaves() {
        fleet().forEach(page::changed);

        assertThat(text(List.of("mail"), Format.TEXT, name -> true))
                .contains("pen_remediation_mode{pen=\"mail\"} 3\n")
                .contains("pen_ejection_budget_servers{pen=\"mail\"} 1\n")
                .contains("pen_ejections_total{pen=\"mail\",source=\"check\"} 4\n")
                .doesNotContain("pen_server", "pen_data_plane", "pen_foreign", "pen_clock");
    }

    @Test
    void a_check_has_a_row_for_each_slot_of_its_backend_and_none_while_nothing_is_known() {
        fleet().forEach(page::changed);

        assertThat(rendered())
                .contains("pen_server_check_up{address=\"" + A + "\",check=\"home\",pen=\"web\",server=\"0\"} 0\n")
                .contains("pen_server_check_up{address=\"" + A + "\",check=\"home\",pen=\"web\",server=\"2\"} 0\n")
                .contains("pen_server_checks_total{address=\"" + A + "\",check=\"tls\",pen=\"web\",server=\"0\"} 0\n")
                .doesNotContain("check_up{address=\"" + A + "\",check=\"tls\"")
                .doesNotContain("check_duration_seconds{address=\"" + A + "\",check=\"tls\"")
                .doesNotContain("gone:80");
    }

    @Test
    void a_lease_belongs_to_the_backend_that_it_was_taken_on_and_not_to_its_slot() {
        fleet().forEach(page::changed);

        assertThat(rendered())
                .contains("pen_server_ejected{address=\"" + A + "\",pen=\"web\",server=\"0\"} 1\n")
                .contains("pen_server_ejected{address=\"" + A + "\",pen=\"web\",server=\"2\"} 0\n")
                .contains("pen_server_ejection_expiry_timestamp_seconds{address=\"" + A
                        + "\",pen=\"web\",server=\"0\"} 1700000019.5\n")
                .doesNotContain("expiry_timestamp_seconds{address=\"" + A + "\",pen=\"web\",server=\"2\"");
    }

    @Test
    void every_source_and_guard_is_counted_from_the_start_in_the_order_of_their_names() {
        page.changed(PenState.unknown("web").next(new Observation.Remedied("web", nothingDone())));

        assertThat(rendered().lines().filter(line -> line.startsWith("pen_ejection")))
                .containsSubsequence(
                        "pen_ejections_total{pen=\"web\",source=\"alert\"} 0",
                        "pen_ejections_total{pen=\"web\",source=\"check\"} 0",
                        "pen_ejections_total{pen=\"web\",source=\"passive\"} 0",
                        "pen_ejections_total{pen=\"web\",source=\"person\"} 0",
                        "pen_ejections_suppressed_total{guard=\"cap\",pen=\"web\"} 0",
                        "pen_ejections_suppressed_total{guard=\"rate\",pen=\"web\"} 0");
    }

    @Test
    void families_stand_in_the_order_of_their_names() {
        assertThat(Family.values()).extracting(Family::base).isSorted();
    }

    private static Checks checks() {
        return new Checks(List.of(
                check(A, "home", Checks.Standing.DOWN, OptionalDouble.of(0.000_25), 9, 3),
                check(ODD, "say \"hi\"\\", Checks.Standing.UP, OptionalDouble.of(2), 12, 0),
                check(A, "tls", Checks.Standing.UNKNOWN, OptionalDouble.empty(), 0, 0),
                check("gone:80", "home", Checks.Standing.UP, OptionalDouble.of(1), 1, 0)));
    }

    private static Checks.Row check(
            String address, String check, Checks.Standing standing, OptionalDouble last, long checks, long failures) {
        return new Checks.Row(address, check, standing, last, checks, failures, "seen");
    }

    /** Slot 0 is out, and slot 2 was, under another address. */
    private static Remedy remedy(OptionalInt foreign, OptionalDouble offset) {
        return new Remedy(
                3,
                "enforce",
                true,
                1,
                List.of(
                        new Remedy.Ejected(0, A, 19 * Samples.SECOND + Samples.SECOND / 2),
                        new Remedy.Ejected(2, B, 19 * Samples.SECOND)),
                new Remedy.Tally(
                        Map.of("check", 4L, "person", 1L),
                        Map.of("check", 8L),
                        Map.of("passive", 2L),
                        Map.of("cap", 5L, "mode", 0L, "rate", 1L),
                        6),
                foreign,
                offset);
    }

    private static Remedy nothingDone() {
        return new Remedy(
                1,
                "observe",
                false,
                0,
                List.of(),
                new Remedy.Tally(Map.of(), Map.of(), Map.of(), Map.of("rate", 0L, "cap", 0L), 0),
                OptionalInt.empty(),
                OptionalDouble.empty());
    }

    private static List<PenState> fleet() {
        PenSettings settings = new PenSettings(
                "0.0.0.0:80",
                "10.0.0.5:8888",
                "no hash roundrobin no stubborn no weight no prio",
                OptionalInt.of(500),
                OptionalInt.of(2048),
                OptionalInt.empty());
        Clients clients = new Clients(12, 3, List.of(new Clients.Row("192.0.2.7", 9, 1234, 99)), 2);
        return List.of(
                PenState.unknown("web")
                        .next(polled("web", 1, 7, slots(A, 10, 20, ODD, 0, 0, A, 1, 1)))
                        .next(new Observation.SettingsRead("web", settings))
                        .next(new Observation.ClientsRead("web", clients))
                        .next(polled("web", 4, 7, slots(A, 1000, 9_007_199_254L, ODD, 7, 1, A, 1, 1)))
                        .next(new Observation.Checked("web", checks()))
                        .next(new Observation.Forwards("web", Optional.of(true)))
                        .next(new Observation.Remedied("web", remedy(OptionalInt.of(2), OptionalDouble.of(-0.25)))),
                PenState.unknown("mail")
                        .next(polled("mail", 1, 7, slots(A, 1, 2)))
                        .next(new Observation.Checked("mail", checks()))
                        .next(new Observation.Forwards("mail", Optional.of(true)))
                        .next(new Observation.Remedied("mail", remedy(OptionalInt.of(2), OptionalDouble.of(3))))
                        .next(Samples.failed("mail", FailureReason.DENIED)),
                PenState.unknown("dns")
                        .next(polled("dns", 3, 9, slots(B, 1, 2, Slots.UNUSED, 0, 0)))
                        .next(new Observation.Forwards("dns", Optional.of(false)))
                        .next(new Observation.Remedied("dns", remedy(OptionalInt.empty(), OptionalDouble.empty()))),
                PenState.unknown("new"));
    }

    private String rendered() {
        return text(ALL, Format.TEXT, name -> true);
    }

    private static String reference(List<PenState> states, Format format) throws IOException {
        ExpositionFormatWriter writer =
                format == Format.TEXT ? PrometheusTextFormatWriter.create() : OpenMetricsTextFormatWriter.create();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(out, ReferenceSnapshots.of(states), EscapingScheme.ALLOW_UTF8);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The lines with those of one family in order: the reference sorts them, we keep that of the configuration. */
    private static List<String> rowsSorted(String page) {
        List<String> lines = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        for (String line : page.lines().toList()) {
            if (line.startsWith("#")) {
                rows.stream().sorted().forEach(lines::add);
                rows.clear();
                lines.add(line);
            } else {
                rows.add(withPlainNumber(line));
            }
        }
        rows.stream().sorted().forEach(lines::add);
        lines.remove("# EOF");
        return lines;
    }

    /** Both write the same number, the reference always as a double. */
    private static String withPlainNumber(String line) {
        Matcher sample = Pattern.compile("([^#].*} )(\\S+)").matcher(line);
        return sample.matches() ? sample.group(1) + Double.parseDouble(sample.group(2)) : line;
    }

    private String text(List<String> pens, Format format, Predicate<String> wanted) {
        ByteBuf out = Unpooled.buffer();
        new Rendering(page).write(pens, format, wanted, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
