package io.github.penagent.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.github.penagent.health.Question.StatusRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The kinds of values that only checks have. */
final class CheckRules {
    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern ADDRESS =
            Pattern.compile("(?:" + BYTE + "(?:\\." + BYTE + "){3}|\\[[0-9a-f:.]+]):[1-9]\\d{0,4}|/.{1,106}");
    private static final String ADDRESSES =
            "must be a list of addresses as pen lists them, such as [\"10.0.0.1:80\"]; leave it out for all";

    private static final Pattern STATUS = Pattern.compile("([1-5])xx|([1-5]\\d\\d)(?:-([1-5]\\d\\d))?");
    private static final String STATUSES =
            "must be status codes, such as 200, 2xx or 200-299, with commas between them";

    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final String HOST = "(?!.{254})" + LABEL + "(?:\\." + LABEL + ")*";
    private static final Pattern QUERY =
            Pattern.compile("(?=.{1,254}$)[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})(?:\\.[A-Za-z0-9_-]{1,63})*\\.?");

    private CheckRules() {}

    static Rule<CheckType> type() {
        String rule = "must be one of " + CheckType.all();
        return value -> {
            String text = text(value, rule);
            return Arrays.stream(CheckType.values())
                    .filter(type -> type.label().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(rule));
        };
    }

    static Rule<Set<String>> names() {
        return value -> texts(value, "must be a list of pens' names, such as [web]; leave it out for all pens");
    }

    static Rule<Set<String>> addresses() {
        return value -> {
            Set<String> all = texts(value, ADDRESSES);
            for (String address : all) {
                int colon = address.lastIndexOf(':');
                require(ADDRESS.matcher(address).matches(), ADDRESSES);
                require(
                        address.startsWith("/") || Integer.parseInt(address.substring(colon + 1)) <= HostPort.MAX_PORT,
                        "a port must be between 1 and " + HostPort.MAX_PORT);
            }
            return all;
        };
    }

    static Rule<List<StatusRange>> statuses() {
        return value -> {
            List<StatusRange> all = new ArrayList<>();
            for (String part : text(value, STATUSES).split(",", -1)) {
                all.add(range(STATUS.matcher(part.strip())));
            }
            return all;
        };
    }

    private static StatusRange range(Matcher part) {
        require(part.matches(), STATUSES);
        if (part.group(1) != null) {
            int hundreds = 100 * Integer.parseInt(part.group(1));
            return new StatusRange(hundreds, hundreds + 99);
        }
        int first = Integer.parseInt(part.group(2));
        int last = part.group(3) == null ? first : Integer.parseInt(part.group(3));
        require(first <= last, STATUSES);
        return new StatusRange(first, last);
    }

    static Rule<String> regex() {
        return value -> {
            String text = text(value, "must be a regular expression");
            try {
                return Pattern.compile(text).pattern();
            } catch (PatternSyntaxException e) {
                String place = e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1);
                throw new IllegalArgumentException("is no regular expression: " + e.getDescription() + place, e);
            }
        };
    }

    static Rule<String> method() {
        return Rules.text(Pattern.compile("(?!CONNECT$)[A-Z]{1,20}"), "must be an HTTP method, such as GET or HEAD");
    }

    static Rule<String> path() {
        return Rules.text(
                Pattern.compile("/[!-~&&[^#]]{0,1999}"),
                "must begin with /, without spaces and # and in ASCII, up to 2000 characters");
    }

    static Rule<String> hostHeader() {
        return Rules.text(Pattern.compile(HOST + "(?::[1-9]\\d{0,4})?"), "must be a host name, with or without a port");
    }

    static Rule<String> hostName() {
        return Rules.text(Pattern.compile(HOST), "must be a host name");
    }

    static Rule<String> query() {
        return Rules.text(QUERY, "must be a name to ask for, such as example.org");
    }

    private static String text(ConfigValue value, String rule) {
        try {
            return value.atKey("value").getString("value");
        } catch (ConfigException e) {
            throw new IllegalArgumentException(rule, e);
        }
    }

    /** An empty list would stand for nothing at all, which nobody can have meant. */
    private static Set<String> texts(ConfigValue value, String rule) {
        ConfigList list = Rules.list(rule).read(value);
        require(!list.isEmpty(), rule);
        Set<String> all = new LinkedHashSet<>();
        for (ConfigValue element : list) {
            require(element.valueType() == ConfigValueType.STRING, rule);
            all.add(text(element, rule));
        }
        return all;
    }

    private static void require(boolean kept, String rule) {
        if (!kept) {
            throw new IllegalArgumentException(rule);
        }
    }
}
