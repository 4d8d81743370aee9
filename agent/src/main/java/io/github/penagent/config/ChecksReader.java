package io.github.penagent.config;

import static io.github.penagent.config.Rules.count;
import static io.github.penagent.config.Rules.duration;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import io.github.penagent.health.Check;
import io.github.penagent.health.Pace;
import io.github.penagent.health.Question;
import io.github.penagent.poll.Target;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The list of checks: each right in itself, of pens that there are, and no two with one name. */
final class ChecksReader {
    static final int MAX_DAYS = 1000;

    /** Of each element that leaves them out; {@code reference.conf} can only tell of them. */
    private static final ConfigObject DEFAULTS = ConfigFactory.parseString("""
                    method = GET, path = "/", expect-status = "2xx,3xx", min-days = 0
                    interval = 5s, fast-interval = 200ms, timeout = 2s, fall = 3, rise = 2
                    """).root();

    private static final Rule<String> NAME = Rules.text(
            Pattern.compile(Target.NAME_RULE), "must be 1 to 63 letters, digits, - or _, the first a letter or digit");

    private final Section agent;
    private final PenNames pens;
    private final Map<String, String> placeByName = new HashMap<>();

    /**
     * Reads nothing yet.
     *
     * @param pens the names of all pens, also of those that are wrong otherwise
     */
    ChecksReader(Section agent, PenNames pens) {
        this.agent = agent;
        this.pens = pens;
    }

    List<Check> read() {
        return agent.each("checks", DEFAULTS, this::check);
    }

    private Optional<Check> check(Section check) {
        Optional<String> name = check.required("name", NAME);
        name.ifPresent(n -> unique(check, n));
        Optional<Set<String>> ofPens = check.optional("pens", CheckRules.names());
        ofPens.ifPresent(names -> names.forEach(pen -> known(check, pen)));
        Optional<Set<String>> addresses = check.optional("addresses", CheckRules.addresses());
        Optional<CheckType> type = check.required("type", CheckRules.type());
        Pace pace = pace(check);
        Optional<Question> question =
                type.isPresent() ? new QuestionReader(check).read(type.get()) : QuestionReader.none(check);
        return name.flatMap(
                n -> question.map(q -> new Check(n, ofPens.orElse(Set.of()), addresses.orElse(Set.of()), q, pace)));
    }

    private void unique(Section check, String name) {
        String other = placeByName.putIfAbsent(name, check.shownPlace());
        if (other != null) {
            check.refuse("name", "is also that of " + other);
        }
    }

    private void known(Section check, String pen) {
        if (!pens.mayBe(pen)) {
            check.refuse("pens", "no pen is called " + pen + pens.guess(pen));
        }
    }

    private static Pace pace(Section check) {
        Duration interval = check.value("interval", duration(Pace.MIN_INTERVAL, Pace.MAX_INTERVAL));
        Duration fast = check.value("fast-interval", duration(Pace.MIN_FAST_INTERVAL, Pace.MAX_INTERVAL));
        if (fast.compareTo(interval) > 0) {
            if (check.isWritten("fast-interval")) {
                check.refuse(
                        "fast-interval", "must not be longer than interval, which is " + Durations.shown(interval));
            }
            fast = interval;
        }
        return new Pace(
                interval,
                fast,
                check.value("timeout", duration(Pace.MIN_TIMEOUT, Pace.MAX_TIMEOUT)),
                check.value("fall", count(1, Pace.MAX_COUNT)),
                check.value("rise", count(1, Pace.MAX_COUNT)));
    }
}
