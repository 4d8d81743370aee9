package io.github.penagent.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.peers.Spin;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every run of agents that claim a pen in etcd, by spin and only with {@code -Pfull}. The times that hold leave nothing to spare: each
 * of those that fail is a unit away from them, or leaves out one thing that the protocol asks for.
 */
@EnabledIfSystemProperty(named = "full", matches = "true")
class OwnershipIT {
    private static final Path MODEL = Path.of("src/test/spin/ownership.pml");

    /** The shortest times that there are, with clocks that agree: for three agents. */
    private static final String SHORT = "-DDRIFT=0 -DTTL=2 -DMARGIN=1 -DT=1 -DBEFORE_POLL=1 -DAFTER_POLL=1";

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-DN=2",
                "-DN=3 -DCAP=2",
                "-DN=2 -DTTL=6 -DMARGIN=4 -DT=3 -DAFTER_POLL=5",
                SHORT + " -DN=2 -DAGENTS=3"
            })
    void together_they_never_exceed_the_cap_nor_have_commands_under_way_at_once(String times) {
        holds(times + " -DALONE");
    }

    @ParameterizedTest
    @CsvSource({
        "its deadline is a unit too late, -DMARGIN=2",
        "its poll is a unit too soon, -DBEFORE_POLL=1",
        "it writes a unit too soon after its poll, -DAFTER_POLL=3",
        "it does not warm up, -DBEFORE_POLL=0 -DAFTER_POLL=0",
        "it warms up from its claim while pen stands still, -DWARM_FROM_CLAIM",
        "a command stays in its process for longer than thought, -DSTOP=2",
        "a command is on its way for longer than thought, -DFLIGHT=2",
        "clocks differ by more than thought, -DDRIFT=25",
        "nobody looks at the deadline before a command, -DNO_DEADLINE",
        "the deadline counts from the answer of etcd, -DPROOF_FROM_ANSWER",
        "it hands over with a command in hand, -DHASTY_RELEASE",
        "it is stopped after it has looked, -DSTOPPED"
    })
    void the_cap_is_exceeded_if(String what, String how) {
        assertThat(explored(how)).as(what).contains("assertion violated (n<=1)");
    }

    /** One late command of each that is stopped at the worst moment: what nobody can prevent, as pen obeys whoever comes. */
    @ParameterizedTest
    @CsvSource({"2, '', ''", "3, " + SHORT + ", -DAT_ONCE"})
    void stopped_for_as_long_as_it_likes_each_agent_but_one_adds_one(int agents, String times, String pen) {
        String run =
                times + " " + pen + " -DSTOPPED -DSTOP=0 -DAGENTS=" + agents + " -DN=" + (agents + 1) + " -DALLOWED=";
        holds(run + agents);
        assertThat(explored(run + (agents - 1))).contains("assertion violated (n<=" + (agents - 1) + ")");
    }

    @Test
    void of_two_backends_both_are_out_if_an_agent_is_stopped_at_the_worst_moment() {
        assertThat(explored("-DSTOPPED -DSTOP=0 -DN=2 -DALLOWED=2")).contains("assertion violated (n<2)");
    }

    /** A lease of five that by a slow clock lasts six, and one to claim. */
    @Test
    void a_pen_is_owned_again_once_its_owner_was_killed() {
        String run = "-DLIVENESS -DCAP=0 -DN=1 -DOWNED_WITHIN=";
        holds(run + 7);
        assertThat(explored(run + 6)).contains("assertion violated (vacant<=6)");
    }

    private void holds(String defines) {
        spin().holds(defines);
    }

    private String explored(String defines) {
        return spin().explored(defines);
    }

    /** All steps touch the same few variables: there is nothing to reduce. */
    private Spin spin() {
        return new Spin(MODEL, folder, List.of("-O1", "-DSAFETY", "-DNOREDUCE", "-DMEMLIM=2000"));
    }
}
