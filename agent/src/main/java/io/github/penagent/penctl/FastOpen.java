package io.github.penagent.penctl;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether to send the command with the SYN to one pen. Some middleboxes drop such packets, which looks like a host that
 * is down: after two connect timeouts in a row the next connect goes without, and only a pen that answers that and then
 * not again with fast open is asked without for good.
 */
final class FastOpen {
    private static final Logger log = LoggerFactory.getLogger(FastOpen.class);
    private static final int TIMEOUTS_BEFORE_DOUBT = 2;

    private enum State {
        TRUSTED,
        /** The next connect goes without. */
        DOUBTED,
        /** The connect without was answered: one more with decides. */
        RETRIED,
        GIVEN_UP
    }

    private final Endpoint endpoint;
    private State state;
    private int timeouts;

    FastOpen(Endpoint endpoint, boolean available) {
        this.endpoint = endpoint;
        this.state = available ? State.TRUSTED : State.GIVEN_UP;
    }

    boolean use() {
        return state == State.TRUSTED || state == State.RETRIED;
    }

    /** The connect was never answered, or not before the kernel would repeat it without the command. */
    void connectTimedOut() {
        switch (state) {
            case TRUSTED -> {
                timeouts++;
                if (timeouts >= TIMEOUTS_BEFORE_DOUBT) {
                    state = State.DOUBTED;
                }
            }
            case DOUBTED -> {
                // Without fast open it is silent too: not the option's fault.
                timeouts = 0;
                state = State.TRUSTED;
            }
            case RETRIED -> {
                state = State.GIVEN_UP;
                log.atWarn()
                        .addKeyValue("control", endpoint)
                        .log("connects with TCP fast open are lost on the way; asking without from now on");
            }
            case GIVEN_UP -> {}
        }
    }

    /** The peer was reached, whatever it said. */
    void connected() {
        timeouts = 0;
        switch (state) {
            case DOUBTED -> state = State.RETRIED;
            case RETRIED -> state = State.TRUSTED;
            case TRUSTED, GIVEN_UP -> {}
        }
    }
}
