package io.github.penagent.penctl;

import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/**
 * One line for a pen's control port together with the reader of its reply. Instances come only from the factories
 * below, all of which leave every version of pen alive and its traffic alone.
 */
public final class Command<T> {
    /** The longest look back that {@code recent} takes; past the unix time pen lists its empty slots. */
    public static final int MAX_RECENT_SECONDS = 86_400;

    /** The last slot that {@link #blacklist(int, int)} names: pen's number has five digits there at most. */
    public static final int MAX_SLOT = 99_999;

    /** Eleven days: more than anybody sets a clock back, or a blacklist time to. */
    private static final int LONG_AGO_SECONDS = -1_000_000;

    /** The longest lease that {@link #blacklist(int, int)} gives. */
    public static final int MAX_LEASE_SECONDS = 300;

    /** The most that {@link #pendingMax} makes room for. */
    public static final int MAX_PENDING = 1_000_000_000;

    private static final Command<Mode> MODE = new Command<>("mode", Mode::parse);
    private static final Command<Integer> PID = new Command<>("pid", Cursor::onlyInt);
    private static final Command<Integer> BLACKLIST = new Command<>("blacklist", Cursor::onlyInt);
    private static final Command<Integer> CONN_MAX = new Command<>("conn_max", Cursor::onlyInt);
    private static final Command<Integer> CLIENTS_MAX = new Command<>("clients_max", Cursor::onlyInt);
    private static final Command<Integer> TIMEOUT = new Command<>("timeout", Cursor::onlyInt);
    private static final Command<Integer> TRACKING = new Command<>("tracking", Cursor::onlyInt);
    private static final Command<Integer> CLIENT_ACL = new Command<>("client_acl", Cursor::onlyInt);
    private static final Command<Integer> CONTROL_ACL = new Command<>("control_acl", Cursor::onlyInt);
    private static final Command<Integer> DEBUG = new Command<>("debug", Cursor::onlyInt);
    private static final Command<String> LISTEN = new Command<>("listen", Cursor::onlyText);
    private static final Command<String> CONTROL = new Command<>("control", Cursor::onlyText);

    private final String text;
    private final byte[] line;
    private final Reader<T> reader;
    private final BooleanSupplier wanted;

    private Command(String text, Reader<T> reader) {
        this(text, reader, () -> true);
    }

    private Command(String text, Reader<T> reader, BooleanSupplier wanted) {
        this.text = text;
        this.line = (text + "\n").getBytes(StandardCharsets.US_ASCII);
        this.reader = reader;
        this.wanted = wanted;
    }

    /** All slots with their counters, into a table of its own. */
    public static Command<ServerTable> servers() {
        return servers(new ServerTable());
    }

    /** All slots with their counters, into {@code table}, which is overwritten by each answer: no garbage per line. */
    public static Command<ServerTable> servers(ServerTable table) {
        return new Command<>("servers", table::read);
    }

    /**
     * The clients whose last accept was at most {@code seconds} ago, into {@code table}, which is overwritten.
     *
     * @param seconds 0 to {@value #MAX_RECENT_SECONDS}; 0 is the current second
     */
    public static Command<ClientTable> recent(int seconds, ClientTable table) {
        if (seconds < 0 || seconds > MAX_RECENT_SECONDS) {
            throw new IllegalArgumentException("recent takes 0 to " + MAX_RECENT_SECONDS + " seconds, not " + seconds);
        }
        return new Command<>("recent " + seconds, table::read);
    }

    /** How pen picks a server. */
    public static Command<Mode> mode() {
        return MODE;
    }

    /** pen's process id, as pen itself sees it. */
    public static Command<Integer> pid() {
        return PID;
    }

    /** For how many seconds pen avoids a server whose connect failed. */
    public static Command<Integer> blacklist() {
        return BLACKLIST;
    }

    /** How many simultaneous connections pen takes. */
    public static Command<Integer> connMax() {
        return CONN_MAX;
    }

