package io.github.penagent.simulation;

import java.time.Duration;

/** A server behind the pen, which serves until it is told otherwise. */
final class Backend {
    /** A client that is answered later than this is not served well. */
    static final Duration WELL = Duration.ofSeconds(2);

    /** For how long it has to have been fine, to be called fine. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    private static final Duration USUAL_DELAY = Duration.ofMillis(5);

    /** What becomes of a request. */
    enum Manner {
        SERVES,
        /** Nothing listens. */
        REFUSES,
        /** The machine is gone: not even a refusal. */
        SILENT,
        /** It takes connections and says nothing. */
        HANGS,
        /** It answers with an error, status 500. */
        ERRS
    }

    private final String address;
    private final Timeline time;
    private Manner clients = Manner.SERVES;
    private Manner checks = Manner.SERVES;
    private Duration delay = USUAL_DELAY;
    private int percentLost;
    private long fineSince;

    Backend(String address, Timeline time) {
        this.address = address;
        this.time = time;
    }

    /** {@code host:port}. */
    String address() {
        return address;
    }

    void is(Manner manner) {
        become(manner, manner, USUAL_DELAY, 0);
    }

    void serves() {
        is(Manner.SERVES);
    }

    /** Right answers, but late. */
    void slow(Duration delay) {
        become(Manner.SERVES, Manner.SERVES, delay, 0);
    }

    /** Clients see nothing of what checks see. */
    void looks(Manner toChecks) {
        become(Manner.SERVES, toChecks, USUAL_DELAY, 0);
    }

    /** So many of a hundred requests, checks included, end in an error. */
    void loses(int percent) {
        become(Manner.SERVES, Manner.SERVES, USUAL_DELAY, percent);
    }

    private void become(Manner toClients, Manner toChecks, Duration newDelay, int lost) {
        boolean wasFine = fine();
        clients = toClients;
        checks = toChecks;
        delay = newDelay;
        percentLost = lost;
        if (!wasFine && fine()) {
            fineSince = time.nanos();
        }
    }

    /** What becomes of the request of a client that drew {@code lot}, 0 to 99. */
    Manner toClient(int lot) {
        return lot < percentLost && clients == Manner.SERVES ? Manner.ERRS : clients;
    }

    Manner toCheck(int lot) {
        return lot < percentLost && checks == Manner.SERVES ? Manner.ERRS : checks;
    }

    Duration delay() {
        return delay;
    }

    /** Whether it serves clients right and in time. */
    boolean fine() {
        return clients == Manner.SERVES && percentLost == 0 && delay.compareTo(WELL) <= 0;
    }

    /** Whether it has done so for long enough that taking it out is a mistake. */
    boolean settled() {
        return fine() && time.nanos() - fineSince >= SETTLED.toNanos();
    }
}
