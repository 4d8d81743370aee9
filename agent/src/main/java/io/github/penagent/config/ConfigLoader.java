package io.github.penagent.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a HOCON file over the defaults in {@code reference.conf}. */
public final class ConfigLoader {
    private static final String ROOT = "pen-agent";
    private static final ConfigRenderOptions JSON =
            ConfigRenderOptions.defaults().setComments(false).setOriginComments(false);

    private ConfigLoader() {}

    /**
     * Reads and checks the file, its includes and the environment variables it names, and where a pen enforces also whether the
     * files for that can be written. Blocks; does not throw.
     */
    public static Loaded load(Path file) {
        Problems problems = new Problems(file);
        if (!isReadable(file, problems)) {
            return new Loaded.Bad(problems.sorted());
        }
        try {
            return read(file, problems);
        } catch (ConfigException e) {
            LibraryMessage.of(e).addTo(problems);
        } catch (StackOverflowError e) {
            problems.add("is nested too deeply");
        }
        return new Loaded.Bad(problems.sorted());
    }

    /**
     * One value as text, of the file or of the defaults; nothing else is checked.
     *
     * @throws ConfigException if it cannot be had
     */
    static String text(Path file, String key) {
        Config defaults = defaults();
        return resolved(parse(file), defaults).withFallback(defaults).getString(key);
    }

    private static Loaded read(Path file, Problems problems) {
        Config defaults = defaults();
        Config written = resolved(parse(file), defaults);
        Section top = new Section("", written.root(), defaults.root(), problems);
        Settings settings = SettingsReader.read(top, file.toAbsolutePath().resolveSibling(""));
        return problems.none()
                ? new Loaded.Good(
                        settings, written.withFallback(defaults).root().render(JSON))
                : new Loaded.Bad(problems.sorted());
    }

    /**
     * Sets in what ${NAME} stands for: from the file itself and the environment, then from the defaults. These are not
     * merged in, since a value of both has no line. What stands for nothing is left: it becomes a problem of its own key,
     * and none hides the others.
     */
    private static Config resolved(Config written, Config defaults) {
        ConfigResolveOptions lenient = ConfigResolveOptions.defaults().setAllowUnresolved(true);
        Config alone = written.resolve(lenient);
        return alone.resolveWith(alone.withFallback(defaults), lenient);
    }

    private static boolean isReadable(Path file, Problems problems) {
        if (Files.notExists(file)) {
            problems.add("no such file");
        } else if (Files.isDirectory(file)) {
            problems.add("is a folder, not a file");
        } else if (!Files.isReadable(file)) {
            problems.add("cannot be read; are its permissions right?");
        }
        return problems.none();
    }

    /** Only our own part: the class path has other libraries' reference.conf, too. */
    private static Config defaults() {
        return ConfigFactory.parseResources(ConfigLoader.class.getClassLoader(), "reference.conf")
                .withOnlyPath(ROOT);
    }

    /** Absolute, because the library finds included files only beside a file whose folder it knows. */
    private static Config parse(Path file) {
        ConfigParseOptions hocon =
                ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setAllowMissing(false);
        return ConfigFactory.parseFile(file.toAbsolutePath().toFile(), hocon);
    }
}
