package io.github.penagent.bench;

import reactor.core.publisher.Mono;

/** A way to ask pens for their servers, many at once. */
interface Asker extends AutoCloseable {
    /** Whatever it does before it asks the first pen. */
    void prepare();

    /** Asks one pen, by its place in the list; ends with how many lines it answered. One question to a pen at a time. */
    Mono<Integer> ask(int pen);

    /** What this pen answered last. */
    Totals last(int pen);

    @Override
    void close();
}
