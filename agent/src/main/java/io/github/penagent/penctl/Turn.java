package io.github.penagent.penctl;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * One piece of work at a time, in the order in which they were subscribed to, without a thread that waits: what reads, writes
 * and looks again must not be interleaved with another such sequence.
 */
public final class Turn {
    private final Deque<Pass> waiting = new ArrayDeque<>();
    private boolean taken;

    /** {@code work}, alone. The turn ends with it, however it ends. */
    public <T> Mono<T> alone(Mono<T> work) {
        return Mono.usingWhen(Mono.create(this::queue), pass -> work, pass -> Mono.fromRunnable(pass::end));
    }

    private void queue(MonoSink<Pass> sink) {
        Pass pass = new Pass(sink);
        sink.onCancel(pass::end);
        boolean mine;
        synchronized (waiting) {
            mine = !taken;
            taken = true;
            if (!mine) {
                waiting.add(pass);
            }
        }
        if (mine) {
            sink.success(pass);
        }
    }

    private @Nullable Pass next() {
        synchronized (waiting) {
            Pass next = waiting.poll();
            taken = next != null;
            return next;
        }
    }

    private final class Pass {
        private final MonoSink<Pass> sink;
        private final AtomicBoolean over = new AtomicBoolean();

        Pass(MonoSink<Pass> sink) {
            this.sink = sink;
        }

        /** Once; one that still waits gives up its place and nobody's turn. */
        void end() {
            if (!over.compareAndSet(false, true)) {
                return;
            }
            synchronized (waiting) {
                if (waiting.remove(this)) {
                    return;
                }
            }
            Pass next = next();
            if (next != null) {
                next.sink.success(next);
            }
        }
    }
}
