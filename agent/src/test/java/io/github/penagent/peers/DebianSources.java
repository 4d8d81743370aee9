package io.github.penagent.peers;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The distribution's own entries among a machine's package sources. Those of third parties are left out: nothing of
 * theirs is wanted, and one that cannot be reached would spoil every build.
 */
final class DebianSources {
    private static final Pattern ONE_LINE = Pattern.compile("deb\\s+(?:\\[[^]]*]\\s+)?\\S+\\s+(\\S+)\\s+(.*)");

    private final Set<String> suites;

    /** @param codename the release, such as {@code bookworm} */
    DebianSources(String codename) {
        suites = Set.of(codename, codename + "-updates", codename + "-security", codename + "/updates");
    }

    /** Copies what is Debian's own into {@code target}, file by file; tells whether there was anything. */
    boolean copy(Path etcApt, Path target) throws IOException {
        boolean any = false;
        for (Path file : files(etcApt)) {
            String name = String.valueOf(file.getFileName());
            String own = own(name, Files.readString(file));
            if (!own.isEmpty()) {
                Files.writeString(target.resolve(name), own);
                any = true;
            }
        }
        return any;
    }

    private static List<Path> files(Path etcApt) throws IOException {
        List<Path> files = new ArrayList<>();
        Path main = etcApt.resolve("sources.list");
        if (Files.isReadable(main)) {
            files.add(main);
        }
        Path parts = etcApt.resolve("sources.list.d");
        if (Files.isDirectory(parts)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(parts, "*.{list,sources}")) {
                found.forEach(files::add);
            }
        }
        return files;
    }

    /** What of one file is Debian's own; its name says which of the two forms it has. */
    String own(String name, String text) {
        return name.endsWith(".list")
                ? text.lines().filter(this::line).map(line -> line + "\n").collect(Collectors.joining())
                : Arrays.stream(text.split("\n\\s*\n", -1))
                        .filter(this::stanza)
                        .map(stanza -> stanza.strip() + "\n")
                        .collect(Collectors.joining("\n"));
    }

    private boolean line(String line) {
        Matcher m = ONE_LINE.matcher(line.strip());
        return m.matches() && wanted(m.group(1), m.group(2));
    }

    private boolean stanza(String stanza) {
        return words(field(stanza, "Types")).contains("deb")
                && wanted(field(stanza, "Suites"), field(stanza, "Components"));
    }

    private boolean wanted(String suiteWords, String components) {
        return words(suiteWords).stream().anyMatch(suites::contains)
                && words(components).contains("main");
    }

    private static String field(String stanza, String name) {
        Matcher m = Pattern.compile("(?mi)^" + name + ":(.*)$").matcher(stanza);
        return m.find() ? m.group(1) : "";
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.strip().split("\\s+", -1));
    }
}
