package io.github.penagent.penctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.peers.RealPen;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/**
 * Random calls of the public API, a fifth of their arguments hostile, against a real pen. {@code -Drandom.calls=20000} asks
 * for that many sequences, {@code -Drandom.seed} for the same ones again.
 */
class RandomCallsIT {
    private static final int SEQUENCES = Integer.getInteger("random.calls", 2_000);
    private static final long SEED = Long.getLong("random.seed", System.nanoTime());
    private static final int MOST_CALLS = 6;
    private static final int SLOTS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern CONFIRMED = Pattern.compile("(?:nothing to do, )?(slot (\\d+): [^;]*).*");

    private static final List<Amount> AMOUNTS = List.of(Amount.values());
    private static final List<Toggle> TOGGLES = List.of(Toggle.values());
    private static final List<String> HOSTILE_ADDRESSES = List.of(
            "127.0.0.1:80\nexit",
            "127.0.0.1:80 max 5",
            "0.0.0.0:80",
            "[::]:0",
            "/tmp/a b",
            "no..host:80",
            "",
            "127.0.0.1:99999",
            "1.2:80",
            "%s%n:80",
            "/" + "x".repeat(5_000),
            "127.0.0.1:80\r\nserver 100000 max 1");
    private static final List<Integer> HOSTILE_NUMBERS =
            List.of(Integer.MIN_VALUE, -1, 6, 7, 10, 65_535, 65_536, 70_000, 100_000, 1_000_000_000, Integer.MAX_VALUE);

    @AutoClose
    private final Transport transport = Transport.create(1);

    @AutoClose
    private final RealPen running = start();

    private final Random random = new Random(SEED);
    private final Pen pen =
            Pen.over(transport.client(running.controlEndpoint(), Duration.ofSeconds(5)), PenVersion.V0_34);
    private final Pen bold = pen.accepting(Danger.values());
    private int slots = SLOTS;

    private static RealPen start() {
        RealPen.Builder pen = RealPen.with().options("-r");
        for (int i = 0; i < SLOTS; i++) {
            pen.backend(i < 3 ? "127.0.0.1:" + (9_000 + i) : "0.0.0.0:0");
        }
        return pen.start();
    }

    @Test
    void pen_lives_and_is_what_the_library_said() {
        System.out.printf("random calls: %d sequences, seed %d%n", SEQUENCES, SEED);
        long pid = running.pid();
        int calls = 0;
        int confirmed = 0;
        for (int i = 0; i < SEQUENCES; i++) {
            for (int left = 1 + random.nextInt(MOST_CALLS); left > 0; left--) {
                boolean servers = random.nextInt(4) > 0;
                confirmed += (servers ? step("sequence " + i) : setting("sequence " + i)) ? 1 : 0;
                calls++;
            }
            assertThat(value(Command.pid()))
                    .as("pid after sequence %d, seed %d", i, SEED)
                    .isEqualTo((int) pid);
        }
        System.out.printf("random calls: %d calls, %d confirmed%n", calls, confirmed);
        assertThat(confirmed).isPositive();
        assertThat(running.penctl("servers").lines()).hasSize(slots);
    }

    /** One call, held against pen's list before and after; whether it was confirmed. */
    private boolean step(String where) {
        List<ServerRow> before = rows();
        // A seldom growth, so that the table stays small.
        boolean grow = slots < SLOTS + 5 && random.nextInt(50) == 0;
        PenServers servers = (grow ? bold : pen).servers();
        Call call = call(servers);
        Outcome outcome =
                Objects.requireNonNull(call.run().apply(servers).block(PATIENCE), "no outcome of " + call.name());
        List<ServerRow> after = rows();
        String story = where + ", seed " + SEED + ", " + call.name() + ": " + outcome + "\n" + before + "\n" + after;
        boolean grew = after.size() == before.size() + 1;
        assertThat(grew)
                .as(story)
                .isEqualTo(outcome.confirmed() && outcome.message().contains("grown"));
        assertThat(after.size() - before.size()).as(story).isBetween(0, grow ? 1 : 0);
        slots = after.size();
        if (outcome.confirmed()) {
            Matcher m = CONFIRMED.matcher(outcome.message());
            assertThat(m.matches()).as(story).isTrue();
            assertThat(after.get(Integer.parseInt(m.group(2))).text()).as(story).isEqualTo(m.group(1));
        } else {
            assertThat(after)
                    .as(story)
                    .usingElementComparator((a, b) -> a.sameSettings(b) ? 0 : 1)
                    .isEqualTo(before);
        }
        return outcome.confirmed();
    }

