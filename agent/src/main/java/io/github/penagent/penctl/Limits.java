package io.github.penagent.penctl;

/**
 * What a new server starts with. All of it is sent, since a slot keeps what its last server was given.
 *
 * <p>Out of range is an {@link IllegalArgumentException} here, before there is anything to send.
 *
 * @param max soft limit on connections, 0 for none, -1 for no new clients, to 1,000,000,000
 * @param hard limit for clients that come back, 0 for none, to 1,000,000,000
 * @param weight 0 to 1,000,000; where pen goes by weight, 0 gets no clients
 * @param prio -1,000,000 to 1,000,000; where pen goes by priority, the lowest wins
 */
public record Limits(int max, int hard, int weight, int prio) {
    /** No limits, no weight, priority 0: what pen itself gives a server that is named without any. */
    public static final Limits NONE = new Limits(0, 0, 0, 0);

    public Limits {
        Attribute.MAX.check(max);
        Attribute.HARD.check(hard);
        Attribute.WEIGHT.check(weight);
        Attribute.PRIO.check(prio);
    }
}
