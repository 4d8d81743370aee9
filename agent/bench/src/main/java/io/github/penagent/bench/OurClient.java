package io.github.penagent.bench;

import io.github.penagent.metrics.Page;
import io.github.penagent.penctl.Answer;
import io.github.penagent.penctl.Command;
import io.github.penagent.penctl.Endpoint;
import io.github.penagent.penctl.PenClient;
import io.github.penagent.penctl.ServerTable;
import io.github.penagent.penctl.Transport;
import io.github.penagent.poll.WarmUp;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/** The agent's control client, which reads and checks every word of a reply, by itself. */
final class OurClient implements Asker {
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private final Transport transport = Transport.create(1);
    private final List<Pen> pens;

    private record Pen(PenClient client, ServerTable table, Command<ServerTable> servers) {}

    OurClient(List<Integer> ports) {
        pens = ports.stream()
                .map(port -> new Endpoint.Tcp("127.0.0.1", port))
                .map(endpoint -> pen(transport.client(endpoint, DEADLINE)))
                .toList();
    }

    private static Pen pen(PenClient client) {
        ServerTable table = new ServerTable();
        return new Pen(client, table, Command.servers(table));
    }

    @Override
    public void prepare() {
        WarmUp.run(transport, new Page()::changed).block();
    }

    @Override
    public Mono<Integer> ask(int pen) {
        return pens.get(pen).client().ask(pens.get(pen).servers()).map(OurClient::lines);
    }

    private static int lines(Answer<ServerTable> answer) {
        if (answer instanceof Answer.Ok<ServerTable> ok) {
            return ok.value().size();
        }
        throw new IllegalStateException("a pen was not read: " + answer);
    }

    @Override
    public Totals last(int pen) {
        return Totals.of(pens.get(pen).table());
    }

    @Override
    public void close() {
        transport.close();
    }
}
