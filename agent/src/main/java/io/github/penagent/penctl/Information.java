package io.github.penagent.penctl;

import reactor.core.publisher.Mono;

/**
 * What pen can be asked, and the actions that are neither settings nor servers. Questions are repeated up to five times
 * while their answer is lost; the actions are not. Numbers out of range are an {@link IllegalArgumentException} of the call
 * in questions, and {@link Outcome.Refused} in actions.
 */
public final class Information {
    private final Desk desk;

    Information(Desk desk) {
        this.desk = desk;
    }

    /**
     * The clients whose last accept was at most {@code seconds} ago.
     *
     * @param seconds 0 to {@value Command#MAX_RECENT_SECONDS}
     */
    public Mono<Answer<ClientTable>> recent(int seconds) {
        Command<ClientTable> command = Command.recent(seconds, new ClientTable());
        return desk.ask(command);
    }

    /**
     * pen's status page. Costs pen over ten times what {@code servers} and {@code recent} do, and it first writes the page
     * into its file: a failure without one, see {@link Tuning#webStats}.
     */
    public Mono<Answer<StatusPage>> status() {
        return desk.ask(Questions.STATUS);
    }

    /** How pen picks a server. */
    public Mono<Answer<Mode>> mode() {
        return desk.ask(Command.mode());
    }

    /**
     * What a number is set to.
     *
     * @throws IllegalArgumentException if pen does not tell it: {@link Amount#readable()}
     */
    public Mono<Answer<Integer>> amount(Amount amount) {
        return desk.ask(amount.question());
    }

    /** Idle connections to servers, there and wanted. Since 0.27. */
    public Mono<Answer<Idlers>> idlers() {
        return desk.ask(Questions.IDLERS);
    }

    /**
     * One entry of the table of connections; the numbers go from 0 to {@link Amount#CONN_MAX}, exclusive. Since 0.27.
     *
     * @param number 0 or more
     */
    public Mono<Answer<ConnectionState>> connection(int number) {
        return desk.ask(Questions.connection(number));
    }

    /**
     * The number of the connection that a socket of pen belongs to, -1 for none. Since 0.27.
     *
     * @param fd 0 or more
     */
    public Mono<Answer<Integer>> socket(int fd) {
        return desk.ask(Questions.socket(fd));
    }

    /** The log file, the host of a log over the network, or an empty text. */
    public Mono<Answer<String>> log() {
        return Questions.optional(desk, Questions.LOG);
    }

    /** The file of the status page, or an empty text. */
    public Mono<Answer<String>> webStats() {
        return Questions.optional(desk, Questions.WEB_STATS);
    }

    public Mono<Answer<Integer>> pid() {
        return desk.ask(Command.pid());
    }

    /** Where pen listens for clients, as it was told. */
    public Mono<Answer<String>> listen() {
        return desk.ask(Command.listen());
    }

    /** Where pen listens for control connections, as it was told. */
    public Mono<Answer<String>> control() {
        return desk.ask(Command.control());
    }

    /**
     * Ends pen, if it was started with {@code -X}. {@link Danger#STOPS_PEN}. Confirmed when nobody takes the connection any
     * more, or another process answers.
     */
    public Mono<Outcome> exit() {
        return new Ending(desk).exit();
    }

    /**
     * Closes a connection that is in use. {@link Danger#CLOSES_CONNECTION}: by the time the command arrives the number may
     * belong to another one. Since 0.27.
     *
     * @param number 0 or more
     */
    public Mono<Outcome> close(int number) {
        return new Ending(desk).close(number);
    }

    /**
     * Has pen run the commands in a file of its machine, unchecked and with their replies on its own output. {@link
     * Danger#READS_FILE}: a file that includes itself crashes pen, a pipe hangs it.
     *
     * @param path absolute
     */
    public Mono<Outcome> include(String path) {
        return Change.of(
                        desk,
                        () -> Order.of("include " + Wording.path(path)).once().with(Danger.READS_FILE))
                .unseen();
    }

    /** Writes part of pen's configuration over the file it was started with, if any. {@link Danger#WRITES_FILE}. */
    public Mono<Outcome> write() {
        return Change.of(desk, () -> Order.of("write").with(Danger.WRITES_FILE)).unseen();
    }

    /**
     * Writes part of pen's configuration into a file of its machine. {@link Danger#WRITES_FILE}. pen does not say whether it
     * could.
     *
     * @param path absolute
     */
    public Mono<Outcome> write(String path) {
        return Change.of(desk, () -> Order.of("write " + Wording.path(path)).with(Danger.WRITES_FILE))
                .unseen();
    }
}
