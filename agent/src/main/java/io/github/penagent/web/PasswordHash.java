package io.github.penagent.web;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A password as bcrypt keeps it: {@code $2y$10$...}. It is no secret in the strict sense, and is not shown all the same. */
public final class PasswordHash {
    /** Each step doubles the time: 18 is some 20 seconds. */
    public static final int MAX_COST = 18;

    private static final Pattern FORM = Pattern.compile("\\$2[abxy]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");

    /** As Go's bcrypt does, and every other one: what follows the 72nd byte does not count. */
    private static final BCrypt.Verifyer VERIFYER =
            BCrypt.verifyer(BCrypt.Version.VERSION_2A, LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2A));

    private final String hash;
    private final int cost;

    /** @throws IllegalArgumentException if it is none, or too costly, without showing it */
    public PasswordHash(String hash) {
        Matcher form = FORM.matcher(hash);
        if (!form.matches()) {
            throw new IllegalArgumentException("must be a bcrypt hash, such as `htpasswd -nBC 10` makes");
        }
        this.hash = hash;
        cost = Integer.parseInt(form.group(1));
        if (cost < 4 || cost > MAX_COST) {
            throw new IllegalArgumentException("must have a cost of 4 to " + MAX_COST);
        }
    }

    /** Whether a text is meant to be one. */
    public static boolean looksLike(String text) {
        return text.startsWith("$2");
    }

    int cost() {
        return cost;
    }

    String text() {
        return hash;
    }

    /** Takes its time: 70 ms at a cost of 10. */
    boolean matches(String password) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        return VERIFYER.verify(bytes, hash.getBytes(StandardCharsets.US_ASCII)).verified;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PasswordHash that && hash.equals(that.hash);
    }

    @Override
    public int hashCode() {
        return Objects.hash(hash);
    }

    @Override
    public String toString() {
        return "<secret>";
    }
}
