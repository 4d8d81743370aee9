package io.github.penagent.cluster.etcd;

/** etcd did not do what it was asked. The message is one line: where, what was asked, and what came of it; never a password. */
public final class EtcdFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EtcdFailure(String message) {
        // Told and acted upon, never traced.
        super(message, null, false, false);
    }
}
