package io.github.penagent.demo;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Pen 0.34.1 with epoll, without its sockets: its servers and clients with their counters, how it picks a server, and
 * what its control port replies, byte for byte. Seconds since 1970 come in as arguments. Not thread safe.
 *
 * <p>Not modelled: access and tarpit lists, emergency and abuse servers, idlers, TLS, UDP, the {@code connection} and {@code
 * close} commands, host names, the web statistics file, and whatever kills a real pen or moves its listener. Tables end
 * at 16,384 servers and 65,536 clients or connections; commands that ask for more are ignored.
 */
public final class PenModel {
    private final Settings settings = new Settings();
    private final Servers servers = new Servers(settings);
    private final Clients clients = new Clients(settings);
    private final Interpreter interpreter;
    private int connections;
    private int pending;

    /**
     * A pen that was just started with no server and all defaults; commands add the rest.
     *
     * @param pid what {@code pid} replies
     * @param control what {@code control} replies, such as {@code 127.0.0.1:8888}
     * @param listen what {@code listen} replies
     */
    public PenModel(long pid, String control, String listen) {
        interpreter = new Interpreter(settings, servers, clients, new Interpreter.Identity(pid, control, listen));
    }

    /**
     * Runs one command, each character a byte (ISO 8859-1).
     *
     * @return the whole reply; empty for most commands that change something
     */
    public String execute(String command, long nowSeconds) {
        return interpreter.execute(command, nowSeconds);
    }

    /** Whether pen accepts connections at all: neither too many are open nor too many connects under way or leaked. */
    public boolean accepting() {
        return connections < settings.get(Setting.CONN_MAX) && pending < settings.get(Setting.PENDING_MAX);
    }

    /**
     * A client connected from the given numeric address and port.
     *
     * @return what to do with it, or nothing if no server takes it, in which case the client sees its connection closed
     */
    public Optional<Connection> accept(String client, int port, long nowSeconds) {
        InetAddress address = IpLiteral.read(client);
        if (address == null) {
            throw new IllegalArgumentException("not a numeric address: " + client);
        }
        Client known = clients.accepted(address, nowSeconds);
        int first = servers.first(known, port, nowSeconds);
        int slot = servers.takes(known, first, nowSeconds) ? first : servers.next(known, first, first, nowSeconds);
        if (slot == Servers.NONE) {
            return Optional.empty();
        }
        connections++;
        connectBegan();
        return Optional.of(new Connection(this, known, first, slot));
    }

    /**
     * Whether pen would not send new connections to this slot because it failed or a command said so. A real pen shows
     * this only in its web statistics.
     */
    public boolean blacklisted(int slot, long nowSeconds) {
        return servers.blacklisted(slot, nowSeconds);
    }

    Servers servers() {
        return servers;
    }

    void connectBegan() {
        pending++;
    }

    void connectEnded() {
        pending--;
    }

    void connectionEnded() {
        connections--;
    }
}
