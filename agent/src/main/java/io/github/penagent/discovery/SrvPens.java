package io.github.penagent.discovery;

import io.github.penagent.penctl.Endpoint;
import io.github.penagent.poll.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The pens of an answer. A pen's name follows from its record alone, so that it is the same whatever else is answered. */
final class SrvPens {
    private static final Pattern NAME = Pattern.compile(Target.NAME_RULE);
    private static final Pattern HOST = Pattern.compile("[a-z0-9_.-]+");

    private final Map<String, Srv> taken = new HashMap<>();
    private final List<Target> pens = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    private SrvPens() {}

    /**
     * @param name that was asked for
     * @param records sorted, each once
     * @param content what tells this answer from another
     */
    static Place of(String name, List<Srv> records, String content) {
        SrvPens answer = new SrvPens();
        records.stream().filter(record -> !record.isNone()).forEach(record -> answer.pen(record)
                .ifPresent(fault -> answer.faults.add(name + " names " + record + ": " + fault)));
        return new Place(content, answer.pens, answer.faults);
    }

    /** Adds it; else what is wrong with it. */
    private Optional<String> pen(Srv record) {
        String name = (record.host() + "-" + record.port()).replace('.', '-');
        if (!HOST.matcher(record.host()).matches() || !NAME.matcher(name).matches()) {
            return Optional.of("cannot be the name of a pen, " + Target.NAME_RULE);
        }
        if (record.port() < 1 || record.port() > 65_535) {
            return Optional.of("the port must be between 1 and 65535");
        }
        Srv other = taken.putIfAbsent(name, record);
        if (other != null) {
            return Optional.of("would be called " + name + ", as is " + other);
        }
        pens.add(new Target(name, new Endpoint.Tcp(record.host(), record.port()), Optional.empty()));
        return Optional.empty();
    }
}
