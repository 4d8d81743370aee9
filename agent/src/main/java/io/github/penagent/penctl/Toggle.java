package io.github.penagent.penctl;

import java.util.Optional;

/**
 * What pen can switch on and off while it runs, in the words of {@code penctl}'s manual page. {@link Tuning#turn} sends
 * them. The five that {@code mode} prints can be read back; of the others no reply of pen shows anything.
 */
public enum Toggle {
    /** The first server of a client is chosen by a hash of its address. In {@code mode}. */
    HASH("hash", PenVersion.V0_21),
    /** Adds X-Forwarded-For headers to HTTP requests. */
    HTTP("http", PenVersion.V0_21),
    /** Servers in turn, without remembering clients. In {@code mode}. */
    ROUNDROBIN("roundrobin", PenVersion.V0_21),
    /** A client whose server is unavailable is closed instead of failed over. In {@code mode}. */
    STUBBORN("stubborn", PenVersion.V0_21),
    /** Servers by weight; refused while no server has one, since pen would then refuse every new client. In {@code mode}. */
    WEIGHT("weight", PenVersion.V0_21),
    /** The server with the lowest priority number first. In {@code mode}. */
    PRIO("prio", PenVersion.V0_21),
    /** Dumps of traffic, at {@link Amount#DEBUG} 3, as text instead of hexadecimal. */
    ASCII("ascii", PenVersion.V0_21),
    /** SO_KEEPALIVE on new connections to servers. Since 0.27. */
    KEEPALIVE("keepalive", PenVersion.V0_27),
    /** TCP_NODELAY on new connections. Since 0.27. */
    TCP_NODELAY("tcp_nodelay", PenVersion.V0_27),
    /** The client's address as source towards IPv4 servers; needs privileges that pen gives up with {@code -u}. Since 0.29. */
    TRANSPARENT("transparent", PenVersion.V0_29),
    /** A fatal error leaves a core file. Since 0.27. */
    ABORT_ON_ERROR("abort_on_error", PenVersion.V0_27),
    /**
     * pen answers as a web server itself: {@link Danger#REPLACES_TRAFFIC} to switch on. Refused while pen logs, since it then
     * looks for a server where there is none. Since 0.27.
     */
    DUMMY("dummy", PenVersion.V0_27),
    /**
     * Waits for the client to speak before a server is chosen. Can only be switched off: no pen goes on after waiting, so
     * that every new client would hang for ever. Since 0.34.
     */
    PEEK("peek", PenVersion.V0_34),
    /** Blocking sockets. Nothing since 0.26, and before that never safe to switch on. In {@code mode} until then. */
    BLOCK("block", PenVersion.V0_21),
    /** Forwards in the next round only. Nothing since 0.26. In {@code mode} until then. */
    DELAYED_FORWARD("delayed_forward", PenVersion.V0_21);

    private final String word;
    private final PenVersion since;

    Toggle(String word, PenVersion since) {
        this.word = word;
        this.since = since;
    }

    /** pen's own word, such as {@code tcp_nodelay}. */
    public String word() {
        return word;
    }

    /** The toggle that pen calls {@code word}. */
    public static Optional<Toggle> named(String word) {
        for (Toggle toggle : values()) {
            if (toggle.word.equals(word)) {
                return Optional.of(toggle);
            }
        }
        return Optional.empty();
    }

    /** How {@code mode} shows it; empty if it does not. */
    public Optional<Boolean> in(Mode mode) {
        String text = " " + mode.text() + " ";
        if (text.contains(" no " + word + " ")) {
            return Optional.of(false);
        }
        return text.contains(" " + word + " ") ? Optional.of(true) : Optional.empty();
    }

    /** Whether {@code mode} of this release prints it. */
    boolean shownBy(PenVersion version) {
        return switch (this) {
            case HASH, ROUNDROBIN, STUBBORN, WEIGHT, PRIO -> true;
            case BLOCK, DELAYED_FORWARD -> version.before(PenVersion.V0_27);
            default -> false;
        };
    }

    /** @throws IllegalArgumentException with the reason, if this release has no safe form of it */
    Order order(boolean on, PenVersion version) {
        Since.check(word, since, version);
        if (on && this == PEEK) {
            throw new IllegalArgumentException("with peek every new client hangs: no pen goes on after it has waited");
        }
        if (this == BLOCK || this == DELAYED_FORWARD) {
            obsolete(on, version);
        }
        Order order = Order.of(on ? word : "no " + word);
        return on && this == DUMMY ? order.with(Danger.REPLACES_TRAFFIC) : order;
    }

    private void obsolete(boolean on, PenVersion version) {
        if (!version.before(PenVersion.V0_27)) {
            throw new IllegalArgumentException(word + " does nothing since 0.26");
        }
        if (on && this == BLOCK) {
            throw new IllegalArgumentException("block lets one slow peer stop pen for everybody");
        }
    }
}
