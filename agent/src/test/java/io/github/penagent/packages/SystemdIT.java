package io.github.penagent.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.peers.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The unit as systemd understands it; nothing is started. */
@EnabledIfSystemProperty(named = "full", matches = "true", disabledReason = "needs systemd: mvn verify -Pfull")
class SystemdIT {
    private static final Path UNIT = Path.of("src/deb/pen-agent.service");

    /** systemd's own scale ends at 10, for what is not confined at all; what it calls OK begins below 5. */
    private static final double MOST_EXPOSED = 2.5;

    @Test
    void systemd_has_nothing_against_it(@TempDir Path folder) throws Exception {
        // Programs and page are not installed here; what can be missing otherwise is not our matter.
        String here = Files.readString(UNIT)
                .replace("/usr/bin/pen-agent", "/bin/true")
                .replace("man:pen-agent(1) ", "");
        Path unit = Files.writeString(folder.resolve("pen-agent.service"), here);
        Run run = Tool.SYSTEMD.attempt(List.of("systemd-analyze", "verify", "--recursive-errors=no", unit.toString()));
        assertThat(run).isEqualTo(new Run(0, ""));
    }

    @Test
    void little_is_exposed() {
        String report = Tool.SYSTEMD.run(
                "systemd-analyze",
                "security",
                "--offline=true",
                "--no-pager",
                UNIT.toAbsolutePath().toString());
        List<String> levels = Pattern.compile("Overall exposure level for pen-agent.service: ([0-9.]+)")
                .matcher(report)
                .results()
                .map(MatchResult::group)
                .map(line -> line.replaceFirst(".*: ", ""))
                .toList();
        assertThat(levels)
                .as(report)
                .singleElement()
                .extracting(Double::valueOf)
                .satisfies(level -> assertThat(level).isLessThan(MOST_EXPOSED));
    }
}
