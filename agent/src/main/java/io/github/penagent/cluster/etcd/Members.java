package io.github.penagent.cluster.etcd;

import io.vertx.core.Future;
import java.net.URI;
import java.util.List;

/** Who may be asked: the one that answered last, then the others in turn, each with a part of the time that is left. */
final class Members {
    private final List<URI> all;
    private int preferred;

    Members(List<URI> all) {
        this.all = List.copyOf(all);
    }

    /** Asks one member. */
    interface Asking<T> {
        Future<T> ask(URI member, Deadline until);
    }

    /**
     * Until one answers. Whatever is asked must do no harm when it is done twice: a member that did not answer may have done it.
     *
     * @param what for messages
     */
    <T> Future<T> ask(String what, Deadline until, Asking<T> asking) {
        return attempt(new Attempt(what, preferred, 0, ""), until, asking);
    }

    private <T> Future<T> attempt(Attempt attempt, Deadline until, Asking<T> asking) {
        int index = (attempt.first() + attempt.tried()) % all.size();
        URI member = all.get(index);
        boolean last = attempt.tried() == all.size() - 1;
        return asking.ask(member, last ? until : until.half())
                .onSuccess(answer -> preferred = index)
                .recover(e -> {
                    Fault fault = Fault.of(e);
                    Attempt next = attempt.failed(member, fault);
                    return last || fault.kind() != Fault.Kind.UNANSWERED || until.isOver()
                            ? Future.failedFuture(new EtcdFailure(next.complaints(), fault.code()))
                            : attempt(next, until, asking);
                });
    }

    /**
     * How far one question has come.
     *
     * @param complaints of those that were tried, each with its member
     */
    private record Attempt(String what, int first, int tried, String complaints) {
        Attempt failed(URI member, Fault fault) {
            String said = member + ": " + fault.text();
            return new Attempt(
                    what, first, tried + 1, complaints.isEmpty() ? what + ": " + said : complaints + "; " + said);
        }
    }
}
