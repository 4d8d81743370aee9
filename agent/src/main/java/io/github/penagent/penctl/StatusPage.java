package io.github.penagent.penctl;

import java.time.LocalDateTime;
import java.util.List;

/**
 * pen's status page, read.
 *
 * @param time on pen's machine, in its time zone, which pen does not say
 * @param current the slot that pen picked last
 * @param clientsMax how many clients pen remembers
 * @param connectionsMax how many connections it takes
 * @param connectionsUsed how many there are
 * @param connectionsLast the number that the newest one got
 */
public record StatusPage(
        LocalDateTime time,
        int current,
        List<Server> servers,
        int clientsMax,
        List<Client> clients,
        int connectionsMax,
        int connectionsUsed,
        int connectionsLast,
        List<Connection> connections) {

    public StatusPage {
        servers = List.copyOf(servers);
        clients = List.copyOf(clients);
        connections = List.copyOf(connections);
    }

    /**
     * One slot.
     *
     * @param failed unix time in seconds of the last failed connect, 0 for never, or what {@code server N blacklist T} made
     *     of it: the blacklist ends at this plus {@link Amount#BLACKLIST}
     * @param sent bytes to the server, unsigned
     * @param received bytes from the server, unsigned
     */
    public record Server(
            int slot,
            String address,
            int failed,
            int port,
            int connections,
            int max,
            int hard,
            long sent,
            long received,
            int weight,
            int prio) {

        /** Whether the slot has no server, as {@link ServerTable#unused} says. */
        public boolean unused() {
            return ServerTable.unused(address, port);
        }

        /** {@code host:port}, {@code [v6]:port}, or the socket path, as {@link ServerTable#hostPort} says. */
        public String hostPort() {
            return ServerTable.hostPort(address, port);
        }
    }

    /**
     * One remembered client.
     *
     * @param address {@link ClientTable#UNKNOWN} for clients of a unix socket
     * @param ageSeconds since its last accept
     * @param server the slot it had last, -1 for none
     * @param sent bytes to the client, unsigned
     * @param received bytes from the client, unsigned
     */
    public record Client(
            int row, String address, long ageSeconds, int server, int connects, long sent, long received) {}

    /**
     * One connection in use.
     *
     * @param pendingDown bytes kept for the client
     * @param pendingUp bytes kept for the server
     */
    public record Connection(
            int number, int downFd, int upFd, int pendingDown, int pendingUp, int client, int server) {}
}
