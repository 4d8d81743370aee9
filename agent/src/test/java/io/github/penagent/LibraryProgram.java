package io.github.penagent;

import io.github.penagent.penctl.Answer;
import io.github.penagent.penctl.Endpoint;
import io.github.penagent.penctl.Limits;
import io.github.penagent.penctl.OneServer;
import io.github.penagent.penctl.Pen;
import io.github.penagent.penctl.PenVersion;
import io.github.penagent.penctl.ServerRow;
import io.github.penagent.penctl.Transport;
import io.netty.channel.epoll.Epoll;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * A program that has the library and nothing else of the agent; {@link LibraryJarIT} runs it. One class, so that one file is all
 * of it.
 */
final class LibraryProgram {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private LibraryProgram() {}

    /** The target, an address that is not yet among its servers, and names of classes that must not be there. */
    public static void main(String[] arguments) {
        System.out.println("epoll " + Epoll.isAvailable());
        for (String name : List.of(arguments).subList(2, arguments.length)) {
            System.out.println(name + (there(name) ? " is there" : " is absent"));
        }
        try (Transport transport = Transport.create(1)) {
            Pen pen = Pen.over(
                    transport.client(Endpoint.parse(arguments[0]), Duration.ofSeconds(2)), PenVersion.of("0.34.1"));
            String address = arguments[1];
            OneServer one = pen.servers().at(address);
            list(pen)
                    .then(pen.servers().add(address, new Limits(100, 120, 0, 0)))
                    .doOnNext(System.out::println)
                    .then(one.max(50))
                    .doOnNext(System.out::println)
                    .then(list(pen))
                    .then(one.remove())
                    .doOnNext(System.out::println)
                    .then(one.max(60))
                    .doOnNext(System.out::println)
                    .then(list(pen))
                    .block(PATIENCE);
        }
    }

    private static Mono<Answer<List<ServerRow>>> list(Pen pen) {
        return pen.servers()
                .list()
                .doOnNext(answer -> System.out.println(
                        answer instanceof Answer.Ok<List<ServerRow>> ok
                                ? ok.value().stream().map(ServerRow::address).toList()
                                : answer));
    }

    private static boolean there(String name) {
        try {
            Class.forName(name, false, LibraryProgram.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
