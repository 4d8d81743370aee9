package io.github.penagent.discovery;

import io.github.penagent.poll.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import reactor.core.scheduler.Schedulers;

/**
 * One look at all files, for who wants to know what is in them before an agent does.
 *
 * @param pens that the files name and that can be watched
 * @param problems each a line for the operator
 */
public record TargetFiles(int pens, List<String> problems) {
    public TargetFiles {
        problems = List.copyOf(problems);
    }

    /** Blocks. Names are not asked for. */
    public static TargetFiles look(
            TargetsSettings settings, List<Target> fixed, BiFunction<Path, String, FileReading> reader) {
        Merged merged = new Merged(fixed);
        List<String> problems = new ArrayList<>();
        for (FilePattern pattern : settings.files()) {
            FileSource source = new FileSource(pattern, reader, Schedulers.immediate());
            Found found = source.lookNow(Found.NOTHING_YET);
            merged.add(source, found);
            problems.addAll(found.faults());
            problems.addAll(merged.refused(source.name()));
        }
        return new TargetFiles(
                merged.pens().size() - fixed.size(),
                problems.stream().distinct().toList());
    }
}
