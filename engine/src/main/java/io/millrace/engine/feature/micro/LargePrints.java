package io.millrace.engine.feature.micro;

import io.millrace.engine.feature.window.TimedSums;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import io.millrace.engine.indicator.window.RollingOrder;
import java.util.concurrent.TimeUnit;

/**
 * Large prints: trades whose value is larger than that of all but {@value #LARGER_ALLOWED} of the {@value #TRADES} trades before, that
 * is above their own 99th percentile, and at least {@value #MEDIANS} times their median, so that an even tape has none. The imbalance of the last minute = (bought - sold) / (bought + sold) in lots of large prints.
 *
 * <p><b>Source:</b> the empirical quantile of the trade's own recent distribution, as block thresholds are set; exact order statistics, a trade of equal
 * value counts as not smaller. <b>Ready:</b> after {@value #TRADES} trades. <b>Degenerate:</b> no large print: 0. <b>Cost:</b> O(log n) expected.
 */
public final class LargePrints implements Stateful {
    /** Trades that a print is measured against. */
    public static final int TRADES = 512;
    /** Of them so many may be of the same size or larger. */
    public static final int LARGER_ALLOWED = 5;

    /** So many times the median of them a large print is, at least. */
    public static final double MEDIANS = 8.0;

    private static final int BOUGHT = 0;
    private static final int SOLD = 1;
    private static final int PRINTS = 2;

    private final RollingOrder sizes = new RollingOrder(TRADES);
    private final TimedSums minute = new TimedSums(TimeUnit.MINUTES.toNanos(1), Horizons.BUCKETS, 3);
    private boolean isLarge;
    private double rank;

    /** Makes a detector that has seen nothing. */
    public LargePrints() {}

    /**
     * Takes a trade.
     *
     * @param nowNs engine time.
     * @param priceTicks its price.
     * @param qtyLots its quantity; 0 or less is no trade.
     * @param isSell whether the taker sold.
     */
    public void onTrade(long nowNs, long priceTicks, long qtyLots, boolean isSell) {
        advance(nowNs);
        if (qtyLots <= 0) {
            return;
        }
        double value = (double) priceTicks * qtyLots;
        isLarge = false;
        if (sizes.isFull()) {
            int smaller = sizes.countBelow(value);
            rank = 100.0 * smaller / TRADES;
            isLarge = TRADES - smaller <= LARGER_ALLOWED && value >= MEDIANS * sizes.get(TRADES / 2);
        }
        if (isLarge) {
            minute.add(isSell ? SOLD : BOUGHT, qtyLots);
            minute.add(PRINTS, 1);
        }
        sizes.push(value);
    }

    /** Moves the window on when nothing else does. */
    public void advance(long nowNs) {
        minute.advance(nowNs);
    }

    /** Returns whether there is a distribution to measure against. */
    public boolean isReady() {
        return sizes.isFull();
    }

    /** Returns whether the last trade was a large print. */
    public boolean isLarge() {
        return isLarge;
    }

    /** Returns how many percent of the trades before it the last one was larger than, 0 to 100; NaN until ready. */
    public double rank() {
        return isReady() ? rank : Double.NaN;
    }

    /** Returns the large prints of the last minute; NaN until ready. */
    public double perMinute() {
        return isReady() ? minute.sum(PRINTS) : Double.NaN;
    }

    /** Returns the imbalance of the last minute's large prints, -1 to 1; NaN until ready. */
    public double imbalance() {
        long bought = minute.sum(BOUGHT);
        long sold = minute.sum(SOLD);
        return isReady() ? Horizons.ratio(bought - sold, bought + sold) : Double.NaN;
    }

    @Override
    public void visitState(State state) {
        state.type("LargePri");
        sizes.visit(state);
        minute.visitState(state);
        isLarge = state.flag(isLarge);
        rank = state.f64(rank);
    }
}
