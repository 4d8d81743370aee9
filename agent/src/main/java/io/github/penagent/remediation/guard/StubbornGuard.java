package io.github.penagent.remediation.guard;

/** Clients of the slot would go to another one and not be turned away. */
final class StubbornGuard implements Guard {

    @Override
    public String name() {
        return "stubborn";
    }

    @Override
    public Answer ask(Proposal proposal, PenFacts pen) {
        return Answer.of(
                !pen.stubborn(),
                name(),
                pen.stubborn()
                        ? "pen is stubborn and not roundrobin: clients of a blacklisted backend are closed, not moved"
                        : "pen moves clients to another backend");
    }
}
