package io.github.penagent.metrics;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What may stand on a page, whether or not a pen has it just now. */
public final class MetricNames {
    /** Of agents that share their work through etcd, and of no other. */
    private static final List<String> CLUSTER = List.of(
            "pen_agent_members",
            "pen_agent_owned_pens",
            "pen_agent_ownership_changes_total",
            "pen_agent_coordination_up");

    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) \\S+");

    private MetricNames() {}

    public static Set<String> all() {
        Set<String> names =
                Arrays.stream(Family.values()).map(Family::sampleName).collect(Collectors.toCollection(TreeSet::new));
        names.addAll(CLUSTER);
        try (AgentMeters meters = new AgentMeters("test", "test", Instant.EPOCH)) {
            meters.webhook().expect("accepted");
            meters.targets().watching(List.of("static"));
            LineWriter page = new LineWriter(64);
            meters.write(Format.TEXT, name -> true, page);
            TYPE.matcher(page.toText()).results().forEach(type -> names.add(type.group(1)));
        }
        return names;
    }
}
