package io.github.penagent.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Whatever pen replies, the hand sends nothing but what it may, at most once per permit, and always comes to an end. */
class HandRandomTest {
    private static final String MAY_BE_SENT =
            "servers|pid|blacklist|status|server \\d{1,5} blacklist (-1000000|[2-9]|\\d\\d|[12]\\d\\d|300)|pending_max \\d+";
    private static final List<String> NOISE = List.of(
            "",
            "!",
            "\n",
            "100\n",
            "-1\n",
            "0 addr 10.0.0.1 port 80",
            "0 addr 6.6.6.6 port 1 conn 0 max 0 hard 0 weight 0 prio 0 sx 1 rx 2\n",
            "server 0 address 6.6.6.6\n",
            "do_cmd: ignoring\n",
            "\0\u0085\u00ff\n",
            "99999999999999999999\n",
            "<html>\n<head>\n");
    private static final int ACTIONS = 400;

    private final TestPen pen;

    HandRandomTest(@TempDir Path folder) {
        pen = new TestPen(folder.resolve("audit.jsonl"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void only_commands_of_the_closed_list_leave(long seed) {
        Random random = new Random(seed);
        pen.page = random.nextBoolean();
        pen.control.replies(command -> random.nextInt(6) > 0 ? mostlyHonest(random, command) : pick(random));
        for (int i = 0; i < ACTIONS; i++) {
            int before = pen.written().size();
            Event.Done done = pen.done(action(random));
            int sent = pen.written().size() - before;
            boolean nothing = done.outcome() == WriteOutcome.NOT_WRITTEN || done.outcome() == WriteOutcome.NOT_AUDITED;
            assertThat(sent).as("%s", done).isEqualTo(nothing ? 0 : 1);
            assertThat(done.seen()).matches("[ -~]{1,203}");
            pen.time.advanceTimeBy(Duration.ofSeconds(random.nextInt(120)));
        }
        assertThat(pen.control.asked()).allMatch(line -> line.matches(MAY_BE_SENT));
        assertThat(pen.control.mostOpen()).isOne();
    }

    private String mostlyHonest(Random random, String command) {
        switch (random.nextInt(40)) {
            case 0 -> pen.restart(100 + random.nextInt(3));
            case 1 -> pen.incarnation++;
            case 2 -> pen.addresses.set(random.nextInt(3), "10.0.0." + (1 + random.nextInt(4)) + ":80");
            case 3 -> pen.blacklist = random.nextInt(600);
            case 4 -> pen.clockAhead = random.nextLong(-1_000, 1_000);
            default -> {}
        }
        return pen.obey(command);
    }

    private static String pick(Random random) {
        return NOISE.get(random.nextInt(NOISE.size()));
    }

    private Mono<Event.Done> action(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> pen.hand.carryOut(pen.release(random.nextInt(3)));
            case 1 -> pen.hand.carryOut(pen.raise());
            default -> pen.hand.carryOut(pen.eject(random.nextInt(3)));
        };
    }
}
