package io.github.penagent.metrics;

import io.github.penagent.fleet.PenSettings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The label parts of one pen's rows, kept from rendering to rendering: a backend's are made once, and again only when its
 * slot gets another address. Labels stand in the order of their names. Not thread-safe.
 */
final class PenLabels {
    private final String name;
    private final byte[] pen;
    private final PerSlot servers = new PerSlot(new LineWriter(0));
    private final Map<String, PerSlot> checks = new HashMap<>();
    private final Map<String, Map<String, byte[]>> few = new HashMap<>();
    private @Nullable PenSettings settings;
    private byte[] withSettings = {};

    PenLabels(String name) {
        this.name = name;
        this.pen = new LineWriter(64).text("{").label("pen", name).text("} ").toBytes();
    }

    byte[] pen() {
        return pen;
    }

    /** The pen and one other label, of whose values there are few. */
    byte[] withOneOfFew(String label, String value) {
        Map<String, byte[]> known = few.get(label);
        if (known == null) {
            known = new HashMap<>();
            few.put(label, known);
        }
        byte[] labels = known.get(value);
        if (labels == null) {
            labels = with(label, value);
            known.put(value, labels);
        }
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

    byte[] server(int slot, String address) {
        return servers.of(slot, address);
    }

    byte[] check(int slot, String address, String check) {
        return checks.computeIfAbsent(
                        check,
                        c -> new PerSlot(new LineWriter(64).label("check", c).text(",")))
                .of(slot, address);
    }

    /** The labels of each slot's backend, with what stands between its address and the pen. */
    private final class PerSlot {
        private final byte[] between;
        private String[] addresses = {};
        private byte[][] labels = {};

        PerSlot(LineWriter between) {
            this.between = between.toBytes();
        }

        byte[] of(int slot, String address) {
            if (slot >= labels.length) {
                int old = labels.length;
                int room = Math.max(slot + 1, old * 2);
                addresses = Arrays.copyOf(addresses, room);
                Arrays.fill(addresses, old, room, "");
                labels = Arrays.copyOf(labels, room);
            }
            if (!addresses[slot].equals(address)) {
                labels[slot] = new LineWriter(96)
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
            // Of each reading the addresses are other objects: the next family compares it with itself.
            addresses[slot] = address;
            return labels[slot];
        }
    }
}
