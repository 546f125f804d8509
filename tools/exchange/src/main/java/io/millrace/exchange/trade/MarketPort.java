package io.millrace.exchange.trade;

/**
 * The market of all contracts as matching trades with it: what the market's own orders offer, and what the public sees of the
 * clients' ones. A synthetic market takes part: clients' orders stand in its published books, and what they take is gone. A
 * recorded one only answers: its frames stay what they are.
 *
 * <p>Everything that changes the book or trades happens between {@link #begin} and {@link #end}; the market's own flow opens
 * such an event itself before it calls {@link MarketFlow}. Events nest; the outermost end publishes.
 *
 * <p><b>Thread:</b> the venue's. <b>Units:</b> ticks and lots.
 */
public interface MarketPort {
    /**
     * Returns the best price of a side, of whoever.
     *
     * @param symbol index of the contract.
     * @param isBid side of the book.
     * @return ticks, 0 if the side is empty.
     */
    long bestTicks(int symbol, boolean isBid);

    /**
     * Returns the market's own lots at a price, without the clients'.
     *
     * @param symbol index of the contract.
     * @param isBid side of the book.
     * @param priceTicks price.
     * @return lots, 0 or more.
     */
    long marketLots(int symbol, boolean isBid, long priceTicks);

    /**
     * Returns the nearest price at or behind one (away from the touch) where the market itself has lots.
     *
     * @param symbol index of the contract.
     * @param isBid side of the book.
     * @param priceTicks where to begin.
     * @return ticks, or -1 if there is none.
     */
    long marketLevelFrom(int symbol, boolean isBid, long priceTicks);

    /**
     * Opens one event of the matching engine.
     *
     * @param symbol index of the contract.
     */
    void begin(int symbol);

    /** Closes the event: what it changed is published. */
    void end(int symbol);

    /**
     * A client's order comes to rest at the end of a level, or grows there.
     *
     * @param symbol index of the contract.
     * @param isBid side of the book; the price does not cross the other side.
     * @param priceTicks price.
     * @param qtyLots lots, above 0.
     */
    void show(int symbol, boolean isBid, long priceTicks, long qtyLots);

    /**
     * A client's resting lots go away without a trade.
     *
     * @param symbol index of the contract.
     * @param isBid side of the book.
     * @param priceTicks price.
     * @param qtyLots lots, above 0, at most what clients show there.
     */
    void hide(int symbol, boolean isBid, long priceTicks, long qtyLots);

    /**
     * A client's order begins to take.
     *
     * @param symbol index of the contract.
     * @param isSell side of the taker.
     * @param limitTicks its limit.
     */
    void beginTaker(int symbol, boolean isSell, long limitTicks);

    /**
     * One fill of the present taker, be it a client's or the market's: a public trade, and the resting lots leave the book.
     *
     * @param symbol index of the contract.
     * @param priceTicks price of the resting order.
     * @param qtyLots lots, above 0.
     * @param isMarketMaker whether the market's own lots are filled, or a client's.
     * @return id of the public trade (of the last one, where the market's lots were several orders).
     */
    long fill(int symbol, long priceTicks, long qtyLots, boolean isMarketMaker);

    /**
     * The present taker has taken what it could.
     *
     * @param symbol index of the contract.
     * @param isLiquidation whether the venue itself closed a position with it.
     */
    void endTaker(int symbol, boolean isLiquidation);
}
