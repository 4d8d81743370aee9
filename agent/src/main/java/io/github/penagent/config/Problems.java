package io.github.penagent.config;

import com.typesafe.config.ConfigOrigin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what is wrong with one file and its includes, and names every place as the operator would. */
final class Problems {
    /** What the library is told of a text that was read already, and that has lines as a file has. */
    static final String TEXT = "the text of the file";

    private final Path named;
    private final Path folder;
    private final List<Problem> found = new ArrayList<>();

    Problems(Path file) {
        named = file;
        folder = Path.of("").toAbsolutePath().resolve(file).resolveSibling("");
    }

    void add(ConfigOrigin place, String text) {
        found.add(new Problem(
                place.filename() == null ? named.toString() : shown(place.filename()),
                inFile(place) ? line(place) : 0,
                text));
    }

    /** A problem of the file as a whole. */
    void add(String text) {
        found.add(new Problem(named.toString(), 0, text));
    }

    /** Values from the environment, for one, stand in no file. */
    static boolean inFile(ConfigOrigin place) {
        return place.filename() != null || place.description().startsWith(TEXT);
    }

    static int line(ConfigOrigin place) {
        return Math.max(0, place.lineNumber());
    }

    int count() {
        return found.size();
    }

    boolean none() {
        return found.isEmpty();
    }

    /** The named file first, then its includes; from the top down. */
    List<Problem> sorted() {
        return found.stream()
                .sorted(Comparator.comparing((Problem p) -> !p.file().equals(named.toString()))
                        .thenComparing(Problem::file)
                        .thenComparingInt(Problem::line))
                .toList();
    }

    private String shown(String filename) {
        Path path = Path.of(filename);
        return (path.startsWith(folder) ? named.resolveSibling(folder.relativize(path)) : path).toString();
    }
}
