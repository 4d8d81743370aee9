package io.github.penagent.metrics;

import java.util.Arrays;

/** How many threads are in which state, counted without a description of each, as management beans make it. */
final class ThreadStates {
    private Thread[] threads = new Thread[64];

    /** Threads in this state now. */
    synchronized int count(Thread.State state) {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        int all = root.enumerate(threads);
        if (all == threads.length) {
            threads = new Thread[all * 2];
            return count(state);
        }
        int found = 0;
        for (int i = 0; i < all; i++) {
            if (threads[i].getState() == state) {
                found++;
            }
        }
        // A thread that ends is not to be kept from here.
        Arrays.fill(threads, 0, all, null);
        return found;
    }
}
