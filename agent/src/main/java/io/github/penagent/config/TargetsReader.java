package io.github.penagent.config;

import static io.github.penagent.config.Rules.duration;

import io.github.penagent.discovery.FilePattern;
import io.github.penagent.discovery.TargetsSettings;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Where pens are named beside the list of the file itself. No file is looked at. */
final class TargetsReader {
    private static final String FORM =
            "must be the path of a file that ends in .json, .conf or .hocon; only its last part may have wildcards, as in pens.d/*.json";
    private static final Pattern ENDING = Pattern.compile(".*\\.(?:json|conf|hocon)");
    private static final Pattern SRV =
            Pattern.compile("(?=.{3,253}$)[A-Za-z0-9_-]{1,63}(?:\\.[A-Za-z0-9_-]{1,63})+\\.?");
    private static final Rule<String> TEXT = Rules.text(Pattern.compile("(?s).*"), FORM);
    private static final Rule<String> NAME =
            Rules.text(SRV, "must be the name of SRV records, such as _penctl._tcp.example.org");

    private final Path folder;
    private final Set<String> written = new HashSet<>();
    private boolean any;

    /** @param folder of the configuration file, where relative paths begin */
    TargetsReader(Path folder) {
        this.folder = folder;
    }

    TargetsSettings read(Section targets) {
        return new TargetsSettings(
                targets.values("files", once(value -> pattern(TEXT.read(value)), FilePattern::written)),
                targets.values("srv", once(NAME, name -> name)),
                targets.value("refresh", duration(TargetsSettings.MIN_REFRESH, TargetsSettings.MAX_REFRESH)));
    }

    /** Whether a source was named, be it rightly or wrongly. */
    boolean any() {
        return any;
    }

    private <T> Rule<T> once(Rule<T> rule, Function<T, String> identity) {
        return value -> {
            any = true;
            T read = rule.read(value);
            require(written.add(identity.apply(read)), "is in this list twice");
            return read;
        };
    }

    private FilePattern pattern(String text) {
        try {
            Path path = folder.resolve(text).normalize();
            Path in = path.getParent();
            String name = String.valueOf(path.getFileName());
            require(in != null && !text.endsWith("/") && ENDING.matcher(name).matches(), FORM);
            // Of what was written: the folder of the configuration file may be called as it likes.
            Path part = Path.of(text).getParent();
            require(part == null || !FilePattern.isWild(part.toString()), FORM);
            FileSystems.getDefault().getPathMatcher("glob:" + name);
            return new FilePattern(text, in == null ? folder : in, name);
        } catch (InvalidPathException | PatternSyntaxException e) {
            throw new IllegalArgumentException(FORM, e);
        }
    }

    private static void require(boolean kept, String rule) {
        if (!kept) {
            throw new IllegalArgumentException(rule);
        }
    }
}
