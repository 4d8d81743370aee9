package io.github.penagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.penagent.cluster.ClusterSettings;
import io.github.penagent.cluster.SharedWork;
import io.github.penagent.config.ConfigLoader;
import io.github.penagent.config.Loaded;
import io.github.penagent.config.Settings;
import io.github.penagent.fleet.Fleet;
import io.github.penagent.metrics.AgentMeters;
import io.github.penagent.poll.Clock;
import io.github.penagent.poll.PollListener;
import io.github.penagent.poll.Poller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealingTest {

    @Test
    void a_start_that_fails_for_a_bad_state_file_leaves_no_thread_behind(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("state.json"), "no state");
        Settings settings = settings(folder);
        Fleet fleet = new Fleet(List.of("web"), pen -> {});
        Poller poller = new Poller(
                List.of(),
                pen -> {
                    throw new IllegalStateException("no pen to ask");
                },
                new Poller.Context(
                        fleet,
                        settings.poll(),
                        settings.recentClients(),
                        Clock.SYSTEM,
                        new Random(1),
                        PollListener.NONE));
        Sharing alone = new Sharing(
                new ClusterSettings.Alone(),
                () -> new SharedWork.Me("", ""),
                pen -> Optional.empty(),
                new AgentMeters("1", "a", Instant.EPOCH),
                Clock.SYSTEM);
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        assertThatThrownBy(() -> new Healing(settings, fleet, poller, pen -> Optional.empty(), alone, Clock.SYSTEM))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("state-file")
                .hasMessageContaining("state.json");
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> !before.contains(thread))
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("vert") || name.startsWith("pen-"));
    }

    private static Settings settings(Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("pen-agent.conf"), """
                pen-agent {
                  pens = [{ name = web, control = "127.0.0.1:8888" }]
                  remediation {
                    mode = enforce, pens { web = enforce }, state-file = state.json, audit.file = audit.jsonl
                  }
                }
                """);
        return ((Loaded.Good) ConfigLoader.load(file)).settings();
    }
}