    /** A setting or an access list, no danger accepted: whatever becomes of it, the servers stay as they are. */
    private boolean setting(String where) {
        List<ServerRow> before = rows();
        int n = number(100);
        boolean on = random.nextBoolean();
        Amount amount = AMOUNTS.get(random.nextInt(AMOUNTS.size()));
        Toggle toggle = TOGGLES.get(random.nextInt(TOGGLES.size()));
        int kind = random.nextInt(4);
        Mono<Outcome> call =
                switch (kind) {
                    case 0 -> pen.settings().set(amount, n);
                    case 1 -> pen.settings().turn(toggle, on);
                    case 2 -> pen.acls().add(n, AclRule.ipv4(AclRule.Policy.PERMIT, "10.0.0.1"));
                    default -> pen.acls().remove(n);
                };
        String story = where + ", seed " + SEED + ", kind " + kind + ", " + amount + ", " + toggle + ", " + n;
        Outcome outcome = Objects.requireNonNull(call.block(PATIENCE), "no outcome of " + story);
        assertThat(rows())
                .as(story)
                .usingElementComparator((a, b) -> a.sameSettings(b) ? 0 : 1)
                .isEqualTo(before);
        if (kind == 0 && outcome.confirmed()) {
            Answer<Integer> read = pen.information().amount(amount).block(PATIENCE);
            assertThat(read).as(story).isInstanceOfSatisfying(Answer.Ok.class, ok -> assertThat(ok.value())
                    .isEqualTo(n));
        }
        return outcome.confirmed();
    }

    private record Call(String name, Function<PenServers, Mono<Outcome>> run) {}

    private Call call(PenServers servers) {
        String target = random.nextBoolean() ? Integer.toString(number(slots)) : address();
        OneServer one = target.matches("-?\\d+") ? servers.at(Integer.parseInt(target)) : servers.at(target);
        String address = address();
        int n = number(100);
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> new Call("add " + address, s -> s.add(address));
            case 3 -> new Call("remove " + target, s -> one.remove());
            case 4 -> new Call(target + " address " + address, s -> one.address(address));
            case 5 -> new Call(target + " port " + n, s -> one.port(n));
            case 6 -> new Call(target + " max " + n, s -> one.max(n));
            case 7 -> new Call(target + " hard " + n, s -> one.hard(n));
            case 8 -> new Call(target + " weight " + n, s -> one.weight(n));
            case 9 -> new Call(target + " prio " + n, s -> one.prio(n));
            case 10 -> new Call(target + " blacklist " + n, s -> one.blacklist(Duration.ofSeconds(n)));
            case 11 -> new Call(target + " drain", s -> one.drain());
            case 12 -> new Call(target + " undrain", s -> random.nextBoolean() ? one.undrain() : one.undrain(n, 0));
            default -> new Call(target + " acl or whitelist " + n, s -> n % 2 == 0 ? one.whitelist() : one.acl(n));
        };
    }

    private String address() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> HOSTILE_ADDRESSES.get(random.nextInt(HOSTILE_ADDRESSES.size()));
            case 2 -> "[::1]:" + (9_000 + random.nextInt(3));
            case 3 -> "/run/backend" + random.nextInt(3);
            default -> "127.0.0.1:" + (9_000 + random.nextInt(6));
        };
    }

    private int number(int bound) {
        return random.nextInt(5) == 0
                ? HOSTILE_NUMBERS.get(random.nextInt(HOSTILE_NUMBERS.size()))
                : random.nextInt(bound);
    }

    private List<ServerRow> rows() {
        return ServerRow.of(value(Command.servers()));
    }

    private <T> T value(Command<T> command) {
        return Asking.value(transport.client(running.controlEndpoint(), Duration.ofSeconds(5)), command);
    }
}
