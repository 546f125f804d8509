package io.millrace.exchange.faults;

import io.millrace.exchange.venue.BookImage;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A fault that was set, with what it has done so far.
 *
 * <p><b>Thread:</b> the exchange's loop, except {@link #hits()} and {@link #isSpent()}: any.
 */
public final class ActiveFault {
    private final Fault fault;
    private final AtomicLong hits = new AtomicLong();
    private final Map<String, BookImage> books;
    private long skipped;
    private volatile boolean isCleared;

    ActiveFault(Fault fault, Map<String, BookImage> books) {
        this.fault = fault;
        this.books = books;
    }

    /** Returns what was asked for. */
    public Fault fault() {
        return fault;
    }

    /** Returns how many frames, requests or connections it has hit. */
    public long hits() {
        return hits.get();
    }

    /** Says whether it has hit all it was to hit, or was cleared. */
    public boolean isSpent() {
        return isCleared || hits.get() >= fault.count();
    }

    void clear() {
        isCleared = true;
    }

    /** Returns the book that was kept when the fault was set, or null. */
    public BookImage keptBook(String symbol) {
        return books.get(symbol);
    }

    /** Counts something that matches; says whether it is hit. */
    boolean strike() {
        if (isSpent()) {
            return false;
        }
        if (skipped < fault.skip()) {
            skipped++;
            return false;
        }
        hits.incrementAndGet();
        return true;
    }
}
