package io.millrace.exchange.matching;

/**
 * Says how much of the market's quantity still stands before a client's order after orders of its level were cancelled. Trades
 * need no model: they take from the front. Positions are in 1/{@value #SCALE} lot, so that small cancels move them too.
 *
 * <p><b>Thread:</b> confined to the venue's thread.
 */
public interface QueueModel {
    /** Parts of a lot that positions are counted in. */
    long SCALE = 1L << 16;

    /**
     * The market cancelled a quantity at a level; {@link #ahead} is then asked for each client's order there, front to back.
     *
     * @param levelLots the market's quantity before, above 0.
     * @param cancelledLots what was cancelled, above 0 and at most that.
     */
    default void onCancel(long levelLots, long cancelledLots) {}

    /**
     * Returns an order's position after the cancel.
     *
     * @param aheadParts what stood before the order, 0 to the level's quantity.
     * @param levelLots the market's quantity before, above 0.
     * @param cancelledLots what was cancelled, above 0 and at most that.
     * @return what stands before it now, in 1/{@value #SCALE} lot; the caller keeps it between 0, what is left at the level,
     *     what it was before, and what stands before the client's order in front.
     */
    long ahead(long aheadParts, long levelLots, long cancelledLots);
}
