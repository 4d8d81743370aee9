package io.github.penagent.bench;

import io.github.penagent.peers.RealPen;
import io.github.penagent.penctl.Endpoint;
import java.util.ArrayList;
import java.util.List;

/** Real pens, with backends that nobody has to answer for: the control port lists them all the same. */
final class Pens implements AutoCloseable {
    private final List<RealPen> pens = new ArrayList<>();

    private Pens() {}

    static Pens start(int count, int backends) {
        Pens all = new Pens();
        try {
            for (int i = 0; i < count; i++) {
                all.pens.add(pen(i, backends));
            }
            return all;
        } catch (RuntimeException | Error e) {
            all.close();
            throw e;
        }
    }

    /** No two lists are alike, so that to mix them up shows. */
    private static RealPen pen(int place, int backends) {
        RealPen.Builder pen = RealPen.with().options("-r", "-S", Integer.toString(backends));
        for (int slot = 0; slot < backends; slot++) {
            pen.backend("127.%d.%d.%d:%d:%d:%d:%d:%d"
                    .formatted(
                            1 + place % 250, slot / 250, 1 + slot % 250, 9, 100 + slot, 200 + place, 1 + slot % 7, 1));
        }
        return pen.start();
    }

    /** Of their control ports, on 127.0.0.1. */
    List<Integer> ports() {
        return pens.stream()
                .map(pen -> ((Endpoint.Tcp) pen.controlEndpoint()).port())
                .toList();
    }

    /** The words of a command line that end with the control ports. */
    String[] portsAfter(String... words) {
        List<String> line = new ArrayList<>(List.of(words));
        ports().forEach(port -> line.add(port.toString()));
        return line.toArray(String[]::new);
    }

    List<RealPen> all() {
        return List.copyOf(pens);
    }

    RealPen first() {
        return pens.get(0);
    }

    @Override
    public void close() {
        pens.forEach(RealPen::close);
    }
}
