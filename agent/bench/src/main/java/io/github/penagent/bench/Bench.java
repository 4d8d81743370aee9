package io.github.penagent.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command. */
@Command(
        name = "agent/bench/run",
        description = "Measures the agent against its peers.",
        mixinStandardHelpOptions = true)
final class Bench implements Callable<Integer> {
    /** What no program can say of the figures; the last part of the page. */
    private static final Path REMARKS = Path.of("bench/remarks.md");

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(paramLabel = "LINE", description = "What to measure; all of the report if none is named.")
    List<String> names = List.of();

    @Option(names = "--rounds", defaultValue = "3", description = "How often each way is run (default: 3).")
    int rounds;

    @Option(names = "--times", defaultValue = "1", description = "How often all of it is done (default: 1).")
    int times;

    @Option(names = "--report", description = "Where the page is written to, from the folder of the agent.")
    @Nullable
    Path file;

    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        List<Line> lines = chosen();
        Report report = new Report(System.out);
        for (int time = 0; time < times; time++) {
            for (Line line : lines) {
                report.begin(line.name());
                line.measure(rounds, report);
            }
            if (file != null) {
                Files.writeString(file, report.page(Machine.text()) + Files.readString(REMARKS));
            }
        }
        return report.missesAny() ? 1 : 0;
    }

    private List<Line> chosen() {
        if (names.isEmpty()) {
            return Lines.all();
        }
        return names.stream()
                .map(name -> Stream.concat(Lines.all().stream(), Lines.onRequest().stream())
                        .filter(line -> line.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new ParameterException(
                                Objects.requireNonNull(spec).commandLine(), "no line '" + name + "'")))
                .toList();
    }
}
