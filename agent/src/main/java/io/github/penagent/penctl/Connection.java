package io.github.penagent.penctl;

import java.io.IOException;
import java.nio.ByteBuffer;

/** One connection to a pen with one command on its way. Confined to one event loop; told of from there, and closed there. */
interface Connection {
    /** Whether a connect was sent and nothing has come back yet. */
    boolean unanswered();

    /** Tells nothing any more. To be called however it ended, once or more. */
    void close();

    /** What comes of it. */
    interface Listener {
        /** More of the reply; {@code part} is used again as soon as this returns. */
        void received(ByteBuffer part);

        /** The peer has nothing more to say. */
        void ended();

        /** There was no connection. */
        void unreached(Throwable cause);

        /** There is none any more, or with fast open perhaps there was none. */
        void broken(IOException cause);

        /** A mistake of ours, while one of the above was told of or before. */
        void bug(Throwable cause);
    }
}
