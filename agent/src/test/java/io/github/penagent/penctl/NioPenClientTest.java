package io.github.penagent.penctl;

/** The same as it is where Netty's native transport does not run. */
class NioPenClientTest extends PenClientTest {
    @Override
    Transport transport() {
        return Transport.withoutNativeTransport(2);
    }

    /** Nothing of the kind is promised here. */
    @Override
    void the_command_is_there_when_pen_accepts() {}
}
