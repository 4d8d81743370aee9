package io.github.penagent;

import io.github.penagent.config.Loaded;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The agent's run, and the words by which services ask for it: {@code run --config FILE}. These are understood without picocli, which
 * takes longer to get ready for them than the agent takes for everything else (agent/RATIONALE.md). All other words are picocli's.
 */
final class PlainRun {
    private PlainRun() {}

    /** The file that is named, if these are just those words. */
    static Optional<Path> file(String... words) {
        return words.length == 3 && words[0].equals("run") && words[1].equals("--config") && isPlain(words[2])
                ? Optional.of(Path.of(words[2]))
                : Optional.empty();
    }

    /** Neither an option nor a file with more words, both of which picocli knows. */
    private static boolean isPlain(String word) {
        return !word.isEmpty() && !word.startsWith("-") && !word.startsWith("@");
    }

    /** Runs until its lifetime ends, if the file has no problems. */
    static int run(Path file, Launcher launcher, Lifetime lifetime, PrintWriter err) throws StartFailure {
        Optional<Loaded.Good> good = ConfigFile.load(file, err);
        if (good.isEmpty()) {
            return Main.FAILED;
        }
        Loaded.Good loaded = good.get();
        return lifetime.run(() -> launcher.agent(file, loaded));
    }
}
