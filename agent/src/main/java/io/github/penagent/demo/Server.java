package io.github.penagent.demo;

/** One slot of the server table. */
final class Server {
    private Address address = Address.NONE;
    private int conn;
    private int max;
    private int hard;
    private int weight;
    private int prio;

    /** The time of the last failure in unix seconds, or one that makes the blacklisting end when it should. */
    private int status;

    private long sx;
    private long rx;

    /**
     * Sets one attribute; unknown ones are skipped.
     *
     * @param blacklistSeconds the global time, which the stored status is relative to
     * @return false if pen reads no further: the address is not one
     */
    boolean set(String attribute, String value, long nowSeconds, int blacklistSeconds) {
        switch (attribute) {
            case "address" -> {
                Address moved = address.movedTo(value);
                if (moved == null) {
                    return false;
                }
                address = moved;
            }
            case "port" -> address = address.withPort(Words.atoi(value));
            case "max" -> max = Words.atoi(value);
            case "hard" -> hard = Words.atoi(value);
            case "blacklist" -> status = (int) (nowSeconds + Words.atoi(value) - blacklistSeconds);
            case "weight" -> weight = Words.atoi(value);
            case "prio" -> prio = Words.atoi(value);
            default -> {}
        }
        return true;
    }

    Address address() {
        return address;
    }

    int weight() {
        return weight;
    }

    int prio() {
        return prio;
    }

    int conn() {
        return conn;
    }

    boolean blacklisted(long nowSeconds, int blacklistSeconds) {
        return nowSeconds - status < blacklistSeconds;
    }

    void failed(long nowSeconds) {
        status = (int) nowSeconds;
    }

    /** Whether the limits keep a client out; one that was here before may exceed {@code max} up to {@code hard}. */
    boolean full(boolean sticky) {
        return max != 0 && conn >= max && (!sticky || conn >= hard);
    }

    void connected() {
        conn++;
    }

    /** Also called for connects that never succeeded, so the count drifts low as pen's does. */
    void closed() {
        conn = Math.max(0, conn - 1);
    }

    void sent(long bytes) {
        sx += bytes;
    }

    void received(long bytes) {
        rx += bytes;
    }

    /** The row of this slot in {@code servers}, with its line end. */
    String row(int slot) {
        return slot + " addr " + address.host() + " port " + address.port() + " conn " + conn + " max " + max + " hard "
                + hard + " weight " + weight + " prio " + prio + " sx " + Long.toUnsignedString(sx) + " rx "
                + Long.toUnsignedString(rx) + "\n";
    }
}
