package io.github.penagent.penctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the last reply said may save work, and may never show. */
class LastLinesTest {
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_121L);
    private static final int REPLIES = 100_000;
    private static final String ROW = "0 addr 10.0.0.1 port 80 conn 1 max 2 hard 3 weight 4 prio 5 sx 6 rx 7\n";

    private final Random random = new Random(SEED);
    private final ServerTable table = new ServerTable();

    @Test
    void a_table_that_is_used_again_reads_as_a_new_one() {
        int good = 0;
        for (int i = 0; i < REPLIES; i++) {
            byte[] reply = reply().getBytes(StandardCharsets.ISO_8859_1);
            String situation = "seed " + SEED + ", reply " + i;
            String outcome = ReplyFuzzTest.outcome(situation, reply, Command.servers(table));
            assertThat(outcome).as(situation).isEqualTo(ReplyFuzzTest.outcome(situation, reply, Command.servers()));
            good += outcome.startsWith("10.0.0.") ? 1 : 0;
        }
        assertThat(good).isBetween(REPLIES / 4, REPLIES * 3 / 4);
    }

    @Test
    void what_a_damaged_line_left_is_not_taken_for_the_last_reply() {
        read(ROW);
        assertThat(Replies.failure(Command.servers(table), ROW.replace("max 2 hard 3", "max 20 hard x")))
                .isInstanceOf(Failure.Malformed.class);
        read(ROW);
        assertThat(table.max(0)).isEqualTo(2);
    }

    @Test
    void a_key_that_stood_once_at_another_place_may_not_stand_twice() {
        String early = "0 addr 10.0.0.1 port 80 rx 7 conn 1 max 2 hard 3 sx 6\n";
        read(early);
        assertThat(Replies.failure(Command.servers(table), early.replace("sx 6", "sx 6 rx 8"))
                        .message())
                .endsWith("'rx' stands twice");
    }

    @Test
    void addresses_are_the_same_objects_as_long_as_they_are_the_same() {
        read(ROW);
        String address = table.hostPort(0);
        read(ROW.replace("conn 1", "conn 100").replace("sx 6", "sx 60000"));
        read(ROW.replace("max 2", "max 20"));
        assertThat(table.hostPort(0)).isSameAs(address);
        assertThat(table.max(0)).isEqualTo(20);
    }

    private void read(String reply) {
        Replies.read(Command.servers(table), reply);
    }

    /** Much like the one before, so that much of it is known. */
    private String reply() {
        StringBuilder reply = new StringBuilder();
        int slots = 1 + random.nextInt(3);
        for (int slot = 0; slot < slots; slot++) {
            reply.append(slot)
                    .append(" addr 10.0.0.")
                    .append(few(2))
                    .append(" port ")
                    .append(80 + few(2));
            fields().forEach(field -> reply.append(' ').append(field));
            reply.append('\n');
        }
        if (few(3) == 0) {
            return reply.toString();
        }
        int at = random.nextInt(reply.length());
        return few(2) > 0
                ? reply.substring(0, at)
                : reply.replace(at, at + random.nextInt(2), any("", " ", "\n", "-", "x", "5", " rx 1", "9999999999"))
                        .toString();
    }

    private List<String> fields() {
        List<String> fields = new ArrayList<>(List.of("conn " + random.nextInt(300), "max " + few(2), "hard 0"));
        if (few(5) == 0) {
            fields.add(any("weight 1", "prio 2", "later -3", "conn 7", "max 0"));
        }
        fields.add("sx " + Integer.toUnsignedString(random.nextInt()));
        fields.add("rx " + Long.toUnsignedString(random.nextLong()));
        if (few(8) == 0) {
            Collections.swap(fields, random.nextInt(fields.size()), random.nextInt(fields.size()));
        }
        return fields;
    }

    /** Mostly 0, else less than {@code bound}. */
    private int few(int bound) {
        return random.nextInt(3) > 0 ? 0 : random.nextInt(bound);
    }

    private String any(String... words) {
        return words[random.nextInt(words.length)];
    }
}
