package io.github.penagent.config;

import com.typesafe.config.ConfigValue;

/** What a key's value must be. */
@FunctionalInterface
interface Rule<T> {
    /**
     * Reads a value that follows the rule.
     *
     * @throws IllegalArgumentException its message the rule that was broken, as in "must be true or false"
     */
    T read(ConfigValue value);
}
