package io.github.penagent;

/** What runs and has no pages, to be closed. */
record Closes(Runnable how) implements Running {
    static final Closes AT_ONCE = new Closes(() -> {});

    @Override
    public int port() {
        return 0;
    }

    @Override
    public void close() {
        how.run();
    }
}
