package io.github.penagent.health;

import java.util.Set;

/**
 * One configured check.
 *
 * @param name what metrics and messages call it, in the form of a pen's name
 * @param pens the pens whose backends it asks; empty for all pens
 * @param addresses the backends it asks, as pen lists them; empty for all of those pens' backends
 * @param question what is asked and which answer is good
 */
public record Check(String name, Set<String> pens, Set<String> addresses, Question question, Pace pace) {
    public Check {
        pens = Set.copyOf(pens);
        addresses = Set.copyOf(addresses);
    }

    /** Whether it asks backends of this pen. */
    public boolean concerns(String pen) {
        return pens.isEmpty() || pens.contains(pen);
    }

    /** Whether both ask the same of whatever backends they ask, so that what the one was answered goes for the other. */
    public boolean asksAs(Check other) {
        return equals(new Check(other.name, pens, addresses, other.question, other.pace));
    }

    /** Whether it asks this backend of this pen. */
    public boolean covers(String pen, String address) {
        return concerns(pen) && (addresses.isEmpty() || addresses.contains(address));
    }
}
