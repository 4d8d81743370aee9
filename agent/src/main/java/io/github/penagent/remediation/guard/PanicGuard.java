package io.github.penagent.remediation.guard;

/** The agent does not suspect itself. */
final class PanicGuard implements Guard {

    @Override
    public String name() {
        return "panic";
    }

    @Override
    public Answer ask(Proposal proposal, PenFacts pen) {
        if (pen.panic().isEmpty()) {
            return Answer.pass(name(), "no panic");
        }
        boolean exempt =
                proposal.basis() == Basis.CORROBORATED || (proposal.basis() == Basis.PERSON && !proposal.isNew());
        return Answer.of(exempt && !pen.panicTotal(), name(), pen.panic().get());
    }
}
