package io.github.penagent.web;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The latest decisions as events. Each change of one, such as its outcome, makes it new again; each is put into words once, however
 * many listen. Not thread-safe.
 */
final class DecisionFeed {
    static final int CAPACITY = 100;

    private Map<Long, Item> items = Map.of();
    private List<Item> inOrder = List.of();
    private long changes;

    /** Takes in what is new among these. */
    void refresh(List<DecisionRow> newestFirst) {
        Map<Long, Item> now = new HashMap<>();
        List<DecisionRow> latest = newestFirst.subList(0, Math.min(CAPACITY, newestFirst.size()));
        for (int i = latest.size() - 1; i >= 0; i--) {
            DecisionRow row = latest.get(i);
            Item known = items.get(row.id());
            now.put(row.id(), known != null && known.row.equals(row) ? known : new Item(row, ++changes));
        }
        if (!now.equals(items)) {
            List<Item> all = new ArrayList<>(now.values());
            all.sort((a, b) -> Long.compare(a.change, b.change));
            inOrder = all;
            items = now;
        }
    }

    long lastChange() {
        return changes;
    }

    /** What changed since, oldest change first. */
    List<Item> since(long change, Set<String> pens) {
        int from = inOrder.size();
        while (from > 0 && inOrder.get(from - 1).change > change) {
            from--;
        }
        return inOrder.subList(from, inOrder.size()).stream()
                .filter(item -> pens.isEmpty() || pens.contains(item.row.pen()))
                .toList();
    }

    /** One decision as it was at one time. */
    static final class Item {
        private final DecisionRow row;
        private final long change;
        private Buffer event = Buffer.buffer();

        private Item(DecisionRow row, long change) {
            this.row = row;
            this.change = change;
        }

        long change() {
            return change;
        }

        Buffer event() {
            if (event.length() == 0) {
                event = EventText.of("decision", DecisionJson.of(row));
            }
            return event;
        }
    }
}
