package io.millrace.engine.feature.micro;

import io.millrace.engine.feature.window.TimedSums;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import java.util.concurrent.TimeUnit;

/**
 * Liquidation orders seen: how many a minute, and their imbalance = (sold - bought) / (sold + bought) in lots, positive when longs are
 * liquidated, since a long is closed by a sale.
 *
 * <p><b>A lower bound:</b> the venue shows at most one order per symbol and second, the latest, so a burst is counted as one, and 60 a
 * minute is the most that can be seen. <b>Windows:</b> 60 s and 10 min in 20 buckets. <b>Degenerate:</b> none seen: 0.
 */
public final class LiquidationFlow implements Stateful {
    /** Window of one minute. */
    public static final int M1 = 0;
    /** Window of ten minutes. */
    public static final int M10 = 1;

    private static final int BOUGHT = 0;
    private static final int SOLD = 1;
    private static final int ORDERS = 2;
    private static final double NS_PER_MIN = TimeUnit.MINUTES.toNanos(1);

    private final TimedSums[] windows = {
        new TimedSums(TimeUnit.MINUTES.toNanos(1), Horizons.BUCKETS, 3),
        new TimedSums(TimeUnit.MINUTES.toNanos(10), Horizons.BUCKETS, 3)
    };

    /** Makes one that has seen nothing. */
    public LiquidationFlow() {}

    /**
     * Takes a liquidation order.
     *
     * @param nowNs engine time.
     * @param qtyLots its quantity; 0 or less is none.
     * @param isSell whether it sells, which closes a long.
     */
    public void onForceOrder(long nowNs, long qtyLots, boolean isSell) {
        advance(nowNs);
        if (qtyLots > 0) {
            for (TimedSums window : windows) {
                window.add(isSell ? SOLD : BOUGHT, qtyLots);
                window.add(ORDERS, 1);
            }
        }
    }

    /** Moves the windows on when nothing else does. */
    public void advance(long nowNs) {
        for (TimedSums window : windows) {
            window.advance(nowNs);
        }
    }

    /** Returns orders a minute over a window, at least; NaN until ready. */
    public double perMinute(int window) {
        TimedSums sums = windows[window];
        return sums.isReady() ? sums.sum(ORDERS) * NS_PER_MIN / sums.windowNs() : Double.NaN;
    }

    /** Returns the imbalance over a window, -1 (shorts liquidated) to 1 (longs); NaN until ready. */
    public double imbalance(int window) {
        TimedSums sums = windows[window];
        long sold = sums.sum(SOLD);
        long bought = sums.sum(BOUGHT);
        return sums.isReady() ? Horizons.ratio(sold - bought, sold + bought) : Double.NaN;
    }

    @Override
    public void visitState(State state) {
        state.type("Liquidat");
        for (TimedSums window : windows) {
            window.visitState(state);
        }
    }
}
