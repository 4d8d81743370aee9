package io.github.penagent.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.peers.Run;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/** A program of Debian's that packs, unpacks or installs. */
record Tool(String aptPackage, Duration limit) {
    static final Tool DEBIAN = new Tool("dpkg util-linux tar", Duration.ofMinutes(2));
    static final Tool MMDEBSTRAP = new Tool("mmdebstrap", Duration.ofMinutes(12));
    static final Tool BUILDAH = new Tool("buildah", Duration.ofMinutes(12));
    static final Tool SYSTEMD = new Tool("systemd", Duration.ofMinutes(1));

    /** What it said; fails the test if it did not end well, or is not there. */
    String run(List<String> words) {
        Run run = attempt(words);
        assertThat(run.exit()).as("%s: %s", words, run.output()).isZero();
        return run.output().strip();
    }

    String run(String... words) {
        return run(List.of(words));
    }

    /** However it ends. */
    Run attempt(List<String> words) {
        ProcessBuilder command = new ProcessBuilder(words);
        command.environment().put("LC_ALL", "C.UTF-8");
        command.environment().put("DEBIAN_FRONTEND", "noninteractive");
        try {
            return Run.of(command, limit);
        } catch (UncheckedIOException e) {
            throw new AssertionError("'apt-get install -y " + aptPackage + "': " + e.getMessage(), e);
        }
    }
}
