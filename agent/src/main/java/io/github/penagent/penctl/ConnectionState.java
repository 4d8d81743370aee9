package io.github.penagent.penctl;

/**
 * One entry of pen's table of connections. An entry that is not in use keeps the client and server of the last one.
 *
 * @param number its index, from 0
 * @param state 0 not in use; else bits: 1 connecting, 2 connected, 4 server's end seen, 8 client's end seen, 16 UDP flow
 *     that may be recycled, 32 waiting for the client to speak; -1 for a number past the table
 * @param downFd pen's socket towards the client, -1 for none
 * @param upFd pen's socket towards the server, -1 for none
 * @param client the row in pen's table of clients, -1 for none
 * @param server the slot, -1 for none
 * @param pending the place in the queue of connects under way; a leftover otherwise
 */
public record ConnectionState(int number, int state, int downFd, int upFd, int client, int server, int pending) {

    static ConnectionState none(int number) {
        return new ConnectionState(number, -1, -1, -1, -1, -1, 0);
    }

    /** Whether pen's table has such a number. */
    public boolean exists() {
        return state >= 0;
    }

    public boolean inUse() {
        return state > 0;
    }
}
