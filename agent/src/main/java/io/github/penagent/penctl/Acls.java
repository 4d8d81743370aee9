package io.github.penagent.penctl;

import reactor.core.publisher.Mono;

/**
 * pen's ten access lists, 0 to 9. pen shows neither their entries nor which server uses which, so a change of an entry is
 * never more than {@link Outcome.NotConfirmed}. Over TCP a caller that has locked itself out has no way back; a control
 * socket is never checked.
 */
public final class Acls {
    private static final int MOST = 9;

    private final Desk desk;

    Acls(Desk desk) {
        this.desk = desk;
    }

    /**
     * Appends an entry. Needs {@link Danger#LOCKS_OUT} for list 0, which everything uses that was not told otherwise, and for
     * a list that clients or the control port use now. Which list a server uses is not known: a list of its own is its
     * owner's affair.
     *
     * @param list 0 to 9
     */
    public Mono<Outcome> add(int list, AclRule rule) {
        return Change.of(desk, () -> {
                    Order order = Order.of("acl " + number(list) + " " + rule).once();
                    return list == 0 ? order.with(Danger.LOCKS_OUT) : order;
                })
                .unless(() -> unlessUsed(list))
                .unseen();
    }

    private Mono<String> unlessUsed(int list) {
        String objection = desk.objection(Order.of("acl").with(Danger.LOCKS_OUT));
        if (objection.isEmpty()) {
            return Mono.just("");
        }
        return used(Amount.CLIENT_ACL, list, objection)
                .flatMap(reason -> reason.isEmpty() ? used(Amount.CONTROL_ACL, list, objection) : Mono.just(reason));
    }

    private Mono<String> used(Amount which, int list, String objection) {
        return Change.looking(
                desk.ask(which.question()), now -> now == list ? which.word() + " is " + list + ": " + objection : "");
    }

    /**
     * Removes all entries of a list: it then permits everybody, the control port's included.
     *
     * @param list 0 to 9
     */
    public Mono<Outcome> remove(int list) {
        return Change.of(desk, () -> Order.of("no acl " + number(list))).unseen();
    }

    /** Checks clients against a list, {@link Amount#CLIENT_ACL}; clients it denies get no answer. */
    public Mono<Outcome> useForClients(int list) {
        return new Tuning(desk).set(Amount.CLIENT_ACL, list);
    }

    /** Checks callers of the control port against a list, {@link Amount#CONTROL_ACL}, ourselves among them. */
    public Mono<Outcome> useForControl(int list) {
        return new Tuning(desk).set(Amount.CONTROL_ACL, list);
    }

    private static int number(int list) {
        return Wording.within("the list", list, 0, MOST);
    }
}
