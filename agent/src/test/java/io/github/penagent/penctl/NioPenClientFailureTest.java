package io.github.penagent.penctl;

/** The same as it is where Netty's native transport does not run. */
class NioPenClientFailureTest extends PenClientFailureTest {
    @Override
    Transport transport() {
        return Transport.withoutNativeTransport(1);
    }
}
