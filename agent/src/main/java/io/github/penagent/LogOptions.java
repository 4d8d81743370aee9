package io.github.penagent;

import io.github.penagent.logging.LogFormat;
import io.github.penagent.logging.LogLevel;
import io.github.penagent.logging.Logging;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** How to log: for every command, before or after its name. */
final class LogOptions {
    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            description = "How log lines on stderr look: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default.")
    private LogFormat format = LogFormat.LOGFMT;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            scope = ScopeType.INHERIT,
            description =
                    "How much is logged: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default. debug adds stack traces, "
                            + "trace the libraries' own lines.")
    private LogLevel level = LogLevel.INFO;

    void apply() {
        Logging.use(format, level);
    }
}
