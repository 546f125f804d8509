package io.millrace.exchange.faults;

import io.millrace.exchange.venue.BookImage;
import io.millrace.exchange.venue.VenueRandom;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A fault that was set, with what it has done so far.
 *
 * <p><b>Thread:</b> the exchange's loop, except {@link #fault()}, {@link #hits()} and {@link #isSpent()}: any.
 */
public final class ActiveFault {
    private static final String ALWAYS = "ALWAYS";
    private static final String RANDOM = "RANDOM";

    private final Fault fault;
    private final AtomicLong hits = new AtomicLong();
    private final Map<String, BookImage> books;
    private final VenueRandom random;
    private final FaultTime time;
    private final long startMs;
    private final long endMs;
    private long skipped;
    private volatile boolean isOver;

    ActiveFault(Fault fault, Map<String, BookImage> books, long seed, FaultTime time) {
        this.fault = fault;
        this.books = books;
        this.random = new VenueRandom(seed);
        this.time = time;
        FaultTiming timing = fault.timing();
        this.startMs = time.nowMs() + timing.afterMs();
        this.endMs = timing.forMs() == 0 ? Long.MAX_VALUE : startMs + timing.forMs();
    }

    /** Returns what was asked for. */
    public Fault fault() {
        return fault;
    }

    /** Returns how many frames, requests, events or connections it has hit; of an operation, what it was done to. */
    public long hits() {
        return hits.get();
    }

    /** Says whether it has hit all it was to hit, is over, or was cleared. */
    public boolean isSpent() {
        return isOver || (!fault.kind().isOperation() && hits.get() >= fault.count());
    }

    /** Returns the milliseconds of the venue's time until it ends, or {@link Long#MAX_VALUE}. */
    public long leftMs() {
        return endMs == Long.MAX_VALUE ? endMs : Math.max(0, endMs - time.nowMs());
    }

    /** Returns the book that was kept when the fault was set, or null. */
    public BookImage keptBook(String symbol) {
        return books.get(symbol);
    }

    /** Says whether the request that it has hit is executed although it is not answered as it should be. */
    public boolean isExecuting() {
        String executes = fault.text(FaultKind.EXECUTES);
        return executes.equals(ALWAYS) || (executes.equals(RANDOM) && (random.nextLong() & 1) == 0);
    }

    /** Ends it; says whether it had not ended yet. */
    boolean end() {
        boolean wasOn = !isOver;
        isOver = true;
        return wasOn;
    }

    /** Says whether its beginning is past. */
    boolean hasBegun() {
        return time.nowMs() >= startMs;
    }

    /** Counts what it did. */
    public void hit(long count) {
        hits.addAndGet(count);
    }

    /** Says whether it is between its beginning and its end now. */
    public boolean isOn() {
        if (isOver) {
            return false;
        }
        long nowMs = time.nowMs();
        if (nowMs >= endMs && !fault.kind().isOperation()) {
            isOver = true;
        }
        return nowMs >= startMs && nowMs < endMs;
    }

    /** Counts something that matches; says whether it is hit. */
    boolean strike() {
        if (isSpent() || !isOn()) {
            return false;
        }
        if (skipped < fault.skip()) {
            skipped++;
            return false;
        }
        if (fault.timing().chance() < 1 && random.nextDouble() >= fault.timing().chance()) {
            return false;
        }
        hits.incrementAndGet();
        return true;
    }
}
