package io.github.penagent.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One object of the file: hands out its values, each read by its rule, and refuses in the end every key that nobody
 * asked for. So the code that reads the settings is also the list of keys there are. Broken rules go to the problems; the
 * default stands in, so that reading goes on and all problems are found in one run.
 */
final class Section {
    private static final int MAX_SHOWN = 80;
    private static final ConfigObject NOTHING = ConfigFactory.empty().root();

    private final String path;
    private final ConfigObject values;
    private final ConfigObject defaults;
    private final Problems problems;
    private final Set<String> known = new TreeSet<>();

    /**
     * @param path the keys that lead here, as messages show them; empty at the top
     * @param values what the operator wrote, resolved, without the defaults
     * @param defaults what the reference configuration has here
     */
    Section(String path, ConfigObject values, ConfigObject defaults, Problems problems) {
        this.path = path;
        this.values = values;
        this.defaults = defaults;
        this.problems = problems;
    }

    /** The value of a key that has a default. */
    <T> T value(String key, Rule<T> rule) {
        return find(key).flatMap(value -> read(key, value, rule)).orElseGet(() -> rule.read(defaultOf(key)));
    }

    /** The value of a key that has no default; leaving it out is a problem. */
    <T> Optional<T> required(String key, Rule<T> rule) {
        Optional<ConfigValue> value = find(key);
        if (value.isEmpty()) {
            refuse(key, "is missing");
        }
        return value.flatMap(v -> read(key, v, rule));
    }

    /** The value of a key that may be absent or null. */
    <T> Optional<T> optional(String key, Rule<T> rule) {
        return find(key).filter(Section::isSet).flatMap(value -> read(key, value, rule));
    }

    /** The same for a value that must not be shown, whatever is wrong with it. */
    <T> Optional<T> secret(String key, Rule<T> rule) {
        return find(key).flatMap(value -> {
            try {
                return Optional.of(rule.read(value));
            } catch (IllegalArgumentException e) {
                problems.add(value.origin(), pathOf(key) + ": " + e.getMessage());
                return Optional.empty();
            }
        });
    }

    /** Whether anything is written there but null and empty text; from now on the key is a known one. */
    boolean isFilled(String key) {
        return isWritten(key)
                && !find(key).filter(value -> "".equals(value.unwrapped())).isPresent();
    }

    /** The object under a key, where also null is one without keys. */
    <T> T object(String key, Function<Section, T> reader) {
        return isWritten(key)
                ? section(key, reader)
                : new Section(pathOf(key), NOTHING, NOTHING, problems).readAll(reader);
    }

    /** Texts of the list under a key; none if it is absent or null. */
    List<String> texts(String key) {
        return texts(key, value -> Rules.text(value, "must be text"));
    }

    /** The same, each by a rule. */
    List<String> texts(String key, Rule<String> rule) {
        return isWritten(key) ? values(key, rule) : List.of();
    }

    /** Reads the object under a key; without one, the defaults. */
    <T> T section(String key, Function<Section, T> reader) {
        ConfigObject object = find(key)
                .flatMap(value -> read(key, value, v -> object(v, "must be an object: " + key + " { ... }")))
                .orElse(NOTHING);
        return new Section(pathOf(key), object, (ConfigObject) defaultOf(key), problems).readAll(reader);
    }

    /**
     * Reads each object of the list under a key; elements with problems are left out.
     *
     * @param emptyRule what to say of a list that is empty or absent
     */
    <T> List<T> each(String key, String emptyRule, Function<Section, Optional<T>> reader) {
        Optional<List<ConfigValue>> list = list(key);
        if (list.filter(List::isEmpty).isPresent()) {
            refuse(key, emptyRule);
        }
        return elements(key, list, (name, value) -> element(name, value, NOTHING, reader));
    }

    /**
     * The same for a list that may be empty.
     *
     * @param elementDefaults what an element has that does not say otherwise
     */
    <T> List<T> each(String key, ConfigObject elementDefaults, Function<Section, Optional<T>> reader) {
        return elements(key, list(key), (name, value) -> element(name, value, elementDefaults, reader));
    }

    /** The same for a list that may be empty, of elements without defaults. */
    <T> List<T> each(String key, Function<Section, Optional<T>> reader) {
        return each(key, NOTHING, reader);
    }

    /** Reads each value of the list under a key by the same rule; those that break it are left out. */
    <T> List<T> values(String key, Rule<T> rule) {
        return elements(key, list(key), (name, value) -> read(name, value, rule));
    }

    /** How many elements the list under a key has; empty if there is no list. */
    Optional<Integer> size(String key) {
        return find(key).filter(ConfigList.class::isInstance).map(list -> ((ConfigList) list).size());
    }

