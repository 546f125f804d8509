package io.millrace.exchange.market;

/**
 * What can be done to a market from outside, so that clients meet what is rare. A recorded market has none of it.
 *
 * <p><b>Thread:</b> the market's. <b>Units:</b> ticks, milliseconds, rates and prices at 1e-8.
 */
public interface MarketShocks {
    /**
     * Stops a contract's market, or lets it go on.
     *
     * @param symbol index.
     * @param isHalted whether nothing may happen in its book.
     */
    void halt(int symbol, boolean isHalted);

    /**
     * Lets the market's own new orders keep a coarser price step.
     *
     * @param symbol index.
     * @param stepTicks prices are multiples of it, at least 1.
     */
    void priceStepTicks(int symbol, long stepTicks);

    /**
     * Walks the price to a target by market orders through whatever stands in the way, in steps with the market's events.
     *
     * @param symbol index.
     * @param targetTicks best bid to reach.
     * @param overMs time that it takes, 0 for at once.
     * @param isLasting whether the price stays there; otherwise the market pulls it back as ever.
     */
    void movePrice(int symbol, long targetTicks, long overMs, boolean isLasting);

    /**
     * Takes liquidity away: levels vanish at once and are not refilled beyond that share for a time.
     *
     * @param symbol index.
     * @param keptPercent share of the levels that stays, 1 to 100.
     * @param forMs how long.
     */
    void drain(int symbol, int keptPercent, long forMs);

    /**
     * Holds the mark price where it is put; margin, triggers and streams follow at once, the contract's price does not.
     *
     * @param symbol index.
     * @param markE8 price at 1e-8, 0 to let it go.
     */
    void pinMark(int symbol, long markE8);

    /**
     * Makes the next settlement of funding use a rate.
     *
     * @param symbol index.
     * @param rateE8 at 1e-8, within the contract's cap.
     */
    void forceFundingRate(int symbol, long rateE8);
}
