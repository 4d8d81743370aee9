package io.github.penagent.discovery;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which files name pens: a path whose last part may have the wildcards of a shell.
 *
 * @param written as the configuration has it; what metrics and messages call it
 * @param folder where the files are, absolute and without wildcards
 * @param name the last part
 */
public record FilePattern(String written, Path folder, String name) {
    /** More than anybody has by intention. */
    static final int MAX_FILES = 1_000;

    private static final Pattern WILD = Pattern.compile("[*?\\[\\]{}\\\\]");

    /** Whether a part of a path has wildcards. */
    public static boolean isWild(String part) {
        return WILD.matcher(part).find();
    }

    /**
     * The files there are now, sorted; blocks. Hidden ones, which editors and copying programs leave while they work, are not
     * among them.
     *
     * @throws IOException if the folder cannot be listed, or has too many of them
     */
    List<Path> files() throws IOException {
        if (!isWild(name)) {
            Path file = folder.resolve(name);
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? List.of(file) : List.of();
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, name)) {
            for (Path file : found) {
                if (!isHidden(file) && files.size() == MAX_FILES) {
                    throw new IOException("has more than " + MAX_FILES + " files");
                }
                if (!isHidden(file)) {
                    files.add(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(files);
        return files;
    }

    private boolean isHidden(Path file) {
        return String.valueOf(file.getFileName()).startsWith(".") && !name.startsWith(".");
    }
}
