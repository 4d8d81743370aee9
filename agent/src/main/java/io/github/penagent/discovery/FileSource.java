package io.github.penagent.discovery;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The files of one pattern. A file that is gone takes its pens along; one that cannot be read, or not be understood, keeps those it
 * named last, as do all while the folder cannot be listed.
 */
final class FileSource implements Source {
    private final FilePattern pattern;
    private final BiFunction<Path, String, FileReading> reader;
    private final Scheduler blocking;

    FileSource(FilePattern pattern, BiFunction<Path, String, FileReading> reader, Scheduler blocking) {
        this.pattern = pattern;
        this.reader = reader;
        this.blocking = blocking;
    }

    @Override
    public String name() {
        return pattern.written();
    }

    @Override
    public Mono<Found> look(Found before) {
        return Mono.fromCallable(() -> lookNow(before)).subscribeOn(blocking);
    }

    /** The same, blocking. */
    Found lookNow(Found before) {
        SortedMap<String, Place> places = new TreeMap<>();
        try {
            for (Path file : pattern.files()) {
                look(file, before.at(file.toString()), places);
            }
        } catch (IOException e) {
            places.clear();
            places.putAll(before.places());
            places.put(folder(), Place.UNKNOWN.unread(folder() + " " + reason(e)));
        }
        return Found.in(places);
    }

    private String folder() {
        return pattern.folder().toString();
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException
                ? "cannot be listed: there is no such folder"
                : "cannot be listed: " + e.getMessage();
    }

    private void look(Path file, Place before, SortedMap<String, Place> places) {
        try {
            places.put(file.toString(), read(file, FileText.of(file), before));
        } catch (IOException e) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                places.put(file.toString(), before.unread(file + " " + e.getMessage()));
            }
        }
    }

    private Place read(Path file, FileText text, Place before) {
        String digest = text.digest();
        // A faulty one is read anew: what it kept may be of another content.
        if (digest.equals(before.content()) && !before.isFaulty()) {
            return before;
        }
        try {
            FileReading reading = reader.apply(file, text.text());
            return reading instanceof FileReading.Pens good
                    ? new Place(digest, good.pens(), List.of())
                    : before.refused(digest, ((FileReading.Faulty) reading).problems());
        } catch (CharacterCodingException e) {
            return before.refused(digest, List.of(file + " is not UTF-8"));
        }
    }
}
