package io.millrace.exchange.venue;

/**
 * The one counter of book updates, shared by all symbols of the venue as on the real one: it only grows, and the ids of one
 * symbol have holes where other symbols changed.
 *
 * <p><b>Thread:</b> confined to the market's thread.
 */
public final class UpdateIds {
    private long last;

    /**
     * Starts the counter.
     *
     * @param last the id before the first.
     */
    public UpdateIds(long last) {
        this.last = last;
    }

    /** Takes the next id. */
    public long next() {
        return ++last;
    }

    /** Returns the last id taken. */
    public long last() {
        return last;
    }
}
