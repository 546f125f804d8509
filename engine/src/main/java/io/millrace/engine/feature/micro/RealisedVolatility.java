package io.millrace.engine.feature.micro;

import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import io.millrace.engine.indicator.window.RollingSum;

/**
 * Realised volatility of the mid over a short while: sqrt(Σ r²), where r = ln(mid / mid before) between the ends of the last 20
 * ended buckets of the window. It is that of the whole window, as a fraction, not annualised.
 *
 * <p><b>Source:</b> T. Andersen, T. Bollerslev, F. Diebold, P. Labys, "Modeling and Forecasting Realized Volatility", Econometrica 71, 2003. The
 * sum lives in a tree that never subtracts, so a leap leaves nothing behind. <b>Unknown mid:</b> 0 stands for it; the return to
 * the next known mid is left out. <b>Cost:</b> one logarithm and O(log 20) per ended bucket in which the mid moved.
 */
public final class RealisedVolatility implements Stateful {
    private final long bucketNs;
    private final RollingSum squares = new RollingSum(Horizons.BUCKETS);
    private final MidGrid grid;

    /**
     * Makes one for a window.
     *
     * @param windowNs its length, a multiple of {@link Horizons#BUCKETS}.
     */
    public RealisedVolatility(long windowNs) {
        bucketNs = windowNs / Horizons.BUCKETS;
        grid = new MidGrid(bucketNs);
    }

    /**
     * Takes the mid.
     *
     * @param nowNs engine time.
     * @param midHalfTicks best bid plus best ask in ticks, 0 if not known.
     */
    public void onMid(long nowNs, long midHalfTicks) {
        advance(nowNs);
        grid.set(midHalfTicks);
    }

    /** Moves the window on when nothing else does. */
    public void advance(long nowNs) {
        if (grid.isEnded(nowNs)) {
            long ended = grid.end(nowNs);
            double logReturn = grid.logReturn();
            if (ended > 0) {
                squares.push(logReturn * logReturn);
            }
            for (long i = Math.min(ended, Horizons.BUCKETS + 1); i > 1; i--) {
                squares.push(0.0);
            }
        }
    }

    /** Returns whether 20 buckets have ended. */
    public boolean isReady() {
        return squares.isFull();
    }

    /** Returns the volatility of the window as a fraction, 0 or more; NaN until ready. */
    public double value() {
        return isReady() ? Math.sqrt(squares.sum()) : Double.NaN;
    }

    @Override
    public void visitState(State state) {
        state.type("RealVol ");
        state.setting("bucketNs", (double) bucketNs);
        squares.visit(state);
        grid.visitState(state);
    }
}
