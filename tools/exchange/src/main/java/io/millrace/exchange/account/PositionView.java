package io.millrace.exchange.account;

/**
 * A position as the account and position endpoints show it, at the present mark price. Money and prices at 1e-8.
 *
 * @param position the position itself: quantity, prices, settings.
 * @param markPriceE8 mark price.
 * @param notional value with its sign.
 * @param unrealizedProfit at the mark price.
 * @param liquidationPriceE8 0 if there is none.
 * @param isolatedMargin isolated wallet and unrealized profit; 0 when crossed.
 * @param isolatedWallet isolated wallet; 0 when crossed.
 * @param positionInitialMargin at the leverage.
 * @param openOrderInitialMargin on top of it.
 * @param maintMargin by bracket.
 * @param adl 0 to 4, place in the deleveraging queue.
 * @param maxNotional largest value at the leverage.
 */
public record PositionView(
        Position position,
        long markPriceE8,
        long notional,
        long unrealizedProfit,
        long liquidationPriceE8,
        long isolatedMargin,
        long isolatedWallet,
        long positionInitialMargin,
        long openOrderInitialMargin,
        long maintMargin,
        int adl,
        long maxNotional) {

    /** Returns the margin of position and open orders. */
    public long initialMargin() {
        return positionInitialMargin + openOrderInitialMargin;
    }
}
