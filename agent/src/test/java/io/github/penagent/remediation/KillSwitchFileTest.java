package io.github.penagent.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

class KillSwitchFileTest {

    @Test
    void changes_are_told_within_a_second_and_only_changes(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("stop");
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        List<Boolean> told = new ArrayList<>();
        Disposable watch = new KillSwitchFile(file, time, told::add).run().subscribe();
        time.advanceTimeBy(Duration.ofSeconds(3));
        assertThat(told).containsExactly(false);
        Files.createFile(file);
        time.advanceTimeBy(Duration.ofSeconds(3));
        assertThat(told).containsExactly(false, true);
        Files.delete(file);
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(told).containsExactly(false, true, false);
        watch.dispose();
    }
}
