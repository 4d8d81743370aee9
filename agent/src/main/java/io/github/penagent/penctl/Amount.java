package io.github.penagent.penctl;

import java.util.Optional;

/**
 * The numbers that pen can be told while it runs, in the words of {@code penctl}'s manual page, with the range that is
 * allowed here. pen itself takes anything, wraps at 32 bits and reads words as 0. {@link Tuning#set} sends them, {@link
 * Information#amount} reads them; {@link #PENDING_MAX} and {@link #SSL_CLIENT_RENEGOTIATION_INTERVAL} are shown nowhere.
 */
public enum Amount {
    /** Seconds until a connect to a server counts as failed, 1 to 3600. With 0 or less pen fails them at once, and spins. */
    TIMEOUT("timeout", "seconds", 1, 3_600, PenVersion.V0_21),
    /** Seconds for which a client is remembered, 0 (for ever) to ten years. */
    TRACKING("tracking", "seconds", 0, 315_360_000, PenVersion.V0_21),
    /**
     * Seconds for which pen avoids a server whose connect failed, 0 to 300,000,000. {@link Danger#BLACKLISTS_AGAIN}: a
     * server's own blacklist ends by this number, too. More than the unix time would blacklist every server.
     */
    BLACKLIST("blacklist", "seconds", 0, 300_000_000, PenVersion.V0_21),
    /**
     * Seconds after which a silent connection is closed, 0 (never) to a year, and at most {@link #CONN_MAX}: pen divides
     * that by this, and with a quotient of 0 closes nothing at all. Since 0.27.
     */
    IDLE_TIMEOUT("idle_timeout", "seconds", 0, 31_536_000, PenVersion.V0_27),
    /** Idle connections kept to the servers, 0 to 1000. Since 0.27; from 0.33 on anything but 0 crashes pen. */
    IDLERS("idlers", "connections", 0, 1_000, PenVersion.V0_27),
    /** Connects to servers that may be under way at a time, 1 to 1,000,000,000; pen starts with 100. Since 0.27. */
    PENDING_MAX("pending_max", "connections", 1, 1_000_000_000, PenVersion.V0_27),
    /** Clients remembered, up to 100,000. Only grows, at run time since 0.29: {@link Danger#CANNOT_BE_UNDONE}. */
    CLIENTS_MAX("clients_max", "clients", 1, 100_000, PenVersion.V0_29),
    /** Simultaneous connections, up to 65,536. Only grows, at run time since 0.29: {@link Danger#GROWS_CONNECTIONS}. */
    CONN_MAX("conn_max", "connections", 1, 65_536, PenVersion.V0_29),
    /** The access list for clients, 0 to 9. {@link Danger#LOCKS_OUT}, since pen does not show what is in its lists. */
    CLIENT_ACL("client_acl", "list", 0, 9, PenVersion.V0_21),
    /** The access list for the control port, 0 to 9. {@link Danger#LOCKS_OUT}; over TCP there is no way back. */
    CONTROL_ACL("control_acl", "list", 0, 9, PenVersion.V0_21),
    /** The level of debugging, 0 to 9. {@link Danger#SHOWS_TRAFFIC} from 2 on. */
    DEBUG("debug", "level", 0, 9, PenVersion.V0_21),
    /**
     * The access list of addresses that pen claims in direct-server-return mode, 0 to 9, or -1 for none. {@link
     * Danger#REPLACES_TRAFFIC} unless -1. Since 0.32.
     */
    TARPIT_ACL("tarpit_acl", "list", -1, 9, PenVersion.V0_33),
    /** Seconds between a TLS client's renegotiations, 0 to a year; pen starts with 3600. Since 0.27, in builds with TLS. */
    SSL_CLIENT_RENEGOTIATION_INTERVAL("ssl_client_renegotiation_interval", "seconds", 0, 31_536_000, PenVersion.V0_27);

    private final String word;
    private final String unit;
    private final int least;
    private final int most;
    private final PenVersion since;

    Amount(String word, String unit, int least, int most, PenVersion since) {
        this.word = word;
        this.unit = unit;
        this.least = least;
        this.most = most;
        this.since = since;
    }

    /** pen's own word, such as {@code idle_timeout}. */
    public String word() {
        return word;
    }

    /** What is counted. */
    public String unit() {
        return unit;
    }

    public int least() {
        return least;
    }

    public int most() {
        return most;
    }

    /** Whether pen tells it when asked. Without its argument the last of them crashes pen. */
    public boolean readable() {
        return this != PENDING_MAX && this != SSL_CLIENT_RENEGOTIATION_INTERVAL;
    }

    /** The amount that pen calls {@code word}. */
    public static Optional<Amount> named(String word) {
        for (Amount amount : values()) {
            if (amount.word.equals(word)) {
                return Optional.of(amount);
            }
        }
        return Optional.empty();
    }

    /** @throws IllegalArgumentException with the reason, if this release has no safe form of it */
    Order order(int value, PenVersion version) {
        Since.check(word, since, version);
        Wording.within(word, value, least, most);
        if (this == IDLERS && value > 0 && !version.before(PenVersion.V0_33)) {
            throw new IllegalArgumentException("idlers other than 0 crash pen from 0.33 on");
        }
        Order order = Order.of(word + " " + value);
        return switch (this) {
            case BLACKLIST -> order.with(Danger.BLACKLISTS_AGAIN);
            case CLIENTS_MAX -> order.with(Danger.CANNOT_BE_UNDONE);
            case CONN_MAX -> order.with(Danger.GROWS_CONNECTIONS);
            case CLIENT_ACL, CONTROL_ACL -> order.with(Danger.LOCKS_OUT);
            case DEBUG -> value < 2 ? order : order.with(Danger.SHOWS_TRAFFIC);
            case TARPIT_ACL -> value < 0 ? order : order.with(Danger.REPLACES_TRAFFIC);
            default -> order;
        };
    }

    /** @throws IllegalArgumentException if pen does not tell it */
    Command<Integer> question() {
        if (!readable()) {
            throw new IllegalArgumentException("pen does not tell its " + word);
        }
        return switch (this) {
            case IDLERS -> Questions.IDLERS_WANTED;
            case IDLE_TIMEOUT -> Questions.IDLE_TIMEOUT;
            case TARPIT_ACL -> Questions.TARPIT_ACL;
            default -> Command.asking(word, Cursor::onlyInt);
        };
    }
}
