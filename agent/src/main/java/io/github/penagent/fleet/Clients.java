package io.github.penagent.fleet;

import java.util.List;

/**
 * A pen's clients at one reading.
 *
 * @param accepted connections accepted since this agent's first reading: a lower bound, since pen forgets clients
 * @param recent clients whose last accept lies in the window
 * @param rows the recent ones with the most connections first, as many as may be shown
 * @param dropped recent ones left out of {@code rows}
 * @param connects connections that pen remembers of all its clients, recent or not
 */
public record Clients(long accepted, int recent, List<Row> rows, int dropped, long connects) {
    public Clients {
        rows = List.copyOf(rows);
    }

    /** Where only what is shown matters. */
    public Clients(long accepted, int recent, List<Row> rows, int dropped) {
        this(accepted, recent, rows, dropped, 0);
    }

    /**
     * One client.
     *
     * @param address its IP address as pen prints it
     * @param connections accepted from it since pen last forgot it
     * @param sent bytes to the client
     * @param received bytes from the client
     */
    public record Row(String address, long connections, long sent, long received) {}
}
