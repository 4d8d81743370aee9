package io.github.penagent.penctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;

/** Waits for answers, which only tests may do. */
final class Asking {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Asking() {}

    static <T> Answer<T> answer(Control control, Command<T> command) {
        return Objects.requireNonNull(control.ask(command).block(PATIENCE));
    }

    static <T> T value(Control control, Command<T> command) {
        Answer<T> answer = answer(control, command);
        assertThat(answer).as("%s", command).isInstanceOf(Answer.Ok.class);
        return ((Answer.Ok<T>) answer).value();
    }

    static Failure failure(Control control, Command<?> command) {
        Answer<?> answer = answer(control, command);
        assertThat(answer).as("%s", command).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed<?>) answer).failure();
    }
}
