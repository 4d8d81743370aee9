package io.github.penagent.ctl;

import io.github.penagent.penctl.AclRule;
import io.github.penagent.penctl.AclRule.Policy;
import io.github.penagent.penctl.Outcome;
import reactor.core.publisher.Mono;

/** Entries of access lists, in penctl's wording. */
final class AclWords {
    private AclWords() {}

    static WordCommand acl() {
        return WordCommand.changing(
                        "acl",
                        "N permit|deny IP [MASK] | IP6[/LENGTH] | country CC",
                        "Appends an entry to an access list.",
                        AclWords::add)
                .noting("Lists go from 0 to 9; pen shows none of them. 'no acl N' empties one.");
    }

    private static Mono<Outcome> add(Conversation pen, Words words) throws Misuse {
        int list = words.number();
        AclRule rule = rule(policy(words), words);
        words.end();
        return pen.pen().acls().add(list, rule);
    }

    private static Policy policy(Words words) throws Misuse {
        String word = words.next();
        return switch (word) {
            case "permit" -> Policy.PERMIT;
            case "deny" -> Policy.DENY;
            default -> throw words.misuse("'" + word + "' is neither permit nor deny");
        };
    }

    private static AclRule rule(Policy policy, Words words) throws Misuse {
        String source = words.next();
        if (source.equals("country")) {
            return AclRule.country(policy, words.next());
        }
        if (source.indexOf(':') < 0) {
            return words.more() ? AclRule.ipv4(policy, source, words.next()) : AclRule.ipv4(policy, source);
        }
        int slash = source.indexOf('/');
        return slash < 0
                ? AclRule.ipv6(policy, source, 128)
                : AclRule.ipv6(policy, source.substring(0, slash), words.number(source.substring(slash + 1)));
    }
}
