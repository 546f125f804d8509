package io.millrace.exchange.market;

/**
 * The orders that only retail clients can take and that books for everybody leave out. Every fourth level has some, always the
 * same at the same price; they stand only where the book has a level, and they are never taken.
 */
public final class RpiOrders {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final int SHARE_MASK = 3;
    private static final int MOST_LOTS = 64;

    private RpiOrders() {}

    /**
     * Returns what stands at a level besides the book's own quantity.
     *
     * @param symbol index of the symbol.
     * @param tick price of a level.
     * @return lots, 0 at most levels.
     */
    public static long lots(int symbol, long tick) {
        long hash = (tick * 2_147_483_647L + symbol) * GOLDEN;
        hash ^= hash >>> 29;
        return (hash & SHARE_MASK) != 0 ? 0 : 1 + (hash >>> 40) % MOST_LOTS;
    }
}
