package io.github.penagent.ctl;

import io.github.penagent.ctl.Backend.State;
import io.github.penagent.penctl.Command;
import java.util.List;
import java.util.function.UnaryOperator;

/** pen's backends with their limits and counters. */
@picocli.CommandLine.Command(
        header = "The backends: connections, limits, weights, bytes.",
        description = {
            "SENT are bytes to the backend, RECEIVED those from it, since pen started. A dash under SOFT or HARD is no limit.",
            "STATE is serving, full (at a limit), drained (soft limit below 0) or gap (made by naming a later slot). "
                    + "What pen has blacklisted does not show."
        })
final class ServersCommand extends CtlCommand {
    @Override
    Report run(Conversation pen) throws NoAnswer {
        List<Backend> all = Backend.all(pen.ask(Command.servers()));
        return Report.of(
                text(all, pen.style()),
                Json.object("servers", all.stream().map(Backend::json).toList()));
    }

    private static String text(List<Backend> all, Style style) {
        Table table = new Table()
                .right("SLOT")
                .left("ADDRESS")
                .left("STATE")
                .right("CONN")
                .right("SOFT")
                .right("HARD")
                .right("WEIGHT")
                .right("PRIO")
                .right("SENT")
                .right("RECEIVED");
        all.stream()
                .filter(backend -> backend.state() != State.UNUSED)
                .forEach(b -> table.painted(
                        paint(b.state(), style),
                        Integer.toString(b.slot()),
                        b.address(),
                        b.state().word(),
                        Integer.toString(b.connections()),
                        Backend.limit(b.soft()),
                        Backend.limit(b.hard()),
                        b.weight(),
                        b.prio(),
                        Units.bytes(b.sent()),
                        Units.bytes(b.received())));
        return table.text(style) + unused(all);
    }

    static UnaryOperator<String> paint(State state, Style style) {
        return switch (state) {
            case SERVING -> UnaryOperator.identity();
            case FULL -> style::yellow;
            case GAP -> style::red;
            case DRAINED, UNUSED -> style::dim;
        };
    }

    private static String unused(List<Backend> all) {
        long unused = all.stream().filter(b -> b.state() == State.UNUSED).count();
        return unused == 0 ? "" : unused + (unused == 1 ? " unused slot" : " unused slots") + " not shown\n";
    }
}
