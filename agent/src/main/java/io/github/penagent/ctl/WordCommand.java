package io.github.penagent.ctl;

import io.github.penagent.penctl.Outcome;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Mono;

/** A command in pen's own manner: a word, and words behind it. */
@picocli.CommandLine.Command
final class WordCommand extends CtlCommand {
    private final String word;
    private final String form;
    private final String meaning;
    private final Action action;
    private List<String> notes = List.of();
    private boolean hidden;

    @Parameters(hidden = true, arity = "0..*")
    private List<String> words = new ArrayList<>();

    /**
     * @param form what stands behind the word, as in a synopsis
     * @param meaning one line of help
     */
    WordCommand(String word, String form, String meaning, Action action) {
        this.word = word;
        this.form = form;
        this.meaning = meaning;
        this.action = action;
    }

    /** What a command does with its words. */
    interface Action {
        Report run(Conversation pen, Words words) throws NoAnswer, Misuse;
    }

    /** What a command has pen change. */
    interface Changing {
        Mono<Outcome> of(Conversation pen, Words words) throws NoAnswer, Misuse;
    }

    /** One whose report is the outcome of a change. */
    static WordCommand changing(String word, String form, String meaning, Changing changing) {
        return new WordCommand(
                word, form, meaning, (pen, words) -> Outcomes.report(pen.outcome(changing.of(pen, words))));
    }

    /** More lines of help. */
    WordCommand noting(String... lines) {
        notes = List.of(lines);
        return this;
    }

    /** Not in the list of commands: there only to be refused with the reason. */
    WordCommand unlisted() {
        hidden = true;
        return this;
    }

    String word() {
        return word;
    }

    @Override
    void describe(CommandSpec spec) {
        spec.usageMessage()
                .header(meaning)
                .description(notes.toArray(String[]::new))
                .hidden(hidden);
    }

    @Override
    String arguments(CommandSpec spec) {
        return form.isEmpty() ? "" : " " + form;
    }

    @Override
    Report run(Conversation pen) throws NoAnswer, Misuse {
        try {
            return action.run(pen, new Words(word, form, words));
        } catch (IllegalArgumentException e) {
            return Outcomes.report(new Outcome.Refused(String.valueOf(e.getMessage())));
        }
    }
}
