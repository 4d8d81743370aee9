package io.github.penagent.metrics;

import io.github.penagent.fleet.PenState;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The pens' part of the page: what is known of each, which {@link Rendering} makes rows of when somebody scrapes. */
public final class Page {
    private final Map<String, PenEntry> pens = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();

    /** One pen's rows are others from now on; they vanish from the page where the state no longer has them. */
    public void changed(PenState state) {
        pens.computeIfAbsent(state.name(), PenEntry::new).change(state);
        version.incrementAndGet();
    }

    /** One pen is not watched any more. */
    public void gone(String pen) {
        pens.remove(pen);
        version.incrementAndGet();
    }

    /** Another one after each change, once that can be seen. */
    long version() {
        return version.get();
    }

    /** Null if that pen was never heard of. */
    @Nullable
    PenEntry find(String pen) {
        return pens.get(pen);
    }
}
