package io.github.penagent.penctl;

/**
 * What a legitimate command can do to a pen or its users. A command with dangers is refused unless the caller accepts
 * each of them by name.
 */
public enum Danger {
    STOPS_PEN("pen ends, and with it all its connections"),
    MOVES_LISTENER("the old address is closed at once, and pen exits if the new one cannot be had"),
    WRITES_FILE("pen creates or overwrites a file with its own rights; it exits if a log file cannot be opened"),
    READS_FILE("pen runs every line of a file, without any of the checks made here"),
    REPLACES_TRAFFIC("pen answers clients itself instead of forwarding"),
    GROWS_CONNECTIONS("work arrays keep their size at start: many connections that end together then crash pen"),
    GROWS_SERVER_TABLE("the table of servers never shrinks again"),
    BLACKLISTS_AGAIN("a changed global time moves the end of every blacklist, and revives old ones when raised"),
    LOCKS_OUT("clients, or the caller itself, may be denied from now on"),
    CLOSES_CONNECTION("a client's connection is cut; on one not in use pen's counts go wrong"),
    SHOWS_TRAFFIC("pen logs events, and from level 3 on the content of connections"),
    CANNOT_BE_UNDONE("only a restart takes it back");

    private final String meaning;

    Danger(String meaning) {
        this.meaning = meaning;
    }

    /** In words, for error messages and help. */
    public String meaning() {
        return meaning;
    }
}
