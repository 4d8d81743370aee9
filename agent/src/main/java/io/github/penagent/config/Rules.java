package io.github.penagent.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.github.penagent.penctl.Endpoint;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of values there are. Each accepts what HOCON converts to it, text from the environment included. */
final class Rules {
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s*%");
    private static final Pattern GO_DURATION =
            Pattern.compile("\\d{1,18}|(?:\\d{1,12}(?:\\.\\d{1,9})?(?:ns|us|µs|ms|s|m|h))+");
    private static final Pattern GO_PART = Pattern.compile("([\\d.]+)(ns|us|µs|ms|s|m|h)?");
    private static final Map<String, Double> GO_UNITS =
            Map.of("us", 1e3, "µs", 1e3, "ms", 1e6, "s", 1e9, "m", 60e9, "h", 3600e9);
    private static final String FLAG = "must be true or false";
    private static final String DURATION = "must be a duration, such as 500ms, 5s or 2m";

    private Rules() {}

    static Rule<Boolean> flag() {
        return value -> typed(value, Config::getBoolean, FLAG);
    }

    static Rule<ConfigList> list(String rule) {
        // A list with an element that refers to nothing is still one; the element's own rule says so.
        return value -> value instanceof ConfigList written ? written : typed(value, Config::getList, rule);
    }

    static Rule<Integer> count(int min, int max) {
        String rule = "must be a whole number between " + min + " and " + max;
        return value -> {
            double number = typed(value, Config::getNumber, rule).doubleValue();
            require(number == Math.rint(number) && number >= min && number <= max, rule);
            return (int) number;
        };
    }

    static Rule<Duration> duration(Duration min, Duration max) {
        String rule = "must be between " + Durations.shown(min) + " and " + Durations.shown(max);
        return value -> {
            Duration duration = typed(value, Config::getDuration, DURATION);
            boolean within = duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0;
            require(within, value.valueType() == ConfigValueType.NUMBER ? rule + "; without a unit it is in ms" : rule);
            return duration;
        };
    }

    /** A duration without a fraction of a second. */
    static Rule<Integer> seconds(int min, int max) {
        Rule<Duration> range = duration(Duration.ofSeconds(min), Duration.ofSeconds(max));
        return value -> {
            Duration duration = range.read(value);
            require(duration.equals(Duration.ofSeconds(duration.toSeconds())), "must be a whole number of seconds");
            return (int) duration.toSeconds();
        };
    }

    /** A size in bytes; without a unit it is in bytes. */
    static Rule<Long> bytes(long min, long max) {
        String rule = "must be between " + Sizes.shown(min) + " and " + Sizes.shown(max) + ", such as 64 MiB";
        return value -> {
            long bytes = typed(value, Config::getBytes, "must be a size, such as 4 KiB or 64 MiB");
            require(bytes >= min && bytes <= max, rule);
            return bytes;
        };
    }

    /** A path, from {@code folder} if it is relative. */
    static Rule<Path> path(Path folder) {
        return value -> {
            String text = typed(value, Config::getString, "must be the path of a file");
            require(!text.isEmpty(), "must be the path of a file");
            try {
                return folder.resolve(text).normalize();
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("is not a possible path", e);
            }
        };
    }

    /** The path of a file that can be read now, from {@code folder} if it is relative. */
    static Rule<Path> readable(Path folder) {
        Rule<Path> path = path(folder);
        return value -> {
            Path file = path.read(value);
            require(Files.isRegularFile(file), "there is no file " + file);
            require(Files.isReadable(file), file + " cannot be read; are its permissions right?");
            return file;
        };
    }

    /** One of a few words. */
    static <T> Rule<T> oneOf(Map<String, T> words) {
        String rule = "must be " + String.join(", ", words.keySet()).replaceFirst(", ([^,]*)$", " or $1");
        return value -> {
            T found = words.get(typed(value, Config::getString, rule));
            if (found == null) {
                throw new IllegalArgumentException(rule);
            }
            return found;
        };
    }

    /** A part of a whole: {@code 1%}, or {@code 0.01}. */
    static Rule<Double> share(double max) {
        String rule = "must be over 0% and at most " + Math.round(max * 100) + "%, such as 1% or 0.01";
        return value -> {
            String text = typed(value, Config::getString, rule);
            Matcher percent = PERCENT.matcher(text);
            double share = percent.matches()
                    ? Double.parseDouble(percent.group(1)) / 100
                    : typed(value, Config::getDouble, rule);
            require(share > 0 && share <= max, rule);
            return share;
        };
    }

    static Rule<String> text(Pattern form, String rule) {
        return value -> {
            String text = typed(value, Config::getString, rule);
            require(form.matcher(text).matches(), rule);
            return text;
        };
    }

    static Rule<Endpoint> endpoint() {
        return value -> {
            String text = typed(value, Config::getString, "must be host:port, [IPv6]:port or an absolute socket path");
            try {
                return Endpoint.parse(text);
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("is not a possible path", e);
            }
        };
    }

    /** The text that a value is. */
    static String text(ConfigValue value, String rule) {
        return typed(value, Config::getString, rule);
    }

    /** A duration as Go writes them, such as 1s, 1m30s or 0; a number without a unit is in nanoseconds. */
    static Rule<Duration> goDuration(Duration max) {
        String rule = "must be a duration such as 100ms, 1s or 1m30s, at most " + Durations.shown(max);
        return value -> {
            Matcher parts = GO_DURATION.matcher(text(value, rule));
            require(parts.matches(), rule);
            double nanos = 0;
            Matcher part = GO_PART.matcher(parts.group());
            while (part.find()) {
                nanos += Double.parseDouble(part.group(1)) * GO_UNITS.getOrDefault(String.valueOf(part.group(2)), 1.0);
            }
            require(nanos <= max.toNanos(), rule);
            return Duration.ofNanos((long) nanos);
        };
    }

    /** Where to listen; port 0 takes a free one. */
    static Rule<HostPort> hostPort(int minPort) {
        return value -> {
            String text = typed(value, Config::getString, HostPort.FORM_RULE);
            HostPort address = HostPort.parse(text);
            require(
                    address.port() >= minPort && address.port() <= HostPort.MAX_PORT,
                    "the port must be between " + minPort + " and " + HostPort.MAX_PORT);
            return address;
        };
    }

    private static <T> T typed(ConfigValue value, BiFunction<Config, String, T> getter, String rule) {
        try {
            return getter.apply(value.atKey("value"), "value");
        } catch (ConfigException e) {
            throw new IllegalArgumentException(rule, e);
        }
    }

    private static void require(boolean kept, String rule) {
        if (!kept) {
            throw new IllegalArgumentException(rule);
        }
    }
}
