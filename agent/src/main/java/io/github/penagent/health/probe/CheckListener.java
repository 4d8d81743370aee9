package io.github.penagent.health.probe;

import io.github.penagent.health.Check;
import io.github.penagent.health.CheckHistory;
import io.github.penagent.health.Result;

/** Hears of every result, on the prober's thread. */
@FunctionalInterface
public interface CheckListener {
    CheckListener NONE = (pen, address, check, result, after) -> {};

    /**
     * A check has ended.
     *
     * @param after what this check has said of this backend, this result included
     */
    void checked(String pen, String address, Check check, Result result, CheckHistory after);
}
