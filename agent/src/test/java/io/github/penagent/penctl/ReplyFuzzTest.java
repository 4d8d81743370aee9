package io.github.penagent.penctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/** Whatever the bytes, a reader gives rows or one failure that says where. */
class ReplyFuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_121L);
    private static final int CASES = 20_000;

    /** Longer recordings repeat themselves. */
    private static final int MOST_BYTES = 3_000;

    private static final String[] INSERTS = {
        "\n", " ", "-", "0", "99999999999999999999", " port ", " connects ", " sx 1", "no ", "\0", "\u00ff", " later 5"
    };

    private final Random random = new Random(SEED);
    private final ServerTable servers = new ServerTable();
    private final ClientTable clients = new ClientTable();

    @Test
    void damaged_replies_give_rows_or_one_failure() {
        List<byte[]> recordings = Replies.all().stream()
                .map(Replies::bytes)
                .map(reply -> Arrays.copyOf(reply, Math.min(reply.length, MOST_BYTES)))
                .toList();
        List<Command<?>> fixed = Replies.commands();
        for (int i = 0; i < CASES; i++) {
            byte[] reply = damaged(recordings.get(random.nextInt(recordings.size())));
            String situation = "seed " + SEED + ", case " + i;
            // Reused from case to case, as in the agent: what an earlier reply left must not show.
            check(situation, reply, Command.servers(servers), Command.servers());
            check(situation, reply, Command.recent(1, clients), Command.recent(1, new ClientTable()));
            Command<?> other = fixed.get(random.nextInt(fixed.size()));
            check(situation, reply, other, other);
        }
    }

    private byte[] damaged(byte[] whole) {
        byte[] reply = whole;
        for (int n = random.nextInt(5); n > 0; n--) {
            reply = damagedOnce(reply);
        }
        return reply;
    }

    private byte[] damagedOnce(byte[] reply) {
        if (reply.length == 0) {
            return reply;
        }
        int at = random.nextInt(reply.length);
        int to = Math.min(reply.length, at + 1 + random.nextInt(40));
        return switch (random.nextInt(6)) {
            case 0 -> {
                byte[] flipped = reply.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                yield flipped;
            }
            case 1 -> Arrays.copyOf(reply, at);
            case 2 -> join(reply, at, bytes(INSERTS[random.nextInt(INSERTS.length)]), at);
            case 3 -> join(reply, to, Arrays.copyOfRange(reply, at, to), to);
            case 4 -> join(reply, at, new byte[0], to);
            default -> {
                byte[] digits = reply.clone();
                digits[at] = (byte) ('0' + random.nextInt(10));
                yield digits;
            }
        };
    }

    private static byte[] join(byte[] reply, int until, byte[] middle, int from) {
        byte[] joined = Arrays.copyOf(reply, until + middle.length + reply.length - from);
        System.arraycopy(middle, 0, joined, until, middle.length);
        System.arraycopy(reply, from, joined, until + middle.length, reply.length - from);
        return joined;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void check(String situation, byte[] reply, Command<?> reused, Command<?> fresh) {
        String first = outcome(situation, reply, reused);
        if (reused != fresh) {
            assertThat(first).as(situation).isEqualTo(outcome(situation, reply, fresh));
        }
    }

    /** Rows as text, or what the failure says; a failure names a place that is there. */
    static String outcome(String situation, byte[] reply, Command<?> command) {
        try {
            return rows(command.read(reply, reply.length));
        } catch (UnreadableReply e) {
            checkPlace(situation, reply, e.failure());
            return e.failure().message();
        } catch (RuntimeException e) {
            throw new AssertionError(situation + ", " + command, e);
        }
    }

    private static void checkPlace(String situation, byte[] reply, Failure failure) {
        int line;
        int column;
        if (failure instanceof Failure.Malformed malformed) {
            line = malformed.line();
            column = malformed.column();
        } else if (failure instanceof Failure.UnfinishedLine unfinished) {
            line = unfinished.line();
            column = unfinished.column();
        } else if (failure instanceof Failure.SlotGap gap) {
            line = gap.line();
            column = 1;
        } else {
            assertThat(failure).as(situation).isEqualTo(new Failure.Denied());
            assertThat(reply).as(situation).isEmpty();
            return;
        }
        String[] lines = new String(reply, StandardCharsets.ISO_8859_1).split("\n", -1);
        assertThat(line).as(situation).isBetween(1, lines.length);
        assertThat(column).as(situation).isBetween(1, lines[line - 1].length() + 1);
    }

    private static String rows(Object value) {
        StringJoiner rows = new StringJoiner("\n");
        if (value instanceof ServerTable t) {
            for (int i = 0; i < t.size(); i++) {
                rows.add(String.join(
                        " ",
                        t.hostPort(i) + t.addr(i) + t.port(i) + t.unused(i),
                        List.of(t.conn(i), t.max(i), t.hard(i), t.sx(i), t.rx(i))
                                .toString(),
                        t.hasWeight(i) ? "weight " + t.weight(i) : "",
                        t.hasPrio(i) ? "prio " + t.prio(i) : ""));
            }
        } else if (value instanceof ClientTable t) {
            for (int i = 0; i < t.size(); i++) {
                rows.add(t.client(i) + t.connects(i) + " " + t.sx(i) + " " + t.rx(i));
            }
        } else {
            rows.add(value.toString());
        }
        return rows.toString();
    }
}
