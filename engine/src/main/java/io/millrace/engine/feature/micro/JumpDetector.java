package io.millrace.engine.feature.micro;

import io.millrace.engine.feature.window.TimedSums;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import io.millrace.engine.indicator.window.RollingSum;
import java.util.concurrent.TimeUnit;

/**
 * Jumps of the mid: each second's log return against the volatility of the {@value #SECONDS} seconds before it, measured by
 * bipower variation, which a jump within them hardly moves. L = r / σ, σ² = Σ |r(j)| |r(j-1)| / (K - 2). A jump is a second with |L|
 * above C + 4.6001 S, C = sqrt(2 ln n) / c - (ln π + ln ln n) / (2 c sqrt(2 ln n)), S = 1 / (c sqrt(2 ln n)), c = sqrt(2 / π), n = 86,400: what
 * the largest of a day's returns would stay below in 99 of 100 days without a jump.
 *
 * <p><b>Source:</b> S. Lee, P. Mykland, "Jumps in Financial Markets: A New Nonparametric Test and Jump Dynamics", Review of Financial Studies
 * 21(6), 2008, definition 1 and lemma 1. <b>Floor:</b> σ is at least that of a mid that moves half a tick each second, else a quiet market's
 * first tick would be a jump. <b>Ready:</b> after K + 1 seconds with a known mid at either end of the window.
 */
public final class JumpDetector implements Stateful {
    /** Seconds whose volatility a return is measured against (K). */
    public static final int SECONDS = 120;
    /** Largest statistic that is reported. */
    public static final double LIMIT = 1_000;

    private static final double RETURNS_PER_DAY = 86_400;
    private static final double GUMBEL_99 = -StrictMath.log(-StrictMath.log(0.99));

    private final MidGrid grid = new MidGrid(TimeUnit.SECONDS.toNanos(1));
    private final RollingSum products = new RollingSum(SECONDS - 2);
    private final TimedSums jumps = new TimedSums(TimeUnit.MINUTES.toNanos(1), Horizons.BUCKETS, 2);
    private final double threshold = thresholdOf();
    private double lastMagnitude;
    private double statistic;
    private long seconds;

    /** Makes a detector that has seen nothing. */
    public JumpDetector() {}

    private static double thresholdOf() {
        double c = StrictMath.sqrt(2 / StrictMath.PI);
        double logN = StrictMath.log(RETURNS_PER_DAY);
        double root = StrictMath.sqrt(2 * logN);
        double location = root / c - (StrictMath.log(StrictMath.PI) + StrictMath.log(logN)) / (2 * c * root);
        return location + GUMBEL_99 / (c * root);
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

    /** Moves on when nothing else does. */
    public void advance(long nowNs) {
        jumps.advance(nowNs);
        if (!grid.isEnded(nowNs)) {
            return;
        }
        long ended = grid.end(nowNs);
        if (ended > 0) {
            onReturn(grid.logReturn());
        }
        for (long i = Math.min(ended, SECONDS + 1); i > 1; i--) {
            onReturn(0.0);
        }
        if (ended > SECONDS + 1) {
            seconds += ended - SECONDS - 1;
        }
    }

    private void onReturn(double logReturn) {
        statistic = 0;
        if (isWarm() && grid.closedHalfTicks() > 0) {
            double floor = 1.0 / grid.closedHalfTicks();
            double sigma = Math.max(floor, Math.sqrt(products.sum() / (SECONDS - 2)));
            statistic = Math.max(-LIMIT, Math.min(LIMIT, logReturn / sigma));
            if (Math.abs(statistic) > threshold) {
                jumps.add(statistic > 0 ? 0 : 1, 1);
            }
        }
        double magnitude = Math.abs(logReturn);
        products.push(magnitude * lastMagnitude);
        lastMagnitude = magnitude;
        seconds++;
    }

    private boolean isWarm() {
        return seconds > SECONDS;
    }

    /** Returns whether enough seconds have been seen. */
    public boolean isReady() {
        return isWarm();
    }

    /** Returns L of the last ended second, negative for a fall, within ±{@link #LIMIT}; NaN until ready. */
    public double statistic() {
        return isReady() ? statistic : Double.NaN;
    }

    /** Returns the magnitude of L above which a second is a jump, about 6.7. */
    public double threshold() {
        return threshold;
    }

    /** Returns jumps upwards of the last minute. */
    public long jumpsUp() {
        return jumps.sum(0);
    }

    /** Returns jumps downwards of the last minute. */
    public long jumpsDown() {
        return jumps.sum(1);
    }

    @Override
    public void visitState(State state) {
        state.type("JumpDete");
        grid.visitState(state);
        products.visit(state);
        jumps.visitState(state);
        lastMagnitude = state.f64(lastMagnitude);
        statistic = state.f64(statistic);
        seconds = state.i64(seconds);
    }
}
