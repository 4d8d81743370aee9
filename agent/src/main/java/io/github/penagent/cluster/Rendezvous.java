package io.github.penagent.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Optional;

/**
 * Who gets which name, by hashes alone: the same answer on every machine and in every release. By highest random weight (Thaler and
 * Ravishankar, 1998): when a member joins or leaves, only its own share moves.
 */
final class Rendezvous {
    private Rendezvous() {}

    /** The member with the highest weight for this name; of equals, the one that comes first by name. Empty without members. */
    static Optional<String> owner(String name, Collection<String> members) {
        String best = null;
        long most = 0;
        for (String member : members) {
            long weight = hash(member, name);
            int higher = best == null ? 1 : Long.compareUnsigned(weight, most);
            if (higher > 0 || (higher == 0 && member.compareTo(best) < 0)) {
                best = member;
                most = weight;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Which of {@code of} shares, counted from 1, this name falls into. */
    static int shard(String name, int of) {
        return (int) Long.remainderUnsigned(hash(name), of) + 1;
    }

    /** The first eight bytes of SHA-256 over the texts, each ended by a zero byte. */
    private static long hash(String... texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                digest.update(text.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return ByteBuffer.wrap(digest.digest()).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JVM has SHA-256", e);
        }
    }
}
