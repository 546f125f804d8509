package io.millrace.exchange.trade;

/**
 * What a market's own flow tells matching, where clients' orders rest. A synthetic market calls {@link #onTake} and {@link
 * #onWithdraw}, whose order matching decides with the queues that it keeps; a recorded one calls {@link #onPrint} and {@link
 * #onLevel}, from which a queue model infers what the clients would have got.
 *
 * <p><b>Thread:</b> the venue's. <b>Units:</b> ticks and lots.
 */
public interface MarketFlow {
    /**
     * A market order of the flow takes from a level where clients' orders rest too. Matching takes exactly so many lots from the front of the
     * level's queue, by {@link MarketPort#fill} for each of its parts.
     *
     * @param symbol index of the contract.
     * @param isBid side of the resting orders.
     * @param priceTicks price of the level.
     * @param qtyLots lots, at most what the level holds of the market's and the clients'.
     * @param timeMs epoch milliseconds.
     */
    void onTake(int symbol, boolean isBid, long priceTicks, long qtyLots, long timeMs);

    /**
     * The flow cancels lots of its own at a level where clients' orders rest too. Called after they are gone; matching decides
     * which place of the queue they had.
     *
     * @param symbol index of the contract.
     * @param isBid side of the book.
     * @param priceTicks price of the level.
     * @param qtyLots lots that are gone.
     * @param leftLots lots that the market still has there.
     */
    void onWithdraw(int symbol, boolean isBid, long priceTicks, long qtyLots, long leftLots);

    /**
     * A recorded trade.
     *
     * @param symbol index of the contract.
     * @param isSell side of its taker.
     * @param priceTicks price.
     * @param qtyLots lots.
     * @param timeMs epoch milliseconds.
     */
    void onPrint(int symbol, boolean isSell, long priceTicks, long qtyLots, long timeMs);

    /**
     * A recorded level changed.
     *
     * @param symbol index of the contract.
     * @param isBid side of the book.
     * @param priceTicks price.
     * @param oldLots lots before.
     * @param newLots lots now.
     * @param timeMs epoch milliseconds.
     */
    void onLevel(int symbol, boolean isBid, long priceTicks, long oldLots, long newLots, long timeMs);

    /**
     * A taker, of whoever, has moved or confirmed the last price. Told in the middle of an event.
     *
     * @param symbol index of the contract.
     */
    default void onLast(int symbol) {}

    /**
     * A contract has a new mark price.
     *
     * @param symbol index of the contract.
     */
    default void onMark(int symbol) {}

    /**
     * Funding of a contract is due. Follows the mark price of the same moment.
     *
     * @param symbol index of the contract.
     * @param rateE8 rate at 1e-8; above 0 longs pay.
     * @param markE8 mark price of the settlement in 1e-8 of the quote asset.
     */
    default void onFunding(int symbol, long rateE8, long markE8) {}
}
