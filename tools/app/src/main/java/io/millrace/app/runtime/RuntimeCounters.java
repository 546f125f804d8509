package io.millrace.app.runtime;

import io.millrace.engine.status.CounterIds;
import io.millrace.journal.Journal;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.concurrent.Agent;

/**
 * What the runtime adds to telemetry: ids behind those of the engine.
 *
 * <p><b>Thread:</b> each counter has one writer; all may read.
 */
public final class RuntimeCounters {
    /** Sequence of the last event in the input journal. */
    public static final int JOURNAL_SEQUENCE = CounterIds.COUNT;
    /** Index of the last record in the output journal. */
    public static final int OUTPUT_INDEX = CounterIds.COUNT + 1;
    /** Number of counters. */
    static final int SIZE = 2;

    private final AtomicLongArray values = new AtomicLongArray(SIZE);

    /** Makes counters at -1: nothing is journaled. */
    RuntimeCounters() {
        values.set(0, -1);
        values.set(1, -1);
    }

    long get(int counterId) {
        return values.get(counterId - CounterIds.COUNT);
    }

    /** Returns an agent for the journal's thread. */
    Agent journalAgent(Journal journal) {
        return agent("journal-position", () -> publish(JOURNAL_SEQUENCE, journal.lastInputSequence()));
    }

    /** Returns an agent for egress's thread. */
    Agent outputAgent(Journal journal) {
        return agent("output-position", () -> publish(OUTPUT_INDEX, journal.lastOutputIndex()));
    }

    private void publish(int counterId, long value) {
        int index = counterId - CounterIds.COUNT;
        if (values.getPlain(index) != value) {
            values.lazySet(index, value);
        }
    }

    private static Agent agent(String name, Runnable work) {
        return new Agent() {
            @Override
            public int doWork() {
                work.run();
                return 0;
            }

            @Override
            public String roleName() {
                return name;
            }
        };
    }
}
