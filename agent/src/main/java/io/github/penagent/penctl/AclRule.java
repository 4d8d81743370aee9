package io.github.penagent.penctl;

/**
 * One entry of an access list. pen takes the first that matches; if none does, the opposite of the <em>last</em> entry,
 * whatever its family: a list that ends with a permit denies everybody else, one that ends with a deny permits them. Made
 * by the factories only, from addresses in numbers.
 */
public final class AclRule {
    /** What becomes of whom it matches. */
    public enum Policy {
        PERMIT,
        DENY
    }

    private final Policy policy;
    private final String source;

    private AclRule(Policy policy, String source) {
        this.policy = policy;
        this.source = source;
    }

    /** One IPv4 address. */
    public static AclRule ipv4(Policy policy, String address) {
        return ipv4(policy, address, "255.255.255.255");
    }

    /**
     * IPv4 addresses under a mask.
     *
     * @param mask a dotted quad
     * @throws IllegalArgumentException if either is none, or the address has bits outside the mask: pen would never match it
     */
    public static AclRule ipv4(Policy policy, String address, String mask) {
        byte[] a = quad("the address", address);
        byte[] m = quad("the mask", mask);
        for (int i = 0; i < a.length; i++) {
            if ((a[i] & ~m[i]) != 0) {
                throw new IllegalArgumentException("the address has bits outside the mask: pen would never match it");
            }
        }
        return new AclRule(policy, Wording.text(a) + " " + Wording.text(m));
    }

    private static byte[] quad(String what, String text) {
        byte[] bytes = Wording.address(text);
        if (bytes.length != 4) {
            throw new IllegalArgumentException(what + " must be a dotted quad");
        }
        return bytes;
    }

    /**
     * IPv6 addresses by their first bits.
     *
     * @param length 0 to 128
     * @throws IllegalArgumentException if it is none, or has bits behind the length: pen would never match it
     */
    public static AclRule ipv6(Policy policy, String address, int length) {
        byte[] bytes = Wording.address(address);
        if (bytes.length != 16) {
            throw new IllegalArgumentException("the address must be IPv6");
        }
        Wording.within("the length", length, 0, 128);
        for (int bit = length; bit < 128; bit++) {
            if ((bytes[bit / 8] & (0x80 >> (bit % 8))) != 0) {
                throw new IllegalArgumentException("the address has bits behind the length: pen would never match it");
            }
        }
        return new AclRule(policy, Wording.text(bytes) + "/" + length);
    }

    /**
     * Addresses of a country. On a pen without GeoIP's data it matches nobody, and still decides for everybody else when it
     * is the last of its list.
     *
     * @param code two capital letters
     */
    public static AclRule country(Policy policy, String code) {
        return new AclRule(policy, "country " + Wording.country(code));
    }

    /** As it stands in the command. */
    @Override
    public String toString() {
        return (policy == Policy.PERMIT ? "permit " : "deny ") + source;
    }
}
