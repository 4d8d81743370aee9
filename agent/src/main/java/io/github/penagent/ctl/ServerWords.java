package io.github.penagent.ctl;

import io.github.penagent.ctl.ServerSteps.Step;
import io.github.penagent.penctl.Limits;
import io.github.penagent.penctl.OneServer;
import io.github.penagent.penctl.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The commands that change backends. */
final class ServerWords {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+");
    private static final String WHICH = "SLOT|ADDRESS";
    private static final String PAIRS = "[max M] [hard H] [weight W] [prio R]";
    private static final Set<String> LIMITS = Set.of("max", "hard", "weight", "prio");

    private ServerWords() {}

    static List<WordCommand> all() {
        return List.of(
                new WordCommand(
                                "server",
                                WHICH + " [address H] [port P] " + PAIRS + " [acl A] [blacklist T]",
                                "Changes a backend, in penctl's wording.",
                                ServerWords::server)
                        .noting(
                                "'blacklist 0' ends a blacklist; 'address 0.0.0.0' alone, or with 'port 0', empties the slot.",
                                "The address is changed first, then limits and list, then the blacklist, each with its own "
                                        + "check; what fails ends it."),
                WordCommand.changing(
                                "add", "ADDRESS " + PAIRS, "Puts a backend into the first free slot.", ServerWords::add)
                        .noting("ADDRESS is host:port, [IPv6]:port or the path of a socket."),
                one("remove", "Empties a backend's slot; open connections go on.", OneServer::remove),
                one("drain", "No new clients for a backend; open connections go on.", OneServer::drain)
                        .noting("Note the limits that it prints: undrain needs them."),
                WordCommand.changing(
                        "undrain",
                        WHICH + " [max M] [hard H]",
                        "Gives a drained backend limits: those that drain printed; 0 is none.",
                        ServerWords::undrain),
                one("whitelist", "Ends a backend's blacklist.", OneServer::whitelist));
    }

    private interface Doing {
        Mono<Outcome> to(OneServer server);
    }

    private static WordCommand one(String word, String meaning, Doing doing) {
        return WordCommand.changing(word, WHICH, meaning, (pen, words) -> {
            String which = words.last();
            return doing.to(which(pen, words, which));
        });
    }

    /** A number is a slot, anything else an address. */
    static OneServer which(Conversation pen, Words words, String which) throws Misuse {
        if (!NUMBER.matcher(which).matches()) {
            return pen.pen().servers().at(which);
        }
        int slot = words.number(which);
        if (slot < 0) {
            throw words.misuse("slots begin at 0");
        }
        return pen.pen().servers().at(slot);
    }

    private static Mono<Outcome> add(Conversation pen, Words words) throws Misuse {
        String address = words.next();
        Map<String, String> pairs = words.pairs(LIMITS);
        Limits limits = new Limits(
                or0(words, pairs.get("max")),
                or0(words, pairs.get("hard")),
                or0(words, pairs.get("weight")),
                or0(words, pairs.get("prio")));
        return pen.pen().servers().add(address, limits);
    }

    private static Mono<Outcome> undrain(Conversation pen, Words words) throws Misuse {
        OneServer server = which(pen, words, words.next());
        Map<String, String> pairs = words.pairs(Set.of("max", "hard"));
        return pairs.isEmpty()
                ? server.undrain()
                : server.undrain(or0(words, pairs.get("max")), or0(words, pairs.get("hard")));
    }

    private static int or0(Words words, @Nullable String number) throws Misuse {
        return number == null ? 0 : words.number(number);
    }

    private static Report server(Conversation pen, Words words) throws NoAnswer, Misuse {
        List<Step> steps = new ServerSteps(pen, words, words.next()).read();
        if (steps.isEmpty()) {
            throw words.misuse("what is to be changed is missing");
        }
        return Outcomes.report(ServerSteps.run(pen, steps));
    }
}
