package io.github.penagent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TargetMetersTest {
    private static final String PENS = "pen_agent_targets";
    private static final String FAILURES = "pen_agent_target_refresh_failures_total";

    private final AgentMeters meters = new AgentMeters("test", "test", Instant.EPOCH);

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void every_source_begins_at_nothing() {
        meters.targets().watching(List.of("static", "/etc/*.json"));

        assertThat(lines())
                .containsExactlyInAnyOrder(
                        PENS + "{source=\"static\"} 0",
                        PENS + "{source=\"/etc/*.json\"} 0",
                        FAILURES + "{source=\"static\"} 0",
                        FAILURES + "{source=\"/etc/*.json\"} 0");
    }

    @Test
    void pens_and_failures_are_those_of_their_source() {
        meters.targets().watching(List.of("static", "a\"\\\n.json"));
        meters.targets().named("static", 2);
        meters.targets().named("static", 1);
        meters.targets().failed("a\"\\\n.json");

        assertThat(lines()).contains(PENS + "{source=\"static\"} 1", FAILURES + "{source=\"a\\\"\\\\\\n.json\"} 1");
    }

    @Test
    void a_source_that_is_gone_leaves_the_page_and_the_others_go_on() {
        meters.targets().watching(List.of("static", "a.json"));
        meters.targets().failed("static");
        meters.targets().watching(List.of("static", "b.json"));

        assertThat(lines())
                .contains(FAILURES + "{source=\"static\"} 1", PENS + "{source=\"b.json\"} 0")
                .noneMatch(line -> line.contains("a.json"));
    }

    private List<String> lines() {
        LineWriter page = new LineWriter(64);
        meters.write(Format.TEXT, name -> name.startsWith("pen_agent_target"), page);
        return page.toText().lines().filter(line -> !line.startsWith("#")).toList();
    }
}
