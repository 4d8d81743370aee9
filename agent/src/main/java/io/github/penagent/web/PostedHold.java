package io.github.penagent.web;

import io.vertx.core.buffer.Buffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A person's wish about one backend.
 *
 * @param owner whose wish it is
 * @param reason for those who find it later
 * @param length how long it holds from now on, over 0 and at most {@link #LONGEST}
 */
public record PostedHold(HoldKind kind, String owner, String reason, Duration length) {
    /** Who still wants it a day later says so again. */
    public static final Duration LONGEST = Duration.ofHours(24);

    private static final Set<String> FIELDS = Set.of("kind", "owner", "reason", "expiry");
    private static final Pattern LENGTH = Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?");
    private static final String EXPIRY =
            "expiry must be a time from now such as 90s, 30m or 1h30m, or as in RFC 3339, at most 24h from now";

    /** What ends a line, steers a terminal or turns the direction of writing. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\u2028-\\u202e\\u2066-\\u2069]");

    /**
     * Reads one from a body: {@code kind}, {@code reason}, {@code expiry}, and {@code owner}, without which it is {@code who}.
     *
     * @param who as the listener knows the sender
     * @throws IllegalArgumentException naming the field and the rule, in one line
     */
    static PostedHold parse(Buffer body, String who, Instant now) {
        if (!(JsonBody.read(body) instanceof Map<?, ?> fields)) {
            throw new IllegalArgumentException("the body must be a JSON object");
        }
        Set<String> unknown = new TreeSet<>();
        fields.keySet().forEach(field -> unknown.add(String.valueOf(field)));
        unknown.removeAll(FIELDS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("the body must have no fields but kind, owner, reason and expiry");
        }
        return new PostedHold(
                kind(text(fields, "kind", 20)),
                fields.containsKey("owner") ? text(fields, "owner", 100) : who,
                text(fields, "reason", 500),
                length(text(fields, "expiry", 64), now));
    }

    /** The same, its owner followed by the name that the sender has proved to have, where that is another. */
    PostedHold signed(String who) {
        return owner.equals(who) ? this : new PostedHold(kind, owner + " (" + who + ")", reason, length);
    }

    private static String text(Map<?, ?> fields, String name, int most) {
        if (fields.get(name) instanceof String text
                && !text.isBlank()
                && text.length() <= most
                && !UNPRINTABLE.matcher(text).find()) {
            return text.strip();
        }
        throw new IllegalArgumentException(name + " must be text of 1 to " + most + " characters, in one line");
    }

    private static HoldKind kind(String label) {
        return Arrays.stream(HoldKind.values())
                .filter(kind -> kind.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("kind must be keep-in, keep-out or ignore"));
    }

    private static Duration length(String text, Instant now) {
        Matcher units = LENGTH.matcher(text);
        Duration length = units.matches()
                ? Duration.ofHours(number(units.group(1)))
                        .plusMinutes(number(units.group(2)))
                        .plusSeconds(number(units.group(3)))
                : until(text, now);
        if (length.compareTo(Duration.ZERO) <= 0 || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(EXPIRY);
        }
        return length;
    }

    private static long number(@Nullable String digits) {
        return Optional.ofNullable(digits).map(Long::parseLong).orElse(0L);
    }

    private static Duration until(String text, Instant now) {
        try {
            return Duration.between(now, OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(EXPIRY, e);
        }
    }
}
