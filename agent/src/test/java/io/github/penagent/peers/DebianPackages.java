package io.github.penagent.peers;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Debian packages unpacked below one directory, fetched by apt as any user, with lists and cache of its own and without
 * touching the machine's. Several builds or forks may ask at once; a package's directory appears only when it is whole.
 */
final class DebianPackages {
    /** For everything that one package needs: lists, archives, unpacking. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static final Duration LISTS_FRESH = Duration.ofHours(12);
    private static final Pattern LIBRARY = Pattern.compile("(?<=^|[ ,|])(lib[a-z0-9.+-]+)");

    private final Path home;
    private final Path work;

    DebianPackages(Path home) {
        this.home = home;
        this.work = home.resolve(".apt");
    }

    /** Where {@code name} is, or will be, unpacked. */
    Path directory(String name) {
        return home.resolve(name);
    }

    /**
     * The directory of {@code name}, fetched now unless it is there. The shared libraries it depends on and the machine
     * lacks are unpacked beside it.
     *
     * @throws IOException with what apt complained about
     */
    Path unpack(String name) throws IOException {
        Path directory = directory(name);
        if (Files.isDirectory(directory)) {
            return directory;
        }
        Files.createDirectories(work);
        try (FileChannel file =
                        FileChannel.open(work.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(file)) {
            Objects.requireNonNull(lock);
            if (!Files.isDirectory(directory)) {
                fetch(name, Instant.now().plus(LIMIT));
            }
        }
        return directory;
    }

    private static FileLock lock(FileChannel file) {
        return await("another build that fetches packages")
                .atMost(LIMIT.multipliedBy(2))
                .until(file::tryLock, Objects::nonNull);
    }

    private void fetch(String name, Instant end) throws IOException {
        String complaints = update(end);
        Path archive = download(name, complaints, end);
        for (String library : missingLibraries(archive, end)) {
            if (!Files.isDirectory(directory(library))) {
                unpack(download(library, complaints, end), library, end);
            }
        }
        // Last: once it is there, its libraries are, too.
        unpack(archive, name, end);
    }

    private String update(Instant end) throws IOException {
        Path stamp = work.resolve("updated");
        if (Files.exists(stamp)
                && Files.getLastModifiedTime(stamp)
                        .toInstant()
                        .isAfter(Instant.now().minus(LISTS_FRESH))) {
            return "";
        }
        configure();
        Run update = apt(end, "update");
        String complaints = complaints(update);
        if (update.exit() != 0) {
            throw new IOException("apt-get update failed: " + complaints);
        }
        Files.writeString(stamp, "");
        return complaints;
    }

    private void configure() throws IOException {
        Path lists = Files.createDirectories(work.resolve("lists/partial")).getParent();
        Path cache = work.resolve("cache");
        Files.createDirectories(cache.resolve("archives/partial"));
        Path sources = Files.createDirectories(work.resolve("sources.list.d"));
        boolean own = new DebianSources(codename()).copy(Path.of("/etc/apt"), sources);
        Files.writeString(
                configuration(),
                """
                #clear APT::Update::Post-Invoke;
                #clear APT::Update::Post-Invoke-Success;
                APT::Sandbox::User "";
                Dir::State::lists "%s";
                Dir::Cache "%s";
                Acquire::Languages "none";
                Acquire::PDiffs "false";
                Acquire::Retries "2";
                Acquire::http::Timeout "20";
                Acquire::https::Timeout "20";
                """.formatted(lists, cache)
                        + (own
                                ? "Dir::Etc::sourcelist \"/dev/null\";\nDir::Etc::sourceparts \"" + sources + "\";\n"
                                : ""));
    }

    private static String codename() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/etc/os-release"))) {
            return lines.filter(line -> line.startsWith("VERSION_CODENAME="))
                    .map(line -> line.substring(line.indexOf('=') + 1))
                    .findFirst()
                    .orElse("stable");
        }
    }

    private Path download(String name, String complaints, Instant end) throws IOException {
        Path directory = work.resolve("download-" + name);
        TemporaryFiles.delete(directory);
        Files.createDirectories(directory);
        Run download = apt(directory, end, "download", name);
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.deb")) {
            for (Path archive : found) {
                if (download.exit() == 0) {
                    return archive;
                }
            }
        }
        Files.deleteIfExists(work.resolve("updated"));
        throw new IOException("apt-get download " + name + " failed: " + complaints(download) + " " + complaints);
    }

    /** One level deep, which is as far as the libraries of the programs we use go. */
    private List<String> missingLibraries(Path archive, Instant end) {
        Run depends = run(end, work, "dpkg-deb", "-f", archive.toString(), "Depends");
        return LIBRARY.matcher(depends.output())
                .results()
                .map(match -> match.group(1))
                // Scripts for web pages, and what this very process runs on.
                .filter(library -> !library.startsWith("libjs-") && !library.equals("libc6"))
                .filter(library -> !installed(library, end))
                .distinct()
                .toList();
    }

    private boolean installed(String name, Instant end) {
        Run query = run(end, work, "dpkg-query", "-W", "-f=${db:Status-Status}", name);
        return query.exit() == 0 && query.output().startsWith("installed");
    }

    private void unpack(Path archive, String name, Instant end) throws IOException {
        Path partial = work.resolve("unpack-" + name);
        TemporaryFiles.delete(partial);
        Files.createDirectories(partial);
        Run unpack = run(end, work, "dpkg-deb", "-x", archive.toString(), partial.toString());
        if (unpack.exit() != 0) {
            throw new IOException("unpacking " + archive.getFileName() + " failed: " + unpack.output());
        }
        Files.move(partial, directory(name), StandardCopyOption.ATOMIC_MOVE);
        TemporaryFiles.delete(work.resolve("download-" + name));
    }

    private Run apt(Instant end, String... words) {
        return apt(work, end, words);
    }

    private Run apt(Path directory, Instant end, String... words) {
        String[] start = {"apt-get", "-q", "-c", configuration().toString()};
        return run(end, directory, Stream.of(start, words).flatMap(Stream::of).toArray(String[]::new));
    }

    private Path configuration() {
        return work.resolve("apt.conf");
    }

    private static Run run(Instant end, Path directory, String... words) {
        Duration left = Duration.between(Instant.now(), end);
        ProcessBuilder command = new ProcessBuilder(words).directory(directory.toFile());
        command.environment().put("LC_ALL", "C");
        return Run.of(command, left.isNegative() ? Duration.ZERO : left);
    }

    private static String complaints(Run apt) {
        Matcher m = Pattern.compile("(?m)^(?:E:|W:|Err:).*$").matcher(apt.output());
        return String.join("; ", m.results().map(match -> match.group().strip()).toList());
    }
}
