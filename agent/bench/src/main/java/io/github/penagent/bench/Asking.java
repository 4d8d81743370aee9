package io.github.penagent.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;

/**
 * Asks pens in a process of its own and says what that took, in microseconds of the process's CPU for each poll; what it took to start
 * is not in it.
 *
 * <p>{@code Asking WAY in-flight N POLLS,POLLS,... PORT...} asks without a pause, and tells {@code us0}, {@code us1} and so on: one for
 * each stretch of so many polls. {@code Asking WAY a-second N POLLS PORT...} asks so many times a second.
 */
final class Asking {
    /** As the agent is shipped. */
    static final List<String> OPTIONS = List.of("@src/deb/jvm.options");

    private final Asker asker;
    private final int pens;
    private long asked;
    private long lines;

    private Asking(Asker asker, int pens) {
        this.asker = asker;
        this.pens = pens;
    }

    public static void main(String[] words) throws Exception {
        List<Integer> ports = Stream.of(words).skip(4).map(Integer::valueOf).toList();
        int pace = Integer.parseInt(words[2]);
        try (Asker asker = asker(words[0], ports)) {
            double start = cpu();
            asker.prepare();
            System.out.printf(Locale.ROOT, "prepare_us=%.0f%n", cpu() - start);
            Asking asking = new Asking(asker, ports.size());
            int[] stretches = Arrays.stream(words[3].split(","))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            for (int i = 0; i < stretches.length; i++) {
                double us = words[1].equals("in-flight")
                        ? asking.inFlight(pace, stretches[i])
                        : asking.aSecond(pace, stretches[i]);
                System.out.printf(Locale.ROOT, "us%d=%.2f%n", i, us);
            }
            asking.check();
        }
    }

    private static Asker asker(String way, List<Integer> ports) {
        return switch (way) {
            case "client" -> new OurClient(ports);
            case "turn" -> new WholeTurn(ports);
            case "ordinary" -> new OrdinaryClient(ports, false);
            case "warmed" -> new OrdinaryClient(ports, true);
            default -> throw new IllegalArgumentException(way);
        };
    }

    private double inFlight(int most, int polls) throws IOException {
        return timed(polls, Flux.range(0, polls).flatMap(i -> asker.ask(i % pens), most, 1));
    }

    private double aSecond(int rate, int polls) throws IOException {
        Flux<Long> ticks =
                Flux.interval(Duration.ofNanos(1_000_000_000L / rate)).onBackpressureBuffer();
        return timed(polls, ticks.take(polls).flatMap(i -> asker.ask((int) (i % pens)), pens));
    }

    private double timed(int polls, Flux<Integer> answers) throws IOException {
        double start = cpu();
        lines += answers.reduce(0L, Long::sum).blockOptional().orElseThrow();
        double spent = cpu() - start;
        asked += polls;
        return spent / polls;
    }

    private static double cpu() throws IOException {
        return Cpu.micros(ProcessHandle.current().pid());
    }

    /** Every poll has to have been as long as the last of its pen. */
    private void check() {
        Totals all = IntStream.range(0, pens).mapToObj(asker::last).reduce(Totals.NONE, Totals::and);
        if (lines * pens != asked * all.lines()) {
            throw new IllegalStateException(lines + " lines in " + asked + " polls");
        }
        System.out.println("lines=" + all.lines() + " sum=" + all.sum());
    }
}
