package io.millrace.engine.feature.micro;

import io.millrace.engine.book.DepthView;
import io.millrace.engine.book.OrderBook;
import io.millrace.engine.feature.window.TimedPeak;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import java.util.concurrent.TimeUnit;

/**
 * Depth near the mid and what taking it costs, as the book stage last measured it: lots within 5, 10, 25 and 50 bps of the mid by
 * side; the cost of buying and of selling a given value, in bps of the mid; and the drop of depth within 10 bps, 1 - now / highest of
 * the last {@value #DROP_SECONDS} s.
 *
 * <p><b>Source:</b> cost of a round trip after P. Irvine, G. Benston, E. Kandel, "Liquidity Beyond the Inside Spread: Measuring and Using Information
 * in the Limit Order Book", 2000; depth around the mid as A. Ranaldo and others use it. <b>Insufficient depth:</b> a book that does not hold the
 * value has no cost: {@link #isBuyCostKnown} and {@link #isSellCostKnown} say so, and {@link #INSUFFICIENT} stands for it where a number has
 * to be written. <b>Degenerate:</b> no depth in the last {@value #DROP_SECONDS} s: drop 0.
 */
public final class DepthFigures implements Stateful {
    /** Seconds of {@link #drop}. */
    public static final int DROP_SECONDS = 10;
    /** Stands for a cost that is none: the book does not hold the value. */
    public static final double INSUFFICIENT = -1.0;
    /** Largest cost that is told, in bps. */
    public static final double MAX_COST_BPS = 10_000.0;

    private static final int BANDS = DepthView.BANDS;
    private static final int BAND_10 = 1;

    private final long[] lots = new long[2 * BANDS];
    private final TimedPeak depth = new TimedPeak(TimeUnit.SECONDS.toNanos(DROP_SECONDS), Horizons.BUCKETS);
    private double buyCostBps;
    private double sellCostBps;
    private boolean isKnown;

    /** Makes figures that are not known. */
    public DepthFigures() {}

    /**
     * Takes what the book stage measured.
     *
     * @param nowNs engine time.
     * @param view of this instrument.
     */
    public void onDepth(long nowNs, DepthView view) {
        for (int band = 0; band < BANDS; band++) {
            lots[band] = view.lotsWithin(OrderBook.BID, band);
            lots[BANDS + band] = view.lotsWithin(OrderBook.ASK, band);
        }
        buyCostBps = view.costBps(OrderBook.ASK);
        sellCostBps = view.costBps(OrderBook.BID);
        isKnown = true;
        long near = lots[BAND_10] + lots[BANDS + BAND_10];
        depth.set(nowNs, near < 0 ? Long.MAX_VALUE : near);
    }

    /** The book is not live any more: the figures are not known. */
    public void onLost() {
        isKnown = false;
    }

    /** Moves on when nothing else does. */
    public void advance(long nowNs) {
        if (isKnown) {
            depth.advance(nowNs);
        }
    }

    /** Returns whether the figures are known. */
    public boolean isReady() {
        return isKnown;
    }

    /**
     * Returns the lots within a distance of the mid.
     *
     * @param side {@link OrderBook#BID} or {@link OrderBook#ASK}.
     * @param band 0 to 3 for {@link DepthView#bandBps}.
     */
    public long lotsWithin(int side, int band) {
        return lots[(side == OrderBook.BID ? 0 : BANDS) + band];
    }

    /** Returns (bids - asks) / (bids + asks) of the lots within a distance, -1 to 1, 0 if there are none; NaN until ready. */
    public double imbalance(int band) {
        double bids = lots[band];
        double asks = lots[BANDS + band];
        double sum = bids + asks;
        return !isKnown ? Double.NaN : sum == 0 ? 0.0 : (bids - asks) / sum;
    }

    /** Returns whether the book holds the value that is to be bought. */
    public boolean isBuyCostKnown() {
        return isKnown && buyCostBps >= 0;
    }

    /** Returns whether the book holds the value that is to be sold. */
    public boolean isSellCostKnown() {
        return isKnown && sellCostBps >= 0;
    }

    /** Returns the cost of buying in bps of the mid, 0 or more, {@link #INSUFFICIENT} if there is too little; NaN until ready. */
    public double buyCostBps() {
        return isKnown ? buyCostBps : Double.NaN;
    }

    /** Returns the cost of selling in bps of the mid, 0 or more, {@link #INSUFFICIENT} if there is too little; NaN until ready. */
    public double sellCostBps() {
        return isKnown ? sellCostBps : Double.NaN;
    }

    /** Returns how much of the depth within 10 bps is gone since its highest of the last seconds, 0 to 1; NaN until ready. */
    public double drop() {
        if (!isKnown || !depth.isReady()) {
            return Double.NaN;
        }
        long highest = depth.highest();
        return highest == 0 ? 0.0 : 1.0 - (double) depth.value() / highest;
    }

    @Override
    public void visitState(State state) {
        state.type("DepthFig");
        state.i64s(lots);
        depth.visitState(state);
        buyCostBps = state.f64(buyCostBps);
        sellCostBps = state.f64(sellCostBps);
        isKnown = state.flag(isKnown);
    }
}
