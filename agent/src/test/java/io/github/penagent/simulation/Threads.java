package io.github.penagent.simulation;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** The threads of a program on the watcher's machine, as if they were one: they stand still while the machine does. */
final class Threads implements Scheduler {
    private final Timeline time;
    private final Watcher machine;

    Threads(World world) {
        time = world.time();
        machine = world.watcher();
    }

    @Override
    public long now(TimeUnit unit) {
        return unit.convert(time.nanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public Disposable schedule(Runnable task) {
        return schedule(task, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        Disposable over = Disposables.single();
        plan(time.nanos() + unit.toNanos(delay), task, over);
        return over;
    }

    @Override
    public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
        Disposable over = Disposables.single();
        repeat(time.nanos() + unit.toNanos(initialDelay), unit.toNanos(period), task, over);
        return over;
    }

    private void plan(long nanos, Runnable task, Disposable over) {
        time.at(
                nanos,
                () -> machine.run(() -> {
                    if (!over.isDisposed()) {
                        task.run();
                    }
                }));
    }

    private void repeat(long nanos, long period, Runnable task, Disposable over) {
        plan(
                nanos,
                () -> {
                    task.run();
                    repeat(nanos + period, period, task, over);
                },
                over);
    }

    /** Whatever has to happen after a while. */
    void after(Duration delay, Runnable task) {
        schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public Worker createWorker() {
        return new OneWorker();
    }

    private final class OneWorker implements Worker {
        private final Disposable over = Disposables.single();

        @Override
        public Disposable schedule(Runnable task) {
            return Threads.this.schedule(gated(task));
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            return Threads.this.schedule(gated(task), delay, unit);
        }

        @Override
        public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
            Disposable one = Disposables.single();
            repeat(time.nanos() + unit.toNanos(initialDelay), unit.toNanos(period), gated(task), one);
            return one;
        }

        private Runnable gated(Runnable task) {
            return () -> {
                if (!over.isDisposed()) {
                    task.run();
                }
            };
        }

        @Override
        public void dispose() {
            over.dispose();
        }

        @Override
        public boolean isDisposed() {
            return over.isDisposed();
        }
    }
}
