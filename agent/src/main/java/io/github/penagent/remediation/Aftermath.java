package io.github.penagent.remediation;

import io.github.penagent.penctl.Answer;
import io.github.penagent.penctl.ServerTable;
import java.util.Optional;

/**
 * All that was seen after a command, and what it amounts to. pen's reply to the command itself is empty when it took it and when
 * its access list denied us, so success is never inferred from that.
 *
 * @param pidBefore of the process that was read before the command
 * @param sent pen's reply to the command
 * @param table the servers afterwards; absent where no slot is meant
 * @param page what the status page shows, where there is one
 * @param pid of the process that answered last of all
 */
record Aftermath(
        int pidBefore,
        Answer<String> sent,
        Optional<Answer<ServerTable>> table,
        Optional<Shown> page,
        Answer<Integer> pid) {

    /** Whether the page shows what was wanted, and in which words. */
    record Shown(boolean asWanted, String words) {}

    Verdict verdict(Errand errand) {
        if (pid instanceof Answer.Ok<Integer> now && now.value() != pidBefore) {
            return new Verdict(
                    WriteOutcome.REPLACED,
                    "pen was restarted meanwhile: process " + pidBefore + ", now " + now.value());
        }
        String other = table.map(
                        answer -> answer instanceof Answer.Ok<ServerTable> ok ? errand.otherSlot(ok.value()) : "")
                .orElse("");
        if (!other.isEmpty()) {
            return new Verdict(WriteOutcome.REPLACED, "meanwhile " + other);
        }
        String unread = table.map(Aftermath::failure).orElse("") + failure(pid);
        return unread.isEmpty()
                ? bySight()
                : new Verdict(WriteOutcome.UNKNOWN, "pen could not be read afterwards: " + unread);
    }

    /** The same run of pen was read before and after, with the same backend in the slot. */
    private Verdict bySight() {
        if (page.filter(Shown::asWanted).isPresent()) {
            return new Verdict(WriteOutcome.CONFIRMED, page.get().words());
        }
        if (sent instanceof Answer.Failed<String> failed) {
            return new Verdict(
                    WriteOutcome.UNKNOWN,
                    "no end of the reply: " + failed.failure().message());
        }
        String said = ((Answer.Ok<String>) sent).value();
        if (!said.isEmpty()) {
            return new Verdict(WriteOutcome.CONTRADICTED, "pen said: " + said);
        }
        return page.map(shown -> new Verdict(WriteOutcome.CONTRADICTED, shown.words()))
                .orElseGet(() -> new Verdict(WriteOutcome.WRITTEN, "pen took it, and shows it nowhere"));
    }

    static String failure(Answer<?> answer) {
        return answer instanceof Answer.Failed<?> failed ? failed.failure().message() : "";
    }
}
