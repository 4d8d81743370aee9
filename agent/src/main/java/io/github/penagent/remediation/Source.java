package io.github.penagent.remediation;

import java.util.Locale;

/** What first spoke against a backend: a label value of the ejection counters. */
public enum Source {
    CHECK,
    PASSIVE,
    ALERT,
    PERSON;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
