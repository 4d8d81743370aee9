package io.github.penagent.penctl;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** Which server is meant, as far as that can be told before pen is read. */
sealed interface Target {
    /** Far more than any pen has, and far less than what makes one grow for ever. */
    int LAST_SLOT = 65_535;

    /** The plan for the one server that is meant, or a refusal. */
    Plan in(PenState state, Function<ServerRow, Plan> plan);

    /** Reads an address; a host name is looked up on this side. Never an error signal. */
    static Mono<Target> at(String text, Desk desk) {
        ServerAddress address;
        try {
            address = ServerAddress.parse(text);
        } catch (IllegalArgumentException e) {
            return Mono.just(new Wrong("not an address of a server: " + e.getMessage()));
        }
        return address instanceof ServerAddress.Name name ? lookedUp(name, desk) : Mono.just(new Address(address));
    }

    private static Mono<Target> lookedUp(ServerAddress.Name name, Desk desk) {
        return desk.address(name.host())
                .<Target>map(found -> new Address(new ServerAddress.Ip(ServerAddress.single(found), name.port())))
                .onErrorResume(e -> Mono.just(new Wrong(name.host() + " has no usable address: " + e.getMessage())));
    }

    /** A number or a path. */
    record Address(ServerAddress address) implements Target {
        @Override
        public Plan in(PenState state, Function<ServerRow, Plan> plan) {
            List<ServerRow> found = rows(state);
            return switch (found.size()) {
                case 0 -> Plan.Done.refused(address + " is not among the servers");
                case 1 -> plan.apply(found.get(0));
                default -> Plan.Done.refused(address + " is in several slots (" + slots(found) + "): name one of them");
            };
        }

        List<ServerRow> rows(PenState state) {
            String text = address.toString();
            return state.rows().stream()
                    .filter(row -> row.used() && row.address().equals(text))
                    .toList();
        }

        static String slots(List<ServerRow> rows) {
            return rows.stream().map(row -> Integer.toString(row.slot())).collect(Collectors.joining(", "));
        }
    }

    /** A place in pen's table, in use or not. */
    record Slot(int slot) implements Target {
        @Override
        public Plan in(PenState state, Function<ServerRow, Plan> plan) {
            if (!state.has(slot) || slot > LAST_SLOT) {
                return Plan.Done.refused("there is no slot " + slot + ": this pen has "
                        + state.rows().size());
            }
            ServerRow row = state.rows().get(slot);
            return row.used() ? plan.apply(row) : Plan.Done.refused("there is no server in slot " + slot);
        }
    }

    /** Nothing that a server could be found by. */
    record Wrong(String why) implements Target {
        @Override
        public Plan in(PenState state, Function<ServerRow, Plan> plan) {
            return Plan.Done.refused(why);
        }
    }
}