    /** How many clients pen remembers. */
    public static Command<Integer> clientsMax() {
        return CLIENTS_MAX;
    }

    /** For how many seconds pen waits for a server to take a connection. */
    public static Command<Integer> timeout() {
        return TIMEOUT;
    }

    /** For how many seconds pen remembers a client; 0 for ever. */
    public static Command<Integer> tracking() {
        return TRACKING;
    }

    /** The number of the access list that clients are held against. */
    public static Command<Integer> clientAcl() {
        return CLIENT_ACL;
    }

    /** The number of the access list that control connections over TCP are held against. */
    public static Command<Integer> controlAcl() {
        return CONTROL_ACL;
    }

    /** How much pen logs; from 2 on each event, from 3 on the traffic. */
    public static Command<Integer> debug() {
        return DEBUG;
    }

    /** Where pen listens for traffic, as it was told. */
    public static Command<String> listen() {
        return LISTEN;
    }

    /** Where pen listens for control connections, as it was told. */
    public static Command<String> control() {
        return CONTROL;
    }

    /**
     * pen's status page. Costs pen over ten times what {@code servers} does, and it first writes the page into its file: a
     * failure without one.
     */
    public static Command<StatusPage> status() {
        return Questions.STATUS;
    }

    /**
     * Has pen avoid a slot for a while, or no longer; the value is what pen replies, nothing as a rule, which says nothing
     * about success. Only for a slot that pen has just listed as used: any other would be created.
     *
     * @param slot 0 to {@value #MAX_SLOT}
     * @param seconds 2 to {@value #MAX_LEASE_SECONDS}, or 0 to end it; pen rounds, so that one may be over at once. An end is
     *     sent as a time long past: after {@code blacklist 0} pen would avoid the slot again as soon as its clock is set back or its
     *     global blacklist time is raised
     */
    public static Command<String> blacklist(int slot, int seconds) {
        Wording.within("the slot", slot, 0, MAX_SLOT);
        if (seconds != 0) {
            Wording.within("the time", seconds, 2, MAX_LEASE_SECONDS);
        }
        int wanted = seconds == 0 ? LONG_AGO_SECONDS : seconds;
        return new Command<>("server " + slot + " blacklist " + wanted, Cursor::anything);
    }

    /**
     * Has pen make room for so many connects under way; the value is what pen replies, nothing as a rule. pen takes no memory
     * for it, and shows it nowhere.
     *
     * @param places 1 to {@value #MAX_PENDING}
     */
    public static Command<String> pendingMax(int places) {
        return new Command<>(
                "pending_max " + Wording.within("the number of places", places, 1, MAX_PENDING), Cursor::anything);
    }

    /**
     * The same, but given up instead of sent if {@code wanted} says so when its turn comes: it may have waited behind others.
     *
     * @param wanted asked once, on the thread that sends, right before the connection opens
     */
    public Command<T> onlyIf(BooleanSupplier wanted) {
        return new Command<>(text, reader, wanted);
    }

    /** A change; the value is whatever pen replies, unread. */
    static Command<String> order(Order order) {
        return new Command<>(order.text(), Cursor::anything);
    }

    /** A harmless question of this package, with a reader for its reply. */
    static <T> Command<T> asking(String question, Reader<T> reader) {
        return new Command<>(question, reader);
    }

    /** The line as sent, with its newline. */
    byte[] line() {
        return line;
    }

    /** Whether it is still to be sent; to be asked once, right before. */
    boolean wanted() {
        return wanted.getAsBoolean();
    }

    T read(byte[] reply, int length) throws UnreadableReply {
        return reader.read(new Cursor(reply, length));
    }

    @Override
    public String toString() {
        return text;
    }

    /** Turns a whole reply into its value. */
    interface Reader<T> {
        T read(Cursor reply) throws UnreadableReply;
    }
}
