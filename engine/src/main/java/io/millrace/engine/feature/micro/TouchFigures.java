package io.millrace.engine.feature.micro;

import io.millrace.engine.book.MarketView;
import io.millrace.engine.book.OrderBook;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;

/**
 * What follows from best bid and ask and the sums of the best levels at once: spread = ask - bid; mid = (bid + ask) / 2; microprice = (ask ·
 * q(bid) + bid · q(ask)) / (q(bid) + q(ask)), the mid weighted towards the thinner side; imbalance over n levels = (Q(bid) - Q(ask)) /
 * (Q(bid) + Q(ask)).
 *
 * <p><b>Source:</b> microprice and imbalance as in S. Stoikov, "The Micro-Price", Quantitative Finance 18(12), 2018, where this is the weighted mid; J. Gatheral, R.
 * Oomen, "Zero-Intelligence Realized Variance Estimation", 2010. <b>Ready:</b> spread, mid, microprice and the imbalance of the touch when
 * both sides of the touch are known; the others when depth is live. <b>Degenerate:</b> no quantity: imbalance 0.
 */
public final class TouchFigures implements Stateful {
    private static final double BPS = 10_000;

    private long bidTicks;
    private long bidLots;
    private long askTicks;
    private long askLots;
    private final long[] bidSums = new long[3];
    private final long[] askSums = new long[3];
    private boolean isLive;

    /** Makes figures that are not known. */
    public TouchFigures() {}

    void onView(MarketView view) {
        boolean isKnown = view.touchSource() != MarketView.TOUCH_UNKNOWN;
        bidTicks = view.bidTicks();
        bidLots = isKnown ? view.bidLots() : 0;
        askTicks = view.askTicks();
        askLots = isKnown ? view.askLots() : 0;
        isLive = view.isLive();
        bidSums[0] = view.lotsOf5(OrderBook.BID);
        bidSums[1] = view.lotsOf10(OrderBook.BID);
        bidSums[2] = view.lotsOf20(OrderBook.BID);
        askSums[0] = view.lotsOf5(OrderBook.ASK);
        askSums[1] = view.lotsOf10(OrderBook.ASK);
        askSums[2] = view.lotsOf20(OrderBook.ASK);
    }

    void onLost() {
        isLive = false;
    }

    /** Returns the best bid in ticks. */
    public long bidTicks() {
        return bidTicks;
    }

    /** Returns the quantity of the best bid in lots, 0 if there is none. */
    public long bidLots() {
        return bidLots;
    }

    /** Returns the best ask in ticks. */
    public long askTicks() {
        return askTicks;
    }

    /** Returns the quantity of the best ask in lots, 0 if there is none. */
    public long askLots() {
        return askLots;
    }

    /** Returns whether both sides of the touch are known. */
    public boolean isReady() {
        return bidLots > 0 && askLots > 0;
    }

    /** Returns whether depth is live, so that the sums of levels are right. */
    public boolean isLive() {
        return isLive;
    }

    /** Returns best bid plus best ask in ticks, twice the mid; 0 until ready. */
    public long midHalfTicks() {
        return isReady() ? bidTicks + askTicks : 0;
    }

    /** Returns the spread in ticks; NaN until ready. May be negative while depth is crossed. */
    public double spreadTicks() {
        return isReady() ? askTicks - bidTicks : Double.NaN;
    }

    /** Returns the spread in bps of the mid; NaN until ready. */
    public double spreadBps() {
        if (!isReady()) {
            return Double.NaN;
        }
        long mid = bidTicks + askTicks;
        return mid == 0 ? 0.0 : (askTicks - bidTicks) * 2 * BPS / mid;
    }

    /** Returns the mid in ticks; NaN until ready. */
    public double midTicks() {
        return isReady() ? (bidTicks + askTicks) / 2.0 : Double.NaN;
    }

    /** Returns the microprice in ticks; NaN until ready. */
    public double micropriceTicks() {
        return isReady() ? bidTicks + (askTicks - bidTicks) * share() : Double.NaN;
    }

    /** Returns (microprice - mid) / mid in bps; NaN until ready. */
    public double micropriceBps() {
        if (!isReady()) {
            return Double.NaN;
        }
        long mid = bidTicks + askTicks;
        return mid == 0 ? 0.0 : (askTicks - bidTicks) * (2 * share() - 1) * BPS / mid;
    }

    private double share() {
        return bidLots / ((double) bidLots + askLots);
    }

    /** Returns the imbalance of the best level, -1 to 1; NaN until ready. */
    public double imbalance1() {
        return isReady() ? imbalance(bidLots, askLots) : Double.NaN;
    }

    /** Returns the imbalance of the best 5 levels, -1 to 1; NaN while depth is not live. */
    public double imbalance5() {
        return deep(0);
    }

    /** Returns the imbalance of the best 10 levels, -1 to 1; NaN while depth is not live. */
    public double imbalance10() {
        return deep(1);
    }

    /** Returns the imbalance of the best 20 levels, -1 to 1; NaN while depth is not live. */
    public double imbalance20() {
        return deep(2);
    }

    private double deep(int levels) {
        return isLive ? imbalance(bidSums[levels], askSums[levels]) : Double.NaN;
    }

    private static double imbalance(long bids, long asks) {
        double sum = (double) bids + asks;
        return sum == 0 ? 0.0 : ((double) bids - asks) / sum;
    }

    @Override
    public void visitState(State state) {
        state.type("TouchFig");
        bidTicks = state.i64(bidTicks);
        bidLots = state.i64(bidLots);
        askTicks = state.i64(askTicks);
        askLots = state.i64(askLots);
        state.i64s(bidSums);
        state.i64s(askSums);
        isLive = state.flag(isLive);
    }
}
