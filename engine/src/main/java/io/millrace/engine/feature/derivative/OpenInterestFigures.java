package io.millrace.engine.feature.derivative;

import io.millrace.engine.feature.window.TimedPeak;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import java.util.concurrent.TimeUnit;

/**
 * Open interest and what it does: change = now / then - 1 over an hour and a day, where then is the last value before the far end of
 * the window, which is cut into 5 minutes; and the surge: how many times the price's move of that hour the open interest grew, max(0, change) /
 * max(|price change|, {@value #LEAST_MOVE}). New positions while the price stalls are a spring under load.
 *
 * <p><b>Source:</b> defined here, after how open interest and price are read together in J. Murphy, "Technical Analysis of the Financial Markets", 1999, chapter 7. A surge has grown by
 * {@value #SURGE_CHANGE} or more while the price moved by {@value #STALL_MOVE} or less. <b>Ready:</b> an hour, or a day, after the first value. <b>Degenerate:</b> none
 * then: change 0, or {@value #MAX_CHANGE} if there is some now.
 */
public final class OpenInterestFigures implements Stateful {
    /** Growth in an hour that a surge asks for. */
    public static final double SURGE_CHANGE = 0.03;
    /** Move in that hour that a stall allows. */
    public static final double STALL_MOVE = 0.005;
    /** Least move that growth is divided by. */
    public static final double LEAST_MOVE = 0.001;
    /** Largest change that is told. */
    public static final double MAX_CHANGE = 100.0;
    /** Largest surge that is told. */
    public static final double MAX_SURGE = 1_000.0;

    private final TimedPeak hour = new TimedPeak(TimeUnit.HOURS.toNanos(1), 12);
    private final TimedPeak day = new TimedPeak(TimeUnit.DAYS.toNanos(1), 288);
    private final TimedPeak price = new TimedPeak(TimeUnit.HOURS.toNanos(1), 12);
    private boolean hasInterest;

    /** Makes one that has seen nothing. */
    public OpenInterestFigures() {}

    /**
     * Takes open interest.
     *
     * @param nowNs engine time.
     * @param interestE4 in base units, 1e-4, 0 or more.
     */
    public void onInterest(long nowNs, long interestE4) {
        hour.set(nowNs, interestE4);
        day.set(nowNs, interestE4);
        hasInterest = true;
    }

    /**
     * Takes the mark price.
     *
     * @param nowNs engine time.
     * @param markE8 above 0.
     */
    public void onMark(long nowNs, long markE8) {
        price.set(nowNs, markE8);
        if (hasInterest) {
            hour.advance(nowNs);
            day.advance(nowNs);
        }
    }

    /** Returns whether open interest is known. */
    public boolean isReady() {
        return hasInterest;
    }

    /** Returns open interest in base units, 0 or more; NaN until ready. */
    public double interest() {
        return hasInterest ? hour.value() / 1e4 : Double.NaN;
    }

    /** Returns the change over an hour as a fraction, -1 to {@link #MAX_CHANGE}; NaN until ready. */
    public double hourChange() {
        return change(hour);
    }

    /** Returns the change over a day as a fraction, -1 to {@link #MAX_CHANGE}; NaN until ready. */
    public double dayChange() {
        return change(day);
    }

    /** Returns the price's change over an hour as a fraction; NaN until ready. */
    public double priceChange() {
        return change(price);
    }

    private static double change(TimedPeak window) {
        if (!window.isReady()) {
            return Double.NaN;
        }
        if (window.oldest() == 0) {
            return window.value() == 0 ? 0.0 : MAX_CHANGE;
        }
        return Math.min(MAX_CHANGE, (double) window.value() / window.oldest() - 1);
    }

    /** Returns the surge, 0 to {@link #MAX_SURGE}; NaN until both changes are ready. */
    public double surge() {
        double growth = hourChange();
        double move = priceChange();
        return Double.isNaN(growth) || Double.isNaN(move)
                ? Double.NaN
                : Math.min(MAX_SURGE, Math.max(0, growth) / Math.max(Math.abs(move), LEAST_MOVE));
    }

    /** Returns whether open interest surges while the price stalls; false until ready. */
    public boolean isSurge() {
        return hourChange() >= SURGE_CHANGE && Math.abs(priceChange()) <= STALL_MOVE;
    }

    @Override
    public void visitState(State state) {
        state.type("OpenInte");
        hour.visitState(state);
        day.visitState(state);
        price.visitState(state);
        hasInterest = state.flag(hasInterest);
    }
}
