package io.github.penagent.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

class SourceLogTest {
    private static final String ALL = "*.json";
    private static final String SRV = "_penctl._tcp.example.org";

    private final Logger logger = (Logger) LoggerFactory.getLogger(SourceLog.class);
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private final World world;

    SourceLogTest(@TempDir Path folder) {
        world = new World(folder, List.of(), List.of());
    }

    @BeforeEach
    void listen() {
        events.start();
        logger.addAppender(events);
    }

    @AfterEach
    void stop() {
        world.close();
        logger.detachAppender(events);
    }

    @Test
    void a_file_that_stays_wrong_is_said_once_and_its_recovery_once() {
        world.write("a.json", "a");
        watch(ALL);
        assertThat(loud()).containsExactly("INFO pens named");

        world.write("a.json", "!");
        refresh(5);
        assertThat(loud()).containsExactly("WARN source of pens has faults; what was good stays");

        world.write("a.json", "!!");
        refresh(5);
        assertThat(loud())
                .as("somebody has tried to put it right")
                .containsExactly("WARN source of pens has faults; what was good stays");

        world.write("a.json", "a");
        refresh(5);
        assertThat(loud()).containsExactly("INFO source of pens is right again");
    }

    @Test
    void a_name_that_fails_in_changing_ways_is_one_failure() {
        world.answer(SRV, "db.example.org:1");
        watchName();
        assertThat(loud()).containsExactly("INFO pens named");

        for (int i = 0; i < 5; i++) {
            world.dns.put(SRV, Mono.error(new IllegalStateException("odd " + i)));
            refresh(1);
            world.dns.put(SRV, Mono.just(List.of()));
            refresh(1);
        }
        assertThat(loud()).containsExactly("WARN source of pens has faults; what was good stays");

        world.answer(SRV, "db.example.org:1");
        refresh(5);
        assertThat(loud()).containsExactly("INFO source of pens is right again");
    }

    @Test
    void a_pen_that_is_refused_is_said_once_until_others_are() {
        world.write("a.json", "a");
        world.write("b.json", "a", "b");
        watch(ALL);
        refresh(3);
        assertThat(loud()).containsExactly("INFO pens named", "INFO pens named", "WARN pens refused");

        world.write("a.json", "a", "b");
        refresh(3);
        assertThat(loud()).containsExactly("INFO pens named", "WARN pens refused");
    }

    @Test
    void pens_that_leave_with_their_file_are_said_to() {
        world.write("a.json", "a");
        watch(ALL);
        world.delete("a.json");
        refresh(3);

        assertThat(loud()).containsExactly("INFO pens named", "INFO pens are gone with their file");
    }

    private void watch(String files) {
        world.discovery().use(world.settings(List.of(files), List.of()), List.of());
    }

    private void watchName() {
        world.discovery().use(world.settings(List.of(), List.of(SRV)), List.of());
    }

    private void refresh(int times) {
        for (int i = 0; i < times; i++) {
            world.refresh();
        }
    }

    /** What was said since the last call, without what only those hear who look closely. */
    private List<String> loud() {
        List<String> loud = events.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .map(event -> event.getLevel() + " " + event.getMessage())
                .toList();
        events.list.clear();
        return loud;
    }
}
