package io.github.penagent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.fleet.Fleet;
import io.github.penagent.health.probe.Prober;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class CheckBoardTest {
    private static final Duration WHILE = Duration.ofSeconds(1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<String> shown = new ArrayList<>();
    private final CheckBoard board = new CheckBoard();
    private String failing = "";

    private final Fleet fleet = new Fleet(List.of("mail", "web"), pen -> {
        if (pen.name().equals(failing)) {
            throw new IllegalStateException("no page");
        }
        shown.add(pen.name());
    });

    @Test
    void a_pen_that_cannot_be_shown_keeps_neither_the_others_nor_itself_from_being_shown_later() {
        Prober prober = new Prober(
                List.of(),
                (check, address) -> Mono.never(),
                time,
                () -> time.now(TimeUnit.NANOSECONDS),
                new Random(1),
                (pen, address, check, result, after) -> {});
        Disposable running = board.run(prober, fleet, time).subscribe();
        failing = "mail";
        shown.clear();
        board.checked("web");
        board.checked("mail");
        time.advanceTimeBy(WHILE);
        assertThat(shown).containsExactly("web");

        failing = "";
        board.checked("mail");
        time.advanceTimeBy(WHILE);
        assertThat(shown).containsExactly("web", "mail");
        assertThat(running.isDisposed()).isFalse();
        running.dispose();
    }
}
