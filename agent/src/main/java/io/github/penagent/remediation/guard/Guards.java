package io.github.penagent.remediation.guard;

import java.util.List;

/**
 * All guards, in the order in which a refusal is named: what lasts before what passes by itself. A stale reading is named only where
 * it alone stands in the way, for then it is worth a fresh one; the mode last, so that a dry run goes as far as it can.
 */
public final class Guards {
    private static final List<Guard> ALL = List.of(
            new IdentityGuard(),
            new HoldGuard(),
            new ForeignGuard(),
            new StubbornGuard(),
            new OwnershipGuard(),
            new WarmUpGuard(),
            new PanicGuard(),
            new LastHealthyGuard(),
            new MinHealthyGuard(),
            new CapGuard(),
            new GlobalCapGuard(),
            new RateGuard(),
            new FlappingGuard(),
            new UnknownGuard(),
            new LoadGuard(),
            new AuditGuard(),
            new StaleGuard(),
            new ModeGuard());

    private Guards() {}

    /** Every guard's answer. */
    public static List<Answer> ask(Proposal proposal, PenFacts pen) {
        return ALL.stream().map(guard -> guard.ask(proposal, pen)).toList();
    }

    /** Their names, in the same order: the label values of the metric that counts refusals. */
    public static List<String> names() {
        return ALL.stream().map(Guard::name).toList();
    }
}
