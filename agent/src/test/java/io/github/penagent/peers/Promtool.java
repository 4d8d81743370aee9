package io.github.penagent.peers;

import java.nio.file.Path;
import java.time.Duration;

/** Prometheus's own opinion of what we write. */
public final class Promtool {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Promtool() {}

    /** Lints a page of metrics; exit code 0 and no output if there is nothing to say against it. */
    public static Run checkMetrics(String page) {
        return Run.of(Program.PROMTOOL.command("check", "metrics"), page, PATIENCE);
    }

    /** Checks a file of alerting or recording rules, with every lint that there is. */
    public static Run checkRules(Path rules) {
        return Run.of(
                Program.PROMTOOL.command("check", "rules", "--lint=all", "--lint-fatal", rules.toString()), PATIENCE);
    }

    /** Checks Prometheus' own configuration file, with the files of rules that it names. */
    public static Run checkConfig(Path configuration) {
        return Run.of(
                Program.PROMTOOL.command("check", "config", "--lint=all", "--lint-fatal", configuration.toString()),
                PATIENCE);
    }

    /** Runs unit tests of rules. */
    public static Run testRules(Path tests) {
        return Run.of(Program.PROMTOOL.command("test", "rules", tests.toString()), PATIENCE);
    }
}
