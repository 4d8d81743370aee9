package io.github.penagent.discovery;

import java.util.List;

/** Hears what becomes of the sources; each call comes after the other. */
public interface TargetListener {
    /** The sources that there are from now on, each as the configuration has it; those that are not among them are gone. */
    void watching(List<String> sources);

    /** So many pens are watched because of this source. */
    void named(String source, int pens);

    /** A look at this source failed, or found something that cannot be used. */
    void failed(String source);
}
