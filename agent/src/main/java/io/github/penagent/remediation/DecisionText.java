package io.github.penagent.remediation;

import io.github.penagent.remediation.guard.Answer;

/** A decision as one line that a person can follow without knowing the code. */
public final class DecisionText {
    private static final String MODE_GUARD = "mode";

    private DecisionText() {}

    public static String of(Decision decision) {
        String what = decision.address();
        String pen = decision.pen().isEmpty() ? "all pens" : decision.pen();
        String subject = what.isEmpty() ? pen : what + " of " + pen;
        return switch (decision.kind()) {
            case FAILING -> because(subject + " is failing", decision);
            case HEALTHY -> because(subject + " is healthy again", decision);
            case EJECT -> act(decision, "ejecting", "eject", what + " from " + pen, lasting(" for ", decision));
            case RENEW -> act(decision, "keeping", "keep", what + " out of " + pen, lasting(" for another ", decision));
            case LIFT -> act(decision, "letting", "let", what + " back into " + pen, " before its lease ends");
            case RETURN -> because(what + " is back in " + pen, decision);
            case LOST -> because("no longer keeping " + what + " out of " + pen + ", the lease is gone", decision);
            case FLAPPING -> because(subject + " comes and goes too often to be acted upon", decision);
            case PANIC ->
                because("suspecting this agent rather than the backends of " + pen + ", acting on none", decision);
            case CALM -> because("trusting this agent's view of " + pen + " again", decision);
            case RAISE_PENDING -> act(decision, "raising", "raise", "pending_max of " + pen, "");
            case HOLD -> because(subject + " is held", decision);
            case MODE -> because("the mode of " + pen + " is " + decision.mode().label() + " now", decision);
            case TWIN -> because("not alone on " + pen, decision);
            case BLACKLIST_TIME -> because("the blacklist time of " + pen + " has changed", decision);
        };
    }

    /** Whether only a dry run kept it from being done. */
    static boolean dryRun(Decision decision) {
        return decision.mode() == Mode.DRY_RUN
                && decision.refusedBy().filter(MODE_GUARD::equals).isPresent();
    }

    private static String act(Decision decision, String doing, String verb, String object, String lasting) {
        if (decision.permitted()) {
            return because(doing + " " + object + lasting, decision) + agreement(decision, "all guards agree");
        }
        if (dryRun(decision)) {
            return because("would " + verb + " " + object + lasting, decision)
                    + agreement(decision, "all guards agree but for the dry run");
        }
        return because("not " + doing + " " + object + ": " + refusal(decision), decision, "; ");
    }

    private static String lasting(String before, Decision decision) {
        return before + decision.seconds() + " s";
    }

    private static String agreement(Decision decision, String words) {
        return decision.guards().isEmpty() ? "" : "; " + words;
    }

    private static String refusal(Decision decision) {
        String guard = decision.refusedBy().orElseThrow();
        String words = decision.guards().stream()
                .filter(answer -> answer.guard().equals(guard))
                .map(Answer::words)
                .findFirst()
                .orElse("");
        return words.isEmpty() ? guard : guard + ": " + words;
    }

    private static String because(String statement, Decision decision) {
        return because(statement, decision, ": ");
    }

    private static String because(String statement, Decision decision, String joint) {
        return decision.evidence().isEmpty() ? statement : statement + joint + decision.evidence();
    }
}
