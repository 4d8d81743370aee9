package io.github.penagent.ctl;

import io.github.penagent.penctl.Danger;
import io.github.penagent.penctl.Endpoint;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Words of the command line that stand for something. */
final class Converters {
    private Converters() {}

    /** {@code 500ms}, {@code 2s}, {@code 1m}; a bare number counts seconds. */
    static final class OfDuration implements ITypeConverter<Duration> {
        private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|)");

        @Override
        public Duration convert(String text) {
            Matcher m = FORM.matcher(text);
            if (!m.matches()) {
                throw new TypeConversionException("'" + text + "' is not a duration such as 500ms, 2s or 1m");
            }
            long number = Long.parseLong(m.group(1));
            return switch (m.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofSeconds(number);
            };
        }
    }

    /** A control port. */
    static final class OfEndpoint implements ITypeConverter<Endpoint> {
        @Override
        public Endpoint convert(String text) {
            try {
                return Endpoint.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "': " + e.getMessage());
            }
        }
    }

    /** A release of pen. */
    static final class OfVersion implements ITypeConverter<StatedVersion> {
        @Override
        public StatedVersion convert(String text) {
            try {
                return StatedVersion.of(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "' " + e.getMessage());
            }
        }
    }

    /** What a command may do to a pen, such as {@code stops-pen}. */
    static final class OfDanger implements ITypeConverter<Danger> {
        @Override
        public Danger convert(String text) {
            return Arrays.stream(Danger.values())
                    .filter(danger -> Outcomes.name(danger).equals(text))
                    .findFirst()
                    .orElseThrow(() ->
                            new TypeConversionException("'" + text + "' is none of the dangers " + Outcomes.names()));
        }
    }

    /** All of them, for help and completion. */
    static final class Dangers implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Danger.values()).map(Outcomes::name).iterator();
        }
    }
}
