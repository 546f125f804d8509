package io.millrace.exchange.market;

/**
 * The last {@value #BOUND} trades of one symbol. Their ids follow on each other.
 *
 * <p><b>Thread:</b> confined to the market's thread. <b>Allocation:</b> only while it grows, to 24 bytes a trade.
 */
public final class TradeHistory {
    /** Most trades that are kept. */
    public static final int BOUND = 2048;

    private static final int TIME = 0;
    private static final int PRICE = 1;
    /** Below 0 where the buyer was the maker. */
    private static final int QTY = 2;

    private final LongRows rows = new LongRows(3, BOUND);
    private long idOfRow0;

    void add(long tradeId, long timeMs, long priceTicks, long qtyLots, boolean isBuyerMaker) {
        long row = rows.add();
        idOfRow0 = tradeId - row;
        rows.set(row, TIME, timeMs);
        rows.set(row, PRICE, priceTicks);
        rows.set(row, QTY, isBuyerMaker ? -qtyLots : qtyLots);
    }

    /** Returns the oldest id that is kept. */
    public long firstId() {
        return idOfRow0 + rows.first();
    }

    /** Returns the id after the newest; equal to {@link #firstId()} if there is none. */
    public long endId() {
        return idOfRow0 + rows.end();
    }

    /**
     * Returns when a trade happened, epoch milliseconds.
     *
     * @param id that is kept.
     */
    public long timeMs(long id) {
        return rows.get(id - idOfRow0, TIME);
    }

    /**
     * Returns the price of a trade in ticks.
     *
     * @param id that is kept.
     */
    public long priceTicks(long id) {
        return rows.get(id - idOfRow0, PRICE);
    }

    /**
     * Returns the quantity of a trade in lots.
     *
     * @param id that is kept.
     */
    public long qtyLots(long id) {
        return Math.abs(rows.get(id - idOfRow0, QTY));
    }

    /**
     * Says whether the seller was the taker.
     *
     * @param id that is kept.
     */
    public boolean isBuyerMaker(long id) {
        return rows.get(id - idOfRow0, QTY) < 0;
    }
}
