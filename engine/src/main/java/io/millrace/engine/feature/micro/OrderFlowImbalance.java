package io.millrace.engine.feature.micro;

import io.millrace.engine.feature.window.TimedSums;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;

/**
 * Order-flow imbalance: the sum over the window of e(n) = q(bid, n) [P(bid, n) &gt;= P(bid, n-1)] - q(bid, n-1) [P(bid, n) &lt;= P(bid,
 * n-1)] - q(ask, n) [P(ask, n) &lt;= P(ask, n-1)] + q(ask, n-1) [P(ask, n) &gt;= P(ask, n-1)], where n counts the changes of best bid
 * and ask, P are prices, q quantities in lots and [..] is 1 or 0. Positive: demand grew or supply shrank.
 *
 * <p>The ratio divides by the sum of |e(n)|, so that instruments can be compared: -1 to 1, 0 when nothing moved.
 *
 * <p><b>Source:</b> R. Cont, A. Kukanov, S. Stoikov, "The Price Impact of Order Book Events", Journal of Financial Econometrics
 * 12(1), 2014, equation 3. <b>Windows:</b> 1 s, 10 s and 60 s in 20 buckets. <b>Unknown touch:</b> a side without a quantity breaks the
 * chain, and the next touch only starts it again.
 */
public final class OrderFlowImbalance implements Stateful {
    private static final int FLOW = 0;
    private static final int ABSOLUTE = 1;

    private final TimedSums[] windows = Horizons.sums(2);
    private long bidTicks;
    private long bidLots;
    private long askTicks;
    private long askLots;

    /** Makes one that has seen nothing. */
    public OrderFlowImbalance() {}

    /**
     * Takes best bid and ask.
     *
     * @param nowNs engine time.
     * @param newBidTicks best bid.
     * @param newBidLots its quantity, 0 if there is none.
     * @param newAskTicks best ask.
     * @param newAskLots its quantity, 0 if there is none.
     */
    public void onTouch(long nowNs, long newBidTicks, long newBidLots, long newAskTicks, long newAskLots) {
        advance(nowNs);
        if (bidLots > 0 && askLots > 0 && newBidLots > 0 && newAskLots > 0) {
            long flow = limited(bidFlow(newBidTicks, newBidLots)) - limited(askFlow(newAskTicks, newAskLots));
            if (flow != 0) {
                for (TimedSums window : windows) {
                    window.add(FLOW, flow);
                    window.add(ABSOLUTE, Math.abs(flow));
                }
            }
        }
        bidTicks = newBidTicks;
        bidLots = newBidLots;
        askTicks = newAskTicks;
        askLots = newAskLots;
    }

    private long bidFlow(long newTicks, long newLots) {
        return (newTicks >= bidTicks ? newLots : 0) - (newTicks <= bidTicks ? bidLots : 0);
    }

    private long askFlow(long newTicks, long newLots) {
        return (newTicks <= askTicks ? newLots : 0) - (newTicks >= askTicks ? askLots : 0);
    }

    private static long limited(long lots) {
        return Math.max(-TimedSums.LIMIT, Math.min(TimedSums.LIMIT, lots));
    }

    /** Moves the windows on when nothing else does. */
    public void advance(long nowNs) {
        for (TimedSums window : windows) {
            window.advance(nowNs);
        }
    }

    /** Returns the order-flow imbalance in lots over a window of {@link Horizons}. */
    public long lots(int horizon) {
        return windows[horizon].sum(FLOW);
    }

    /** Returns it divided by the sum of its parts' magnitudes, -1 to 1; NaN until ready. */
    public double ratio(int horizon) {
        TimedSums window = windows[horizon];
        return window.isReady() ? Horizons.ratio(window.sum(FLOW), window.sum(ABSOLUTE)) : Double.NaN;
    }

    /** Returns whether a whole window has been seen. */
    public boolean isReady(int horizon) {
        return windows[horizon].isReady();
    }

    @Override
    public void visitState(State state) {
        state.type("OrderFlo");
        bidTicks = state.i64(bidTicks);
        bidLots = state.i64(bidLots);
        askTicks = state.i64(askTicks);
        askLots = state.i64(askLots);
        Horizons.visit(windows, state);
    }
}
