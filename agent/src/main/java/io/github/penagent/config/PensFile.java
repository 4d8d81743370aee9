package io.github.penagent.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import io.github.penagent.discovery.FileReading;
import io.github.penagent.poll.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file of pens beside the main one: {@code pens = [ ... ]}, or the list alone. It stands for itself: it includes nothing and sees
 * no environment variables, because whoever may write it need not be the one who runs the agent.
 */
public final class PensFile {
    static final int MAX_PENS = 10_000;

    private static final ConfigObject EMPTY_LIST =
            ConfigFactory.parseString("pens = []").root();

    private PensFile() {}

    /**
     * Reads what stands in {@code file}; all its problems, if there are any. JSON where the file's name says so, HOCON otherwise.
     * Opens nothing, does not throw.
     */
    public static FileReading read(Path file, String text) {
        Problems problems = new Problems(file);
        List<Target> pens = List.of();
        try {
            pens = pens(parse(file, text), problems);
        } catch (ConfigException e) {
            LibraryMessage.of(e).addTo(problems);
        } catch (StackOverflowError e) {
            problems.add("is nested too deeply");
        }
        return problems.none()
                ? new FileReading.Pens(pens)
                : new FileReading.Faulty(
                        problems.sorted().stream().map(Problem::toString).toList());
    }

    private static List<Target> pens(ConfigObject values, Problems problems) {
        return new Section("", values, EMPTY_LIST, problems).readAll(top -> {
            if (!top.isWritten("pens")) {
                top.refuse("pens", "is missing; a file that names no pens says [], or pens = []");
                return List.of();
            }
            Optional<String> tooMany = top.size("pens")
                    .filter(size -> size > MAX_PENS)
                    .map(size -> "names " + size + " pens, and may name " + MAX_PENS);
            tooMany.ifPresent(problems::add);
            return tooMany.isPresent() ? List.of() : new PensReader(top).readAny();
        });
    }

    /** After comments, which JSON does not have. */
    private static boolean isList(String text) {
        String rest = text.stripLeading();
        while (rest.startsWith("#") || rest.startsWith("//")) {
            int end = rest.indexOf('\n');
            rest = end < 0 ? "" : rest.substring(end).stripLeading();
        }
        return rest.startsWith("[");
    }

    private static ConfigObject parse(Path file, String text) {
        boolean json = file.toString().endsWith(".json");
        ConfigParseOptions options = ConfigParseOptions.defaults()
                .setSyntax(json ? ConfigSyntax.JSON : ConfigSyntax.CONF)
                .setOriginDescription(Problems.TEXT)
                .setIncluder(new NoIncludes());
        // The library wants an object. The braces stay out of the text's lines.
        String object = isList(text) ? "{\"pens\":" + text + "\n}" : text;
        Config parsed = ConfigFactory.parseString(object, options);
        return parsed.resolve(ConfigResolveOptions.noSystem().setAllowUnresolved(true))
                .root();
    }
}
