package io.github.penagent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.fleet.Past;
import io.github.penagent.remediation.Hold;
import io.github.penagent.remediation.Kept;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandoverTest {
    private static final Handover ALL = new Handover(
            new Past(
                    OptionalInt.of(4711),
                    2,
                    1_234,
                    99,
                    List.of(new Past.Base(3, "[2001:db8::1]:80", -2, Long.MIN_VALUE))),
            List.of(new Kept.Held(
                    "web",
                    "10.0.0.1:80",
                    Hold.Kind.KEEP_IN,
                    "ann \"x\"",
                    "line\nend",
                    Instant.parse("2026-01-31T12:00:00Z"))));

    @Test
    void what_one_agent_writes_another_reads() {
        assertThat(Handover.read("web", ALL.text())).contains(ALL);
    }

    @Test
    void a_pen_that_was_never_read_leaves_nothing_but_that() {
        Handover nothing = new Handover(Past.NONE, List.of());

        assertThat(Handover.read("web", nothing.text())).contains(nothing);
    }

    @Test
    void what_a_later_release_adds_is_not_minded() {
        assertThat(Handover.read("web", ALL.text().replaceFirst("\\{", "{\"new\":[1],")))
                .contains(ALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"restarts\":1}",
                "{\"restarts\":\"x\",\"accepted\":0,\"connects\":0,\"bases\":[],\"holds\":[]}",
                "{\"restarts\":0,\"accepted\":0,\"connects\":0,\"bases\":[[0]],\"holds\":[]}",
                "{\"restarts\":0,\"accepted\":0,\"connects\":0,\"bases\":[],\"holds\":[{\"kind\":\"eject\"}]}"
            })
    void what_no_agent_has_written_is_as_if_nothing_stood_there(String text) {
        assertThat(Handover.read("web", text)).isEmpty();
    }
}
