package io.github.penagent.config;

import io.github.penagent.health.Question;
import java.util.List;
import java.util.Optional;

/** What one check asks: the keys that belong to its type, and no others. */
final class QuestionReader {
    private static final List<String> KEYS =
            List.of("method", "path", "host", "expect-status", "expect-body", "query", "min-days");

    private final Section check;

    QuestionReader(Section check) {
        this.check = check;
    }

    /** For a check whose type is not known: nobody can say which keys belong to it. */
    static Optional<Question> none(Section check) {
        KEYS.forEach(check::isWritten);
        return Optional.empty();
    }

    Optional<Question> read(CheckType type) {
        for (String key : KEYS) {
            if (check.isWritten(key) && !type.has(key)) {
                check.refuse(key, "is for type " + CheckType.thoseWith(key) + ", and this is " + type.label());
            }
        }
        return switch (type) {
            case TCP -> Optional.of(new Question.Tcp());
            case HTTP -> Optional.of(http(false));
            case HTTPS -> Optional.of(http(true));
            case TLS -> Optional.of(new Question.Tls(check.optional("host", CheckRules.hostName()), minDays()));
            case SMTP -> Optional.of(new Question.Smtp());
            case DNS_UDP, DNS_TCP -> dns(type == CheckType.DNS_TCP);
        };
    }

    private Question http(boolean tls) {
        return new Question.Http(
                tls,
                check.value("method", CheckRules.method()),
                check.value("path", CheckRules.path()),
                check.optional("host", CheckRules.hostHeader()),
                check.value("expect-status", CheckRules.statuses()),
                check.optional("expect-body", CheckRules.regex()),
                tls ? minDays() : 0);
    }

    private Optional<Question> dns(boolean tcp) {
        return check.required("query", CheckRules.query()).map(name -> new Question.Dns(tcp, name));
    }

    private int minDays() {
        return check.value("min-days", Rules.count(0, ChecksReader.MAX_DAYS));
    }
}
