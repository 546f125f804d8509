package io.millrace.exchange.pricing;

import io.millrace.codecs.value.Grid;
import io.millrace.exchange.account.Money;
import io.millrace.exchange.venue.LadderBook;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The mean price at which a book would fill the impact notional: 200 USDT at the contract's highest leverage, which the venue
 * measures the premium with.
 *
 * <p><b>Thread:</b> confined to the market's thread. <b>Units:</b> prices at 1e-8.
 */
public final class ImpactPrice {
    private static final long IMPACT_MARGIN_USDT = 200;

    private final LadderBook book;
    private final long tickE8;
    private final long target;

    /**
     * Prepares for a book.
     *
     * @param book of the symbol.
     * @param maxLeverage of the contract.
     */
    public ImpactPrice(LadderBook book, int maxLeverage) {
        Grid tick = book.spec().tick();
        this.book = book;
        this.tickE8 = Money.of(tick.step());
        this.target = BigDecimal.valueOf(IMPACT_MARGIN_USDT * maxLeverage)
                .divide(tick.step().multiply(book.spec().lot().step()), 0, RoundingMode.CEILING)
                .longValueExact();
    }

    /**
     * Returns the best price of a side.
     *
     * @param isBid side.
     */
    public long bestE8(boolean isBid) {
        return priceE8(isBid ? book.bestBid() : book.bestAsk());
    }

    /**
     * Returns a price.
     *
     * @param ticks in ticks.
     */
    public long priceE8(long ticks) {
        return Math.multiplyExact(ticks, tickE8);
    }

    /**
     * Returns the mean price of taking the impact notional from a side, or all of the side if that is less; rounded half even.
     *
     * @param isBid side.
     */
    public long of(boolean isBid) {
        long turnover = 0;
        long lots = 0;
        long tick = book.levelFrom(isBid, isBid ? book.bestBid() : book.bestAsk());
        while (tick > 0 && turnover < target) {
            long wanted = (target - turnover + tick - 1) / tick;
            long taken = Math.min(wanted, book.lotsAt(isBid, tick));
            turnover += taken * tick;
            lots += taken;
            tick = book.levelFrom(isBid, isBid ? tick - 1 : tick + 1);
        }
        return Money.mulDiv(turnover, tickE8, lots, RoundingMode.HALF_EVEN);
    }
}
