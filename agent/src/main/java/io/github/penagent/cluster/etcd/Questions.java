package io.github.penagent.cluster.etcd;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** Puts questions to whichever member answers, as whoever this agent is to etcd. Fails with an {@link EtcdFailure}; on the event loop alone. */
final class Questions {
    /** Of many that belong together, at the same time. */
    private static final int LANES = 4;

    private final Http http;
    private final Session session;
    private final Members members;

    Questions(Http http, EtcdSettings settings) {
        this.http = http;
        session = new Session(http, settings.login());
        members = new Members(settings.endpoints());
    }

    Future<Answer> ask(Call call, Deadline until) {
        return members.ask(
                call.path(),
                until,
                (member, limit) -> session.with(member, limit, token -> http.ask(member, call, token, limit)));
    }

    Future<Stream> follow(Call call, Deadline until) {
        return members.ask(
                call.path(),
                until,
                (member, limit) -> session.with(member, limit, token -> http.follow(member, call, token, limit)));
    }

    /** All of them, a few at a time; answers in the order of the questions. After a failure no more are asked. */
    Future<List<Answer>> askAll(List<Call> calls, Deadline until) {
        Answer[] answers = new Answer[calls.size()];
        Iterator<Integer> next = IntStream.range(0, calls.size()).iterator();
        List<Future<Void>> lanes = new ArrayList<>();
        for (int i = 0; i < LANES; i++) {
            lanes.add(lane(calls, answers, next, until));
        }
        return Future.all(lanes).map(all -> List.of(answers));
    }

    private Future<Void> lane(List<Call> calls, Answer[] answers, Iterator<Integer> next, Deadline until) {
        if (!next.hasNext()) {
            return Future.succeededFuture();
        }
        int index = next.next();
        return ask(calls.get(index), until)
                .onSuccess(answer -> answers[index] = answer)
                .onFailure(e -> next.forEachRemaining(skipped -> {}))
                .compose(answer -> lane(calls, answers, next, until));
    }
}
