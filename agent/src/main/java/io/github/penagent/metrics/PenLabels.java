package io.github.penagent.metrics;

import io.github.penagent.fleet.Checks;
import io.github.penagent.fleet.PenSettings;
import io.github.penagent.fleet.Slots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The label parts of one pen's rows, kept from rendering to rendering: a backend's are made once, and again only when its
 * slot gets another address. Labels stand in the order of their names. Not thread-safe.
 */
final class PenLabels {
    private static final byte[] NO_BACKEND = {};

    private final String name;
    private final byte[] pen;
    private final PerSlot servers = new PerSlot(new LineWriter(0));
    private final Map<String, PerSlot> checks = new HashMap<>();
    private final List<WithEach> few = new ArrayList<>();
    private FewWords guards = new FewWords("guard", List.of());
    private @Nullable Checks checked;
    private Map<String, List<Checks.Row>> checksByAddress = Map.of();
    private @Nullable PenSettings settings;
    private byte[] withSettings = {};

    PenLabels(String name) {
        this.name = name;
        this.pen = new LineWriter(64).text("{").label("pen", name).text("} ").toBytes();
    }

    byte[] pen() {
        return pen;
    }

    /** The pen and one other label, for each of its words in their order. */
    byte[][] withEach(FewWords words) {
        for (int i = 0; i < few.size(); i++) {
            if (few.get(i).words == words) {
                return few.get(i).labels;
            }
        }
        byte[][] labels = new byte[words.size()][];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = with(words.label(), words.get(i));
        }
        few.add(new WithEach(words, labels));
        return labels;
    }

    /** The pen and one other label. */
    byte[] with(String label, String value) {
        LineWriter out = new LineWriter(64).text("{");
        if (label.compareTo("pen") < 0) {
            out.label(label, value).text(",").label("pen", name);
        } else {
            out.label("pen", name).text(",").label(label, value);
        }
        return out.text("} ").toBytes();
    }

    /** The guards that have a count, by name; the same ones for as long as it is those. */
    FewWords guards(Map<String, Long> counted) {
        boolean same = guards.size() == counted.size();
        for (int i = 0; same && i < guards.size(); i++) {
            same = counted.containsKey(guards.get(i));
        }
        if (!same) {
            few.removeIf(known -> known.words == guards);
            guards = new FewWords("guard", List.copyOf(new TreeSet<>(counted.keySet())));
        }
        return guards;
    }

    byte[] withSettings(PenSettings now) {
        if (!now.equals(settings)) {
            settings = now;
            withSettings = new LineWriter(128)
                    .text("{")
                    .label("control", now.control())
                    .text(",")
                    .label("listen", now.listen())
                    .text(",")
                    .label("mode", now.mode())
                    .text(",")
                    .label("pen", name)
                    .text("} ")
                    .toBytes();
        }
        return withSettings;
    }

    /** Of each slot's backend, and nothing where a slot has none; to be looked at only until the next call. */
    byte[][] servers(Slots slots) {
        return servers.of(slots);
    }

    byte[] check(int slot, String address, String check) {
        PerSlot known = checks.get(check);
        if (known == null) {
            known = new PerSlot(new LineWriter(64).label("check", check).text(","));
            checks.put(check, known);
        }
        return known.of(slot, address);
    }

    /** The rows of each backend that has any, sorted once for all families. */
    @SuppressWarnings("ReferenceEquality") // To compare what is in them takes as long as to sort it.
    Map<String, List<Checks.Row>> checksByAddress(Checks now) {
        if (now != checked) {
            checked = now;
            checksByAddress = now.byAddress();
        }
        return checksByAddress;
    }

    /** Found by looking at all there are: there are never more than four. */
    private static final class WithEach {
        private final FewWords words;
        private final byte[][] labels;

        WithEach(FewWords words, byte[][] labels) {
            this.words = words;
            this.labels = labels;
        }
    }

    /** The labels of each slot's backend, with what stands between its address and the pen. */
    private final class PerSlot {
        private final byte[] between;
        private String[] addresses = {};
        private byte[][] labels = {};
        private @Nullable Slots seen;

        PerSlot(LineWriter between) {
            this.between = between.toBytes();
        }

        byte[][] of(Slots slots) {
            if (slots != seen) {
                for (int i = 0; i < slots.size(); i++) {
                    of(i, slots.address(i));
                }
                seen = slots;
            }
            return labels;
        }

        byte[] of(int slot, String address) {
            if (slot >= labels.length) {
                int old = labels.length;
                int room = Math.max(slot + 1, old * 2);
                addresses = Arrays.copyOf(addresses, room);
                Arrays.fill(addresses, old, room, Slots.UNUSED);
                labels = Arrays.copyOf(labels, room);
                Arrays.fill(labels, old, room, NO_BACKEND);
            }
            if (!addresses[slot].equals(address)) {
                labels[slot] = address.isEmpty() ? NO_BACKEND : made(slot, address);
            }
            // Of each reading the addresses are other objects: the next look compares it with itself.
            addresses[slot] = address;
            return labels[slot];
        }

        private byte[] made(int slot, String address) {
            return new LineWriter(96)
                    .text("{")
                    .label("address", address)
                    .text(",")
                    .raw(between)
                    .label("pen", name)
                    .text(",")
                    .label("server", Integer.toString(slot))
                    .text("} ")
                    .toBytes();
        }
    }
}
