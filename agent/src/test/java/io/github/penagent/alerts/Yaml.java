package io.github.penagent.alerts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A piece of a YAML file. What is missing reads as empty. */
record Yaml(Object value) {

    static Yaml read(Path file) {
        try {
            LoadSettings settings =
                    LoadSettings.builder().setAllowDuplicateKeys(false).build();
            return of(new Load(settings).loadFromString(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files with this ending right in {@code directory}, by name. */
    static List<Path> files(Path directory, String ending) {
        try (Stream<Path> found = Files.list(directory)) {
            return found.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Yaml of(Object value) {
        return new Yaml(value == null ? "" : value);
    }

    /** What stands behind the key. */
    Yaml at(String key) {
        return of(value instanceof Map<?, ?> map && map.containsKey(key) ? map.get(key) : "");
    }

    String text(String key) {
        return at(key).value.toString().strip();
    }

    List<Yaml> list(String key) {
        return at(key).value instanceof List<?> list
                ? list.stream().map(Yaml::of).toList()
                : List.of();
    }

    /** Keys and values as text. */
    Map<String, String> texts(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (at(key).value instanceof Map<?, ?> map) {
            map.forEach((name, text) -> texts.put(String.valueOf(name), String.valueOf(text)));
        }
        return texts;
    }
}
