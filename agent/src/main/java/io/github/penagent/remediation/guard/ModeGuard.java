package io.github.penagent.remediation.guard;

/** This pen is to be acted upon. Asked last, so that a dry run says what would have been. */
final class ModeGuard implements Guard {

    @Override
    public String name() {
        return "mode";
    }

    @Override
    public Answer ask(Proposal proposal, PenFacts pen) {
        return Answer.of(pen.enforcing(), name(), "the mode in force is " + pen.mode());
    }
}
