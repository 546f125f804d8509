package io.millrace.engine.feature.micro;

import io.millrace.engine.feature.window.TimedSums;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import java.util.concurrent.TimeUnit;

/**
 * What aggressors did: imbalance = (bought - sold) / (bought + sold) in lots, where a trade counts as bought when its taker
 * bought, and intensity = trades per second.
 *
 * <p><b>Source:</b> signed volume after C. Lee, M. Ready, "Inferring Trade Direction from Intraday Data", Journal of Finance 46, 1991; the
 * venue says the direction itself. <b>Windows:</b> 1 s, 10 s and 60 s in 20 buckets. <b>Degenerate:</b> no trade: imbalance 0. <b>Unit of a
 * trade:</b> a message of the stream that is followed; an aggregated one counts once.
 */
public final class TradeFlow implements Stateful {
    private static final int BOUGHT = 0;
    private static final int SOLD = 1;
    private static final int TRADES = 2;
    private static final double NS_PER_S = TimeUnit.SECONDS.toNanos(1);

    private final TimedSums[] windows = Horizons.sums(3);

    /** Makes one that has seen nothing. */
    public TradeFlow() {}

    /**
     * Takes a trade.
     *
     * @param nowNs engine time.
     * @param qtyLots its quantity; 0 or less is no trade.
     * @param isSell whether the taker sold, which the venue calls "buyer is maker".
     */
    public void onTrade(long nowNs, long qtyLots, boolean isSell) {
        advance(nowNs);
        if (qtyLots > 0) {
            for (TimedSums window : windows) {
                window.add(isSell ? SOLD : BOUGHT, qtyLots);
                window.add(TRADES, 1);
            }
        }
    }

    /** Moves the windows on when nothing else does. */
    public void advance(long nowNs) {
        for (TimedSums window : windows) {
            window.advance(nowNs);
        }
    }

    /** Returns the aggressor imbalance over a window of {@link Horizons}, -1 to 1; NaN until ready. */
    public double imbalance(int horizon) {
        TimedSums window = windows[horizon];
        long bought = window.sum(BOUGHT);
        long sold = window.sum(SOLD);
        return window.isReady() ? Horizons.ratio(bought - sold, bought + sold) : Double.NaN;
    }

    /** Returns trades per second over a window of {@link Horizons}, 0 or more; NaN until ready. */
    public double intensity(int horizon) {
        TimedSums window = windows[horizon];
        return window.isReady() ? window.sum(TRADES) * NS_PER_S / window.windowNs() : Double.NaN;
    }

    /** Returns lots that takers bought in a window of {@link Horizons}. */
    public long boughtLots(int horizon) {
        return windows[horizon].sum(BOUGHT);
    }

    /** Returns lots that takers sold in a window of {@link Horizons}. */
    public long soldLots(int horizon) {
        return windows[horizon].sum(SOLD);
    }

    /** Returns whether a whole window has been seen. */
    public boolean isReady(int horizon) {
        return windows[horizon].isReady();
    }

    @Override
    public void visitState(State state) {
        state.type("TradeFlo");
        Horizons.visit(windows, state);
    }
}
