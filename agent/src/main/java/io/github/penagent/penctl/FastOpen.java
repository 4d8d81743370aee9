package io.github.penagent.penctl;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether to send the command with the SYN to one pen. Some middleboxes drop such packets, which looks like a host that
 * is down. So after two connects lost in a row the next goes without; if that is answered, one more goes with; and if
 * that is lost and the one without after it is answered again, fast open is to blame and given up for good.
 */
final class FastOpen {
    private static final Logger log = LoggerFactory.getLogger(FastOpen.class);
    private static final int LOST_BEFORE_DOUBT = 2;

    private enum State {
        TRUSTED(true),
        /** Lost twice with: what about without? */
        DOUBTED(false),
        /** Answered without: what about with? */
        RETRIED(true),
        /** Lost again with: is the host still there? */
        CONVICTED(false),
        GIVEN_UP(false);

        private final boolean use;

        State(boolean use) {
            this.use = use;
        }
    }

    private final Endpoint endpoint;
    private State state;
    private int lost;

    FastOpen(Endpoint endpoint, boolean available) {
        this.endpoint = endpoint;
        this.state = available ? State.TRUSTED : State.GIVEN_UP;
    }

    boolean use() {
        return state.use;
    }

    /** The connect was not answered, or only after it was sent again. */
    void synLost() {
        lost++;
        state = switch (state) {
            case TRUSTED -> lost < LOST_BEFORE_DOUBT ? State.TRUSTED : State.DOUBTED;
            case RETRIED -> State.CONVICTED;
            // Without fast open it is silent too: not the option's fault.
            case DOUBTED, CONVICTED -> trusted();
            case GIVEN_UP -> State.GIVEN_UP;
        };
    }

    /** The peer was reached at once, whatever it said. */
    void connected() {
        state = switch (state) {
            case TRUSTED, RETRIED -> trusted();
            case DOUBTED -> State.RETRIED;
            case CONVICTED -> givenUp();
            case GIVEN_UP -> State.GIVEN_UP;
        };
    }

    private State trusted() {
        lost = 0;
        return State.TRUSTED;
    }

    private State givenUp() {
        log.atWarn()
                .addKeyValue("control", endpoint)
                .log("connects with TCP fast open are lost on the way; asking without from now on");
        return State.GIVEN_UP;
    }
}
