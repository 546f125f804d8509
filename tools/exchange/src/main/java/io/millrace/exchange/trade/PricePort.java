package io.millrace.exchange.trade;

/**
 * What anybody asks about prices.
 *
 * <p><b>Thread:</b> the venue's.
 */
public interface PricePort {
    /** Returns the last traded price in ticks; the opening price before the first trade. */
    long lastTicks(int symbol);

    /** Returns the mark price in 1e-8 of the quote asset. */
    long markPrice(int symbol);

    /** Returns the best bid in ticks, 0 if there is none. */
    long bestBidTicks(int symbol);

    /** Returns the best ask in ticks, 0 if there is none. */
    long bestAskTicks(int symbol);
}
