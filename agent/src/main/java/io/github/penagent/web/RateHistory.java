package io.github.penagent.web;

import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Reading;
import io.github.penagent.fleet.Series;
import io.github.penagent.fleet.Slots;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How much each backend moved lately, for the small pictures: at most {@value #POINTS} points of one pen's backends, at least two
 * seconds apart, two bytes each. Forgotten with the pen. Not thread-safe.
 */
final class RateHistory {
    static final int POINTS = 60;
    static final long STEP_NANOS = 2_000_000_000L;

    private static final String LEVELS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final char GAP = '-';

    private final Map<String, Rings> pens = new HashMap<>();

    /** Takes in what is new since the last point, if that is old enough. */
    void record(PenState state) {
        state.reading().ifPresent(reading -> {
            Rings rings = pens.get(state.name());
            if (rings == null) {
                pens.put(state.name(), Rings.first(reading));
            } else if (rings.isDue(reading)) {
                pens.put(state.name(), rings.next(reading));
            }
        });
    }

    void keepOnly(Set<String> names) {
        pens.keySet().retainAll(names);
    }

    /** How many points this pen ever had. */
    long points(String pen) {
        Rings rings = pens.get(pen);
        return rings == null ? 0 : rings.points;
    }

    /**
     * All that is remembered of one pen: for each backend its slot, address, largest rate in bytes per second, and one character for
     * each point, oldest first, from {@code A} for nothing to {@code /} for the largest.
     */
    JsonObject json(String pen) {
        JsonArray backends = new JsonArray();
        Rings rings = pens.get(pen);
        if (rings != null) {
            for (int i = 0; i < rings.slots.size(); i++) {
                if (rings.slots.isUsed(i)) {
                    backends.add(rings.json(i));
                }
            }
        }
        return new JsonObject().put("name", pen).put("points", points(pen)).put("backends", backends);
    }

    /** One pen's rings, side by side; the next ones take over the array of the last. */
    private static final class Rings {
        private static final short[] NONE = {};
        private static final short UNKNOWN = rough(Float.NaN);

        private final Slots slots;
        private final Series series;
        private final long nanos;
        private final long restarts;
        private final long points;
        private final short[] values;

        private Rings(Reading reading, long points, short[] values) {
            slots = reading.slots();
            series = reading.series();
            nanos = reading.sample().nanos();
            restarts = reading.restarts();
            this.points = points;
            this.values = values;
        }

        static Rings first(Reading reading) {
            return new Rings(reading, 0, NONE);
        }

        boolean isDue(Reading reading) {
            return reading.sample().nanos() - nanos >= STEP_NANOS;
        }

        Rings next(Reading reading) {
            Slots now = reading.slots();
            short[] all = values.length == now.size() * POINTS ? values : resized(now.size());
            double seconds = (reading.sample().nanos() - nanos) / 1e9;
            int place = (int) (points % POINTS);
            for (int i = 0; i < now.size(); i++) {
                boolean same = reading.restarts() == restarts
                        && i < slots.size()
                        && now.address(i).equals(slots.address(i));
                if (!same) {
                    Arrays.fill(all, i * POINTS, (i + 1) * POINTS, UNKNOWN);
                } else {
                    double moved = unsigned(reading.series().sent(i) - series.sent(i))
                            + unsigned(reading.series().received(i) - series.received(i));
                    all[i * POINTS + place] = rough((float) (moved / seconds));
                }
            }
            return new Rings(reading, points + 1, all);
        }

        private short[] resized(int size) {
            short[] all = new short[size * POINTS];
            Arrays.fill(all, UNKNOWN);
            System.arraycopy(values, 0, all, 0, Math.min(values.length, all.length));
            return all;
        }

        private static double unsigned(long value) {
            return value >= 0 ? value : value + 0x1p64;
        }

        JsonArray json(int slot) {
            int count = (int) Math.min(points, POINTS);
            float largest = 0;
            for (int back = count; back > 0; back--) {
                float value = value(slot, back);
                largest = value > largest ? value : largest;
            }
            StringBuilder levels = new StringBuilder(count);
            for (int back = count; back > 0; back--) {
                levels.append(level(value(slot, back), largest));
            }
            return new JsonArray()
                    .add(slot)
                    .add(slots.address(slot))
                    .add(largest)
                    .add(levels.toString());
        }

        private float value(int slot, int back) {
            int at = slot * POINTS + (int) ((points - back) % POINTS);
            return at < values.length ? Float.intBitsToFloat(values[at] << 16) : Float.NaN;
        }

        /** The upper half of a float: as large as one, and right to a hundredth, which is finer than the pictures are. */
        private static short rough(float value) {
            return (short) (Float.floatToRawIntBits(value) >>> 16);
        }

        private static char level(float value, float largest) {
            if (Float.isNaN(value)) {
                return GAP;
            }
            int top = LEVELS.length() - 1;
            return LEVELS.charAt(largest > 0 ? Math.min(top, Math.round(top * value / largest)) : 0);
        }
    }
}
