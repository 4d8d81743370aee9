package io.github.penagent.ctl;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * One word after the target and what it does. To add one: extend this, describe words and options with picocli's
 * annotations, and name it in {@link Commands}.
 *
 * <p>penctl's wording comes as separate words, even if it was quoted; numbers may be negative, for words that look like
 * options are arguments where no option has that name.
 */
abstract class CtlCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Ctl ctl;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * Does it, and says what happened.
     *
     * @throws NoAnswer if pen cannot be asked: exit code 1
     * @throws Misuse if the words make no sense; nothing was sent: exit code 2
     */
    abstract Report run(Conversation pen) throws NoAnswer, Misuse;

    /** Completes the help where annotations cannot. */
    void describe(CommandSpec description) {}

    /** What stands behind the word in the synopsis. */
    String arguments(CommandSpec description) {
        return description.positionalParameters().stream()
                .filter(argument -> !argument.hidden())
                .map(argument ->
                        argument.arity().min() == 0 ? " [" + argument.paramLabel() + "]" : " " + argument.paramLabel())
                .collect(Collectors.joining());
    }

    @Override
    public final Integer call() {
        return Objects.requireNonNull(ctl).run(this, spec.commandLine());
    }
}
