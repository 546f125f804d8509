package io.millrace.engine.feature.derivative;

import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import java.util.Arrays;

/**
 * Where liquidations are to be expected: an estimate from open interest and typical leverages. When open interest grows by some
 * contracts at a mark price P, that many longs and as many shorts were opened there, by assumption with leverages 5, 10, 20, 50 and 100 in shares
 * of 15, 30, 30, 15 and 10 %. A long of leverage L is liquidated at P (1 - 1/L) / (1 - m), a short at P (1 + 1/L) / (1 + m), with the
 * maintenance rate m = 0.5 %. When open interest falls, positions of all ages close in proportion; where the price goes, what was to be
 * liquidated there is gone.
 *
 * <p><b>Source:</b> the venue's liquidation condition (margin balance at or below maintenance margin) for an isolated position; leverages and shares are an
 * assumption, defined here. <b>Grid:</b> {@value #BINS} bins of half a percent in the logarithm of the price. <b>Zone:</b> the fullest bin on a
 * side within 30 %. <b>Ready:</b> with the first growth. <b>Cost:</b> one pass over the bins per value of open interest, O(1) per mark price
 * and bin that it crosses. What it finds on planted positions stands in docs/features.md.
 */
public final class LiquidationZones implements Stateful {
    /** Bins of the price grid. */
    public static final int BINS = 512;
    /** Bins that are looked at on each side, 30 %. */
    public static final int REACH = 60;
    /** Bins that count as near, 2 %. */
    public static final int NEAR = 4;
    /** Width of a bin in the logarithm of the price. */
    public static final double BIN_WIDTH = 0.005;
    /** Maintenance margin rate that is assumed. */
    public static final double MAINTENANCE = 0.005;

    private static final double[] LEVERAGES = {5, 10, 20, 50, 100};
    private static final double[] SHARES = {0.15, 0.30, 0.30, 0.15, 0.10};
    private static final double[] LONG_OFFSETS = offsets(-1);
    private static final double[] SHORT_OFFSETS = offsets(1);
    private static final double BPS = 10_000;

    private final double[] longs = new double[BINS];
    private final double[] shorts = new double[BINS];
    private long bin;
    private double logPrice;
    private double interest;
    private long markE8;
    private boolean hasInterest;
    private boolean isReady;

    /** Makes an empty map. */
    public LiquidationZones() {}

    /** Logarithm of liquidation price over entry price, by leverage. */
    private static double[] offsets(int sign) {
        double[] offsets = new double[LEVERAGES.length];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = StrictMath.log((1 + sign / LEVERAGES[i]) / (1 + sign * MAINTENANCE));
        }
        return offsets;
    }

    /**
     * Takes the mark price.
     *
     * @param newMarkE8 above 0, 1e-8.
     */
    public void onMark(long newMarkE8) {
        if (newMarkE8 <= 0 || newMarkE8 == markE8) {
            return;
        }
        double newLog = StrictMath.log(newMarkE8 / 1e8);
        long newBin = (long) Math.floor(newLog / BIN_WIDTH);
        if (markE8 > 0 && newBin != bin) {
            if (Math.abs(newBin - bin) >= BINS / 2) {
                Arrays.fill(longs, 0);
                Arrays.fill(shorts, 0);
            } else {
                sweep(newBin);
            }
        }
        markE8 = newMarkE8;
        logPrice = newLog;
        bin = newBin;
    }

    /** Longs whose price was reached from above are gone, shorts whose price was reached from below; far bins come into reach empty. */
    private void sweep(long newBin) {
        long step = newBin > bin ? 1 : -1;
        for (long at = bin; at != newBin; at += step) {
            if (step > 0) {
                shorts[slot(at)] = 0;
                longs[slot(at + BINS / 2)] = 0;
                shorts[slot(at + BINS / 2)] = 0;
            } else {
                longs[slot(at)] = 0;
                longs[slot(at - BINS / 2)] = 0;
                shorts[slot(at - BINS / 2)] = 0;
            }
        }
    }

    private static int slot(long number) {
        return (int) Math.floorMod(number, (long) BINS);
    }

    /**
     * Takes open interest; it needs a mark price before.
     *
     * @param newInterest in base units, 0 or more.
     */
    public void onInterest(double newInterest) {
        if (markE8 == 0 || !(newInterest >= 0 && newInterest < 1e30)) {
            return;
        }
        if (hasInterest && newInterest > interest) {
            double grown = newInterest - interest;
            for (int i = 0; i < LEVERAGES.length; i++) {
                longs[slot(binOf(logPrice + LONG_OFFSETS[i]))] += grown * SHARES[i];
                shorts[slot(binOf(logPrice + SHORT_OFFSETS[i]))] += grown * SHARES[i];
            }
            isReady = true;
        } else if (hasInterest && newInterest < interest) {
            double left = newInterest / interest;
            for (int i = 0; i < BINS; i++) {
                longs[i] *= left;
                shorts[i] *= left;
            }
        }
        interest = newInterest;
        hasInterest = true;
    }

    private static long binOf(double logarithm) {
        return (long) Math.floor(logarithm / BIN_WIDTH);
    }

    /** Returns whether open interest has grown since the beginning. */
    public boolean isReady() {
        return isReady;
    }

    /** Returns the estimate of longs that are liquidated so many bins below the price, in base units. */
    public double longsBelow(int bins) {
        return longs[slot(bin - bins)];
    }

    /** Returns the estimate of shorts that are liquidated so many bins above the price, in base units. */
    public double shortsAbove(int bins) {
        return shorts[slot(bin + bins)];
    }

    /** Returns how far below the price the fullest bin of longs begins, in bps of the logarithm, 0 if there is none; NaN until ready. */
    public double zoneBelowBps() {
        return isReady ? fullest(longs, -1) * BIN_WIDTH * BPS : Double.NaN;
    }

    /** Returns how far above the price the fullest bin of shorts begins, in bps of the logarithm, 0 if there is none; NaN until ready. */
    public double zoneAboveBps() {
        return isReady ? fullest(shorts, 1) * BIN_WIDTH * BPS : Double.NaN;
    }

    private int fullest(double[] side, int sign) {
        int found = 0;
        double most = 0;
        for (int i = 0; i <= REACH; i++) {
            double here = side[slot(bin + (long) sign * i)];
            if (here > most) {
                most = here;
                found = i;
            }
        }
        return found;
    }

    /**
     * Returns (shorts within 2 % above - longs within 2 % below) / their sum, -1 to 1, 0 if there are none; NaN until ready. Positive:
     * more is liquidated if the price rises.
     */
    public double pull() {
        if (!isReady) {
            return Double.NaN;
        }
        double above = 0;
        double below = 0;
        for (int i = 0; i <= NEAR; i++) {
            above += shortsAbove(i);
            below += longsBelow(i);
        }
        double sum = above + below;
        return sum <= 0 ? 0.0 : (above - below) / sum;
    }

    @Override
    public void visitState(State state) {
        state.type("LiqZones");
        state.f64s(longs);
        state.f64s(shorts);
        bin = state.i64(bin);
        logPrice = state.f64(logPrice);
        interest = state.f64(interest);
        markE8 = state.i64(markE8);
        hasInterest = state.flag(hasInterest);
        isReady = state.flag(isReady);
    }
}
