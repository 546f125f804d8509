package io.millrace.engine.feature.micro;

import io.millrace.engine.feature.window.TimedPeak;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import java.util.concurrent.TimeUnit;

/**
 * Abnormal move by the 24 h ticker, for instruments without trades or book: z = ln(last / last of a minute ago) / (σ sqrt(1 / 1440)), where σ =
 * ln(high / low) / (2 sqrt(ln 2)) is the day's volatility from its range. A move of more than {@value #ABNORMAL} is abnormal.
 *
 * <p><b>Source:</b> M. Parkinson, "The Extreme Value Method for Estimating the Variance of the Rate of Return", Journal of Business 53, 1980; scaling by the
 * square root of time. <b>Range:</b> ±{@value #LIMIT}. <b>Degenerate:</b> a day without range: 0. <b>Ready:</b> a minute after the first ticker.
 */
public final class TickerMove implements Stateful {
    /** From here on a move is abnormal. */
    public static final double ABNORMAL = 4.0;
    /** Largest magnitude that is told. */
    public static final double LIMIT = 1_000.0;

    private static final double MINUTES_PER_DAY = 1_440;
    private static final double PARKINSON = 2 * StrictMath.sqrt(StrictMath.log(2));

    private final TimedPeak last = new TimedPeak(TimeUnit.SECONDS.toNanos(66), 22);
    private double score;
    private double changePercent;

    /** Makes one that has seen nothing. */
    public TickerMove() {}

    /**
     * Takes a 24 h ticker.
     *
     * @param nowNs engine time.
     * @param lastE8 last price, 1e-8.
     * @param highE8 highest price of the day.
     * @param lowE8 lowest price of the day.
     * @param percentE8 change over 24 h in percent, 1e-8.
     */
    public void onTicker(long nowNs, long lastE8, long highE8, long lowE8, long percentE8) {
        if (lastE8 <= 0 || lowE8 <= 0 || highE8 < lowE8) {
            return;
        }
        last.set(nowNs, lastE8);
        changePercent = percentE8 / 1e8;
        double sigma = StrictMath.log((double) highE8 / lowE8) / PARKINSON;
        long before = last.oldest();
        if (sigma == 0 || before <= 0) {
            score = 0;
        } else {
            double z = StrictMath.log((double) lastE8 / before) / sigma * Math.sqrt(MINUTES_PER_DAY);
            score = Math.max(-LIMIT, Math.min(LIMIT, z));
        }
    }

    /** Returns whether a minute of tickers has been seen. */
    public boolean isReady() {
        return last.isReady();
    }

    /** Returns z; NaN until ready. */
    public double score() {
        return isReady() ? score : Double.NaN;
    }

    /** Returns whether the move is abnormal; false until ready. */
    public boolean isAbnormal() {
        return isReady() && Math.abs(score) > ABNORMAL;
    }

    /** Returns the change over 24 h in percent, 0 until a ticker came. */
    public double changePercent() {
        return changePercent;
    }

    @Override
    public void visitState(State state) {
        state.type("TickerMo");
        last.visitState(state);
        score = state.f64(score);
        changePercent = state.f64(changePercent);
    }
}
