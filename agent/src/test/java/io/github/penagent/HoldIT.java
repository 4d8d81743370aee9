package io.github.penagent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.peers.FakePen;
import io.github.penagent.peers.PenScript;
import io.github.penagent.peers.RunningAgent;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person's word from the command line to an agent that runs. */
class HoldIT {
    private static final String BACKEND = "127.0.0.1:80";
    private static final String SERVERS = "0 addr 127.0.0.1 port 80 conn 0 max 0 hard 0 weight 0 prio 0 sx 0 rx 0\n";

    @Test
    void a_backend_is_held_and_let_go_and_what_is_wrong_is_said(@TempDir Path folder) throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "a-token-of-some-length");
        try (FakePen pen = FakePen.that(PenScript.replies(SERVERS));
                RunningAgent agent = RunningAgent.with()
                        .pen("web", pen.endpoint())
                        .set("poll.interval = 500ms")
                        .admin(token)
                        .start()) {
            agent.afterPolls(1, "web");
            String config = agent.configurationFile().toString();
            String target = pen.endpoint().toString();

            CommandRun held = run(
                    "ctl",
                    target,
                    "hold",
                    BACKEND,
                    "--kind",
                    "keep-in",
                    "--reason",
                    "new disk",
                    "--owner",
                    "ann",
                    "--config",
                    config);
            assertThat(held.err()).isEmpty();
            assertThat(held.out()).startsWith(BACKEND + ": keep-in until 20");
            assertThat(held.code()).isZero();
            assertThat(agent.get("/api/v1/pens/web").body()).contains("keep-in", "ann (token)", "new disk");

            CommandRun stranger = run(
                    "ctl", target, "hold", "127.0.0.1:81", "--kind", "ignore", "--reason", "why", "--config", config);
            assertThat(stranger.code()).isOne();
            assertThat(stranger.err())
                    .isEqualTo("pen-agent: the agent answered 404: this pen has no backend of this address\n");

            CommandRun noPen = run("ctl", "127.0.0.1:1", "unhold", BACKEND, "--config", config);
            assertThat(noPen.code()).isOne();
            assertThat(noPen.err()).contains("no pen has the control port 127.0.0.1:1; --pen names one");

            CommandRun kind =
                    run("ctl", target, "hold", BACKEND, "--kind", "keep", "--reason", "why", "--config", config);
            assertThat(kind.code()).isEqualTo(2);
            assertThat(kind.err()).contains("must be keep-in, keep-out or ignore");

            CommandRun lifted = run("ctl", target, "unhold", BACKEND, "--config", config);
            assertThat(lifted.code()).isZero();
            assertThat(agent.get("/api/v1/pens/web").body()).doesNotContain("new disk");
        }
    }

    private static CommandRun run(String... words) {
        return CommandRun.of(new FakeLauncher(() -> Closes.AT_ONCE), words);
    }
}
