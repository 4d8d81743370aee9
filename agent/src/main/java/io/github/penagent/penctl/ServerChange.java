package io.github.penagent.penctl;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Several attributes of one server, to be changed by one command. Immutable; each call returns a new one, or throws an {@link
 * IllegalArgumentException} that names the range.
 */
public final class ServerChange {
    private static final ServerChange NOTHING = new ServerChange(Map.of());

    private final Map<Attribute, Integer> values;

    private ServerChange(Map<Attribute, Integer> values) {
        this.values = values;
    }

    /** To begin with. */
    public static ServerChange none() {
        return NOTHING;
    }

    static ServerChange of(Limits limits) {
        return NOTHING.max(limits.max())
                .hard(limits.hard())
                .weight(limits.weight())
                .prio(limits.prio());
    }

    /** Soft limit on connections: 0 for none, -1 for no new clients, to 1,000,000,000. */
    public ServerChange max(int connections) {
        return and(Attribute.MAX, connections);
    }

    /** Limit for clients that come back: 0 for none, to 1,000,000,000. */
    public ServerChange hard(int connections) {
        return and(Attribute.HARD, connections);
    }

    /** 0 to 1,000,000. */
    public ServerChange weight(int weight) {
        return and(Attribute.WEIGHT, weight);
    }

    /** -1,000,000 to 1,000,000, the lowest wins. */
    public ServerChange prio(int prio) {
        return and(Attribute.PRIO, prio);
    }

    /** The access list for clients of this server: 0 to 9, or -1 to keep all out (from 0.27 on). pen does not show it. */
    public ServerChange acl(int list) {
        return and(Attribute.ACL, list);
    }

    private ServerChange and(Attribute attribute, int value) {
        Map<Attribute, Integer> more = new EnumMap<>(Attribute.class);
        more.putAll(values);
        more.put(attribute, attribute.check(value));
        return new ServerChange(more);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** Whether {@code servers} cannot show all of it. */
    boolean hidden() {
        return values.containsKey(Attribute.ACL);
    }

    /** The reason why {@code version} must not be sent this, or an empty text. */
    String objection(PenVersion version) {
        boolean closed = values.getOrDefault(Attribute.ACL, 0) < 0;
        return closed && !version.atLeast(PenVersion.V0_27)
                ? "acl -1 is safe from pen 0.27 on; this one is " + version
                : "";
    }

    /** As in pen's command. */
    String words() {
        return values.entrySet().stream()
                .map(e -> e.getKey().word() + " " + e.getValue())
                .collect(Collectors.joining(" "));
    }

    /** What {@code row} will look like. */
    ServerRow applied(ServerRow row) {
        return new ServerRow(
                row.slot(),
                row.host(),
                row.port(),
                row.conn(),
                values.getOrDefault(Attribute.MAX, row.max()),
                values.getOrDefault(Attribute.HARD, row.hard()),
                values.getOrDefault(Attribute.WEIGHT, row.weight()),
                values.getOrDefault(Attribute.PRIO, row.prio()),
                row.sx(),
                row.rx());
    }
}
