package io.github.penagent.penctl;

import java.net.InetAddress;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A control port at which something happens right before the next change is sent, once. */
final class Meddling implements Control {
    private final Control control;
    private Runnable event = () -> {};

    Meddling(Control control) {
        this.control = control;
    }

    /** To happen after pen was read and before it is told. */
    void beforeNextChange(Runnable what) {
        event = what;
    }

    @Override
    public <T> Mono<Answer<T>> ask(Command<T> command) {
        return command.toString().startsWith("server ")
                ? Mono.fromRunnable(this::happen)
                        .subscribeOn(Schedulers.boundedElastic())
                        .then(control.ask(command))
                : control.ask(command);
    }

    @Override
    public Mono<InetAddress> address(String host) {
        return control.address(host);
    }

    private void happen() {
        Runnable now = event;
        event = () -> {};
        now.run();
    }
}
