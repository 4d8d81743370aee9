package io.github.penagent.cluster.etcd;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The token that stands for user and password: got when first needed, and anew when etcd does not know it any more. */
final class Session {
    private final Http http;
    private final Optional<EtcdSettings.Login> login;

    private @Nullable String token;

    Session(Http http, Optional<EtcdSettings.Login> login) {
        this.http = http;
        this.login = login;
    }

    /** Asks with a token if there is a login; once more with a new one if etcd refuses that. */
    <T> Future<T> with(URI member, Deadline until, Function<Optional<String>, Future<T>> asking) {
        if (login.isEmpty()) {
            return asking.apply(Optional.empty());
        }
        return token(member, until)
                .compose(first -> asking.apply(Optional.of(first)).recover(e -> {
                    if (Fault.of(e).kind() != Fault.Kind.TOKEN) {
                        return Future.failedFuture(e);
                    }
                    forget(first);
                    return token(member, until).compose(second -> asking.apply(Optional.of(second)));
                }));
    }

    private Future<String> token(URI member, Deadline until) {
        return token == null ? authenticate(member, until) : Future.succeededFuture(token);
    }

    private void forget(String word) {
        if (word.equals(token)) {
            token = null;
        }
    }

    private Future<String> authenticate(URI member, Deadline until) {
        EtcdSettings.Login who = login.orElseThrow();
        JsonObject body = new JsonObject()
                .put("name", who.user())
                .put("password", who.password().reveal());
        return http.ask(member, new Call("auth/authenticate", body), Optional.empty(), until)
                .map(answer -> answer.word("token"))
                .onSuccess(word -> token = word);
    }
}
