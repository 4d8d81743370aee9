package io.github.penagent.bench;

import io.github.penagent.fleet.Slots;
import io.github.penagent.penctl.ServerTable;
import java.util.regex.Pattern;

/**
 * What one or more replies to {@code servers} come to: who reads them all has these, and who skips something has not.
 *
 * @param sum of all words that are whole numbers, which the addresses are not
 */
record Totals(long lines, long sum) {
    static final Totals NONE = new Totals(0, 0);

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    static Totals of(String reply) {
        long sum = 0;
        for (String word : reply.split("\\s+")) {
            if (NUMBER.matcher(word).matches()) {
                sum += Long.parseLong(word);
            }
        }
        return new Totals(reply.lines().count(), sum);
    }

    static Totals of(ServerTable table) {
        long sum = 0;
        for (int slot = 0; slot < table.size(); slot++) {
            sum += slot + table.port(slot) + table.conn(slot) + table.max(slot) + table.hard(slot);
            sum += table.weight(slot) + table.prio(slot) + table.sx(slot) + table.rx(slot);
        }
        return new Totals(table.size(), sum);
    }

    static Totals of(Slots slots) {
        long sum = 0;
        for (int slot = 0; slot < slots.size(); slot++) {
            String address = slots.address(slot);
            sum += slot + Integer.parseInt(address, address.lastIndexOf(':') + 1, address.length(), 10);
            sum += slots.connections(slot) + slots.softLimit(slot) + slots.hardLimit(slot);
            sum += slots.weight(slot) + slots.priority(slot) + slots.sent(slot) + slots.received(slot);
        }
        return new Totals(slots.size(), sum);
    }

    Totals and(Totals others) {
        return new Totals(lines + others.lines, sum + others.sum);
    }
}
