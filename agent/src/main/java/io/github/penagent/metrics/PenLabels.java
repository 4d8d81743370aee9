package io.github.penagent.metrics;

import io.github.penagent.fleet.PenSettings;
import java.util.Arrays;

/**
 * The label parts of one pen's rows, kept from rendering to rendering: a backend's are made once, and again only when its
 * slot gets another address. Labels stand in the order of their names. Not thread-safe.
 */
final class PenLabels {
    private final String name;
    private final byte[] pen;
    private String[] addresses = {};
    private byte[][] servers = {};

    PenLabels(String name) {
        this.name = name;
        this.pen = new LineWriter(64).text("{").label("pen", name).text("} ").toBytes();
    }

    byte[] pen() {
        return pen;
    }

    byte[] withReason(String reason) {
        return new LineWriter(64)
                .text("{")
                .label("pen", name)
                .text(",")
                .label("reason", reason)
                .text("} ")
                .toBytes();
    }

    byte[] withClient(String client) {
        return new LineWriter(64)
                .text("{")
                .label("client", client)
                .text(",")
                .label("pen", name)
                .text("} ")
                .toBytes();
    }

    byte[] withSettings(PenSettings settings) {
        return new LineWriter(128)
                .text("{")
                .label("control", settings.control())
                .text(",")
                .label("listen", settings.listen())
                .text(",")
                .label("mode", settings.mode())
                .text(",")
                .label("pen", name)
                .text("} ")
                .toBytes();
    }

    byte[] server(int slot, String address) {
        if (slot >= servers.length) {
            int room = Math.max(slot + 1, servers.length * 2);
            int old = addresses.length;
            addresses = Arrays.copyOf(addresses, room);
            Arrays.fill(addresses, old, room, "");
            servers = Arrays.copyOf(servers, room);
        }
        if (!addresses[slot].equals(address)) {
            addresses[slot] = address;
            servers[slot] = new LineWriter(96)
                    .text("{")
                    .label("address", address)
                    .text(",")
                    .label("pen", name)
                    .text(",")
                    .label("server", Integer.toString(slot))
                    .text("} ")
                    .toBytes();
        }
        return servers[slot];
    }
}
