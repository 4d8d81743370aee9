package io.github.penagent.web;

import java.util.concurrent.CompletionStage;

/** What people may want of the agent. Each completes once it is in force and kept, or with the reason why not. */
public interface Wishes {
    /**
     * Holds a backend.
     *
     * @param address as pen lists it
     */
    CompletionStage<Change> hold(String pen, String address, PostedHold hold);

    CompletionStage<Change> unhold(String pen, String address);

    CompletionStage<Change> killSwitch(boolean on);
}
