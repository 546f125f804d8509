package io.millrace.engine.status;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Counters of one engine, a cache line each; ids and writers in {@link CounterIds}.
 *
 * <p><b>Thread:</b> {@link #add} and {@link #set} for the counter's one writer, {@link #addAtomic} where several write,
 * {@link #get} for everybody. <b>Allocation:</b> in the constructor only.
 */
public final class Counters {
    private static final int STRIDE = 2 * BitUtil.CACHE_LINE_LENGTH;

    private final UnsafeBuffer values =
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(CounterIds.COUNT * STRIDE, BitUtil.CACHE_LINE_LENGTH));

    /** Adds to a counter of which the caller is the only writer. */
    public void add(int counterId, long delta) {
        values.addLongRelease(counterId * STRIDE, delta);
    }

    /** Sets a counter of which the caller is the only writer. */
    public void set(int counterId, long value) {
        values.putLongRelease(counterId * STRIDE, value);
    }

    /** Adds to a counter that several threads write. */
    public void addAtomic(int counterId, long delta) {
        values.getAndAddLong(counterId * STRIDE, delta);
    }

    /** Returns the value of a counter. */
    public long get(int counterId) {
        return values.getLongAcquire(counterId * STRIDE);
    }

    /** Returns how many events of a template passed the book stage; an update in chunks counts once. */
    public long events(int templateId) {
        return get(templateId);
    }
}
