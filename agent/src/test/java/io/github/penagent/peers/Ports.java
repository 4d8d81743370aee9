package io.github.penagent.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free TCP ports for programs that must be told theirs. Below the range from which the kernel picks ports for outgoing
 * connections, so that none of those takes the port before the program does; and never the same twice, nor one that another
 * process of the same build may give, since pen shares its port (SO_REUSEPORT) with whoever else asks for it.
 */
public final class Ports {
    private static final int FIRST = 10_000;
    private static final int END = 32_000;

    /** How many processes run tests at the same time, and which of them this is, from 1. */
    private static final int FORKS = Integer.getInteger("test.forks", 1);

    private static final int FORK = Integer.getInteger("test.fork", 1);
    private static final int RANGE = (END - FIRST) / FORKS;

    private static final int TRIES = 1_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /** A port that nothing listens on, on any of {@code hosts}. */
    public static int free(String... hosts) {
        for (int i = 0; i < TRIES; i++) {
            int port =
                    FIRST + FORK % FORKS * RANGE + ThreadLocalRandom.current().nextInt(RANGE);
            synchronized (Forks.LOCK) {
                if (GIVEN.add(port) && free(port, hosts)) {
                    return port;
                }
            }
        }
        throw new AssertionError("no free port on " + String.join(", ", hosts));
    }

    private static boolean free(int port, String... hosts) {
        for (String host : hosts) {
            // A plain bind fails beside any listener, one that shares its port included.
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
                if (!socket.isBound()) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }
}