    /** The keys that were written, for a section whose keys are names. */
    Set<String> written() {
        return new TreeSet<>(values.keySet());
    }

    private Optional<List<ConfigValue>> list(String key) {
        ConfigValue written = find(key).orElseGet(() -> defaultOf(key));
        return read(key, written, Rules.list("must be a list: " + key + " = [ ... ]"))
                .map(List::copyOf);
    }

    private static <T> List<T> elements(
            String key, Optional<List<ConfigValue>> list, BiFunction<String, ConfigValue, Optional<T>> reader) {
        List<ConfigValue> written = list.orElse(List.of());
        List<T> all = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            reader.apply(key + "[" + i + "]", written.get(i)).ifPresent(all::add);
        }
        return all;
    }

    private <T> Optional<T> element(
            String name, ConfigValue value, ConfigObject defaults, Function<Section, Optional<T>> reader) {
        return read(name, value, v -> object(v, "must be an object: { key = value, ... }"))
                .map(object -> new Section(pathOf(name), object, defaults, problems))
                .flatMap(section -> section.readAll(reader));
    }

    /** Applies the reader, then refuses what it left. */
    <T> T readAll(Function<Section, T> reader) {
        T read = reader.apply(this);
        refuseUnknown();
        return read;
    }

    /** Whether the operator wrote anything but null there; from now on the key is a known one. */
    boolean isWritten(String key) {
        return find(key).filter(Section::isSet).isPresent();
    }

    /** Adds a problem that no rule of a single value can see. */
    void refuse(String key, String rule) {
        find(key)
                .ifPresentOrElse(
                        value -> refuse(key, value, rule),
                        () -> problems.add(values.origin(), pathOf(key) + ": " + rule));
    }

    /** Reads the file that a key names; what is wrong with it as a whole is a problem of the key. */
    <T> Optional<T> file(String key, Path file, FileReader<T> reader) {
        try {
            return reader.read(file, pathOf(key), problems);
        } catch (IllegalArgumentException e) {
            refuse(key, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Reads a file that the configuration names, with problems of its own. */
    interface FileReader<T> {
        Optional<T> read(Path file, String path, Problems problems);
    }

    /** Where messages say that this section is. */
    String shownPlace() {
        return path + (Problems.inFile(values.origin()) ? ", line " + Problems.line(values.origin()) : "");
    }

    private void refuseUnknown() {
        for (Map.Entry<String, ConfigValue> entry : values.entrySet()) {
            if (!known.contains(entry.getKey())) {
                String guess = NearMiss.of(entry.getKey(), known)
                        .map(key -> ", did you mean " + key + "?")
                        .orElse("");
                // Without the value: what was written in the wrong place may be a secret.
                problems.add(entry.getValue().origin(), pathOf(entry.getKey()) + ": unknown key" + guess);
            }
        }
    }

    private Optional<ConfigValue> find(String key) {
        known.add(key);
        return Optional.ofNullable(values.get(key));
    }

    private ConfigValue defaultOf(String key) {
        return Optional.ofNullable(defaults.get(key))
                .orElseThrow(() -> new IllegalStateException("reference.conf has no " + pathOf(key)));
    }

    private <T> Optional<T> read(String key, ConfigValue value, Rule<T> rule) {
        if (isUnresolved(value)) {
            refuse(key, value, "refers to something that is not set");
            return Optional.empty();
        }
        try {
            return Optional.of(rule.read(value));
        } catch (IllegalArgumentException e) {
            refuse(key, value, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void refuse(String key, ConfigValue value, String rule) {
        ConfigOrigin origin = value.origin();
        String source = origin.description().contains("env variables") ? " (from the environment)" : "";
        problems.add(
                Problems.inFile(origin) ? origin : values.origin(),
                pathOf(key) + " = " + shown(value) + source + ": " + rule);
    }

    private String pathOf(String key) {
        String shown = key.endsWith("]") ? key : ConfigUtil.joinPath(key);
        return path.isEmpty() ? shown : path + "." + shown;
    }

    private static ConfigObject object(ConfigValue value, String rule) {
        if (value instanceof ConfigObject object) {
            return object;
        }
        throw new IllegalArgumentException(rule);
    }

    /** Without a look inside: a list may have elements that refer to something that is not set. */
    private static boolean isSet(ConfigValue value) {
        return isUnresolved(value) || value.valueType() != ConfigValueType.NULL;
    }

    private static boolean isUnresolved(ConfigValue value) {
        try {
            value.valueType();
            return false;
        } catch (ConfigException.NotResolved e) {
            return true;
        }
    }

    private static String shown(ConfigValue value) {
        String json = value.render(ConfigRenderOptions.concise());
        return json.length() <= MAX_SHOWN ? json : json.substring(0, MAX_SHOWN) + "…";
    }
}
