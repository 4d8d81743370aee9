package io.github.penagent.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether a file can be written, as it has to be: replaced or put aside, so that its folder counts as much. Found out by trying,
 * because permissions alone do not tell of a file system that is full or mounted for reading only.
 */
final class WritableFile {
    private WritableFile() {}

    /** The rule that is broken, naming the file; nothing is left behind. */
    static Optional<String> problem(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null) {
            return Optional.of(file + " is a folder, not a file");
        }
        if (!Files.isDirectory(folder)) {
            return Optional.of(file + " cannot be written: there is no folder " + folder);
        }
        if (Files.exists(file) && !Files.isWritable(file)) {
            return Optional.of(file + " cannot be written; are its permissions right?");
        }
        try {
            Files.delete(Files.createTempFile(folder, ".pen-agent", ".check"));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(file + " cannot be written: no file can be made in " + folder);
        }
    }
}
