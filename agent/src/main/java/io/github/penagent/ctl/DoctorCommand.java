package io.github.penagent.ctl;

import io.github.penagent.ctl.Finding.Severity;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names what is risky in how a pen runs. */
@picocli.CommandLine.Command(
        header = "Names what is risky in how this pen runs, and the remedy.",
        description = {
            "Asks only what changes nothing: servers, mode, recent, and single settings. Each finding says what was seen, why "
                    + "it matters and what to do about it. What cannot be seen from outside is a note; --pen-version makes "
                    + "some of that known.",
            "",
            "Ends with 1 if anything serious was found, so that a script can go by it, and with 0 for warnings and notes."
        })
final class DoctorCommand extends CtlCommand {
    private static final List<Function<Facts, Optional<Finding>>> CHECKS = Stream.of(
                    AccessChecks.ALL, BackendChecks.ALL, SettingChecks.ALL, ReleaseChecks.ALL)
            .flatMap(List::stream)
            .toList();

    @Override
    Report run(Conversation pen) throws NoAnswer {
        List<Finding> findings = findings(Facts.read(pen));
        boolean serious = findings.stream().anyMatch(f -> f.severity() == Severity.SERIOUS);
        return new Report(
                text(findings, pen.style()),
                Json.object(
                        "serious",
                        count(findings, Severity.SERIOUS),
                        "warnings",
                        count(findings, Severity.WARNING),
                        "notes",
                        count(findings, Severity.NOTE),
                        "findings",
                        findings.stream().map(Finding::json).toList()),
                serious ? Ctl.FAILED : Ctl.DONE);
    }

    /** The worst first. */
    static List<Finding> findings(Facts facts) {
        return CHECKS.stream()
                .flatMap(check -> check.apply(facts).stream())
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
    }

    private static String text(List<Finding> findings, Style style) {
        String body = findings.stream()
                .map(finding -> String.join("\n", finding.lines(style)) + "\n\n")
                .collect(Collectors.joining());
        return body
                + style.bold(count(findings, Severity.SERIOUS) + " serious, "
                        + BackendChecks.count(count(findings, Severity.WARNING), "warning") + ", "
                        + BackendChecks.count(count(findings, Severity.NOTE), "note"))
                + "\n";
    }

    private static int count(List<Finding> findings, Severity severity) {
        return (int) findings.stream().filter(f -> f.severity() == severity).count();
    }
}
