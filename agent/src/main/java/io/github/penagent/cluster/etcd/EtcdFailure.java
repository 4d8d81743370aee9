package io.github.penagent.cluster.etcd;

/** etcd did not do what it was asked. The message is one line: where, what was asked, and what came of it; never a password. */
public final class EtcdFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    public EtcdFailure(String message) {
        this(message, 0);
    }

    /** @param code of gRPC, if etcd gave one, else 0 */
    EtcdFailure(String message, int code) {
        // Told and acted upon, never traced.
        super(message, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }
}
