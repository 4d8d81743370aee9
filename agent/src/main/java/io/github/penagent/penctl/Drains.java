package io.github.penagent.penctl;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What was drained, so that it can be given back what it had. One memory for a pen, whatever dangers are accepted. */
final class Drains {
    private final ConcurrentMap<Integer, Drained> bySlot = new ConcurrentHashMap<>();

    void remember(int pid, ServerRow row) {
        bySlot.put(row.slot(), new Drained(pid, row.slot(), row.address(), row.max(), row.hard()));
    }

    /** Of this very server, in this very run of pen. */
    Optional<Drained> of(int pid, ServerRow row) {
        return Optional.ofNullable(bySlot.get(row.slot()))
                .filter(drained -> drained.pid() == pid && drained.address().equals(row.address()));
    }

    void forget(int slot) {
        bySlot.remove(slot);
    }

    /** The server in {@code slot} has another address now, and still its limits. */
    void moved(int slot, String address) {
        bySlot.computeIfPresent(slot, (s, old) -> new Drained(old.pid(), slot, address, old.max(), old.hard()));
    }

    List<Drained> all() {
        return bySlot.values().stream()
                .sorted(java.util.Comparator.comparingInt(Drained::slot))
                .toList();
    }
}
