package io.millrace.exchange.server;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * What is to happen at a time of the exchange's clock: a machine that stands still makes nothing due that its clients had no time
 * for, and a test decides when a time limit is over.
 *
 * <p><b>Thread:</b> the loop.
 */
final class LoopTimers {
    private final PriorityQueue<Timer> pending = new PriorityQueue<>(
            Comparator.comparingLong((Timer timer) -> timer.dueNs).thenComparingLong(timer -> timer.number));
    private long lastNumber;

    /** Something that will happen unless it is cancelled. */
    final class Timer {
        private final long dueNs;
        private final long number;
        private final Runnable task;

        private Timer(long dueNs, long number, Runnable task) {
            this.dueNs = dueNs;
            this.number = number;
            this.task = task;
        }

        void cancel() {
            pending.remove(this);
        }
    }

    /** Lets a task run at the first {@link #run} at or behind a time. */
    Timer at(long dueNs, Runnable task) {
        Timer timer = new Timer(dueNs, ++lastNumber, task);
        pending.add(timer);
        return timer;
    }

    /** Runs what is due, in order of time and then of setting. */
    void run(long nowNs) {
        while (!pending.isEmpty() && pending.peek().dueNs <= nowNs) {
            pending.remove().task.run();
        }
    }
}
