package io.github.penagent.ctl;

import io.github.penagent.penctl.ClientTable;
import io.github.penagent.penctl.Command;
import io.github.penagent.penctl.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the doctor goes by: answers to questions that change nothing. What this release of pen does not answer is empty.
 *
 * @param all every slot, used or not
 * @param pids pen's process id at the start, in between and at the end
 * @param clients how many clients connected in the last {@value #RECENT_SECONDS} seconds
 * @param ipv6Client one of them with an IPv6 address, if there is any
 */
record Facts(
        StatedVersion version,
        List<Backend> all,
        Mode mode,
        List<Integer> pids,
        Optional<Integer> blacklist,
        Optional<Integer> timeout,
        Optional<Integer> tracking,
        Optional<Integer> connMax,
        Optional<Integer> clientsMax,
        Optional<Integer> clientAcl,
        Optional<Integer> controlAcl,
        Optional<Integer> debug,
        Optional<ControlAddress> control,
        int clients,
        Optional<String> ipv6Client) {
    /** pen's own default: a look back that fits any table at little cost. */
    static final int RECENT_SECONDS = 300;

    /** Asks everything, one question after the other. */
    static Facts read(Conversation pen) throws NoAnswer {
        List<Integer> pids = new ArrayList<>();
        pids.add(pen.ask(Command.pid()));
        List<Backend> all = Backend.all(pen.ask(Command.servers()));
        Mode mode = pen.ask(Command.mode());
        pids.add(pen.ask(Command.pid()));
        ClientTable clients = pen.ask(Command.recent(RECENT_SECONDS, new ClientTable()));
        Facts facts = new Facts(
                pen.version(),
                all,
                mode,
                pids,
                pen.askIfKnown(Command.blacklist()),
                pen.askIfKnown(Command.timeout()),
                pen.askIfKnown(Command.tracking()),
                pen.askIfKnown(Command.connMax()),
                pen.askIfKnown(Command.clientsMax()),
                pen.askIfKnown(Command.clientAcl()),
                pen.askIfKnown(Command.controlAcl()),
                pen.askIfKnown(Command.debug()),
                pen.askIfKnown(Command.control()).map(ControlAddress::new),
                clients.size(),
                ipv6(clients));
        pids.add(pen.ask(Command.pid()));
        return facts;
    }

    /** The slots that have a backend. */
    List<Backend> backends() {
        return all.stream().filter(Backend::used).toList();
    }

    /** Whether pen remembers which client went where. */
    boolean sticky() {
        return !mode.roundrobin();
    }

    /** Established connections to all backends, as pen counts them. */
    int connections() {
        return backends().stream().mapToInt(Backend::connections).sum();
    }

    private static Optional<String> ipv6(ClientTable clients) {
        return IntStream.range(0, clients.size())
                .mapToObj(clients::client)
                .filter(client -> client.indexOf(':') >= 0)
                .findFirst();
    }
}
