package io.millrace.exchange.market;

/**
 * The last {@value #BOUND} aggregated trades of one symbol. Their ids follow on each other.
 *
 * <p><b>Thread:</b> confined to the market's thread. <b>Allocation:</b> only while it grows, to 40 bytes a trade.
 */
public final class AggregateHistory {
    /** Most aggregated trades that are kept. */
    public static final int BOUND = 2048;

    private static final int TIME = 0;
    private static final int PRICE = 1;
    /** Below 0 where the buyer was the maker. */
    private static final int QTY = 2;

    private static final int FIRST_TRADE = 3;
    private static final int LAST_TRADE = 4;

    private final LongRows rows = new LongRows(5, BOUND);
    private long idOfRow0;

    void add(Aggregate trade) {
        long row = rows.add();
        idOfRow0 = trade.id - row;
        rows.set(row, TIME, trade.timeMs);
        rows.set(row, PRICE, trade.priceTicks);
        rows.set(row, QTY, trade.isBuyerMaker ? -trade.qtyLots : trade.qtyLots);
        rows.set(row, FIRST_TRADE, trade.firstTradeId);
        rows.set(row, LAST_TRADE, trade.lastTradeId);
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
     * Returns the id of the first trade that is not older than a time, or {@link #endId()}.
     *
     * @param timeMs epoch milliseconds.
     */
    public long firstIdFrom(long timeMs) {
        return idOfRow0 + rows.lowerBound(TIME, timeMs);
    }

    /**
     * Returns when an aggregated trade happened, epoch milliseconds.
     *
     * @param id that is kept.
     */
    public long timeMs(long id) {
        return rows.get(id - idOfRow0, TIME);
    }

    /**
     * Returns the price in ticks.
     *
     * @param id that is kept.
     */
    public long priceTicks(long id) {
        return rows.get(id - idOfRow0, PRICE);
    }

    /**
     * Returns the quantity in lots.
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

    /**
     * Returns the id of the first trade in it.
     *
     * @param id that is kept.
     */
    public long firstTradeId(long id) {
        return rows.get(id - idOfRow0, FIRST_TRADE);
    }

    /**
     * Returns the id of the last trade in it.
     *
     * @param id that is kept.
     */
    public long lastTradeId(long id) {
        return rows.get(id - idOfRow0, LAST_TRADE);
    }
}
