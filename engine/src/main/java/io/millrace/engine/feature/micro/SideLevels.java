package io.millrace.engine.feature.micro;

import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;

/** The prices of one side that {@link IcebergDetector} follows, and how far each has got in its cycle. */
final class SideLevels implements Stateful {
    /** Prices that are followed. */
    static final int LEVELS = 8;

    /** The display stands at its peak, or not yet at half of it. */
    private static final int SHOWN = 0;
    /** The display fell to half of the peak or less. */
    private static final int FALLEN = 1;
    /** The display is back, the trades that took it are not known yet. */
    private static final int UNEXPLAINED = 2;

    private final long[] ticks = new long[LEVELS];
    private final long[] peakLots = new long[LEVELS];
    private final long[] lowestLots = new long[LEVELS];
    private final long[] tradedLots = new long[LEVELS];
    private final long[] phaseNs = new long[LEVELS];
    private final long[] usedNs = new long[LEVELS];
    private final long[] beganNs = new long[LEVELS];
    private final int[] phases = new int[LEVELS];
    private final int[] cycles = new int[LEVELS];
    private final boolean isBid;
    private int best;
    private boolean hasBest;

    SideLevels(boolean isBid) {
        this.isBid = isBid;
    }

    /** Takes the best price; returns whether that completed a cycle. */
    boolean onBest(long nowNs, long bestTicks, long lots) {
        if (lots <= 0) {
            hasBest = false;
            return false;
        }
        int level = best;
        if (!hasBest || ticks[best] != bestTicks) {
            leaveBest(nowNs, bestTicks);
            level = find(bestTicks);
            if (level < 0) {
                level = oldest();
                ticks[level] = bestTicks;
                restart(level, nowNs, lots);
            }
            best = level;
            hasBest = true;
        }
        usedNs[level] = nowNs;
        return onLots(nowNs, level, lots);
    }

    /** Where the new best price is a worse one, the old one shows nothing any more; behind a better one it stands as it was. */
    private void leaveBest(long nowNs, long newBestTicks) {
        boolean isGone = hasBest && (isBid ? newBestTicks < ticks[best] : newBestTicks > ticks[best]);
        if (isGone && phases[best] == SHOWN) {
            fall(nowNs, best, 0);
        }
    }

    private void fall(long nowNs, int level, long lots) {
        phases[level] = FALLEN;
        phaseNs[level] = nowNs;
        lowestLots[level] = lots;
    }

    private boolean onLots(long nowNs, int level, long lots) {
        if (nowNs - beganNs[level] > IcebergDetector.LIFE_NS) {
            restart(level, nowNs, lots);
            return false;
        }
        long tolerance = peakLots[level] / 100 * IcebergDetector.TOLERANCE_PERCENT
                + peakLots[level] % 100 * IcebergDetector.TOLERANCE_PERCENT / 100;
        switch (phases[level]) {
            case SHOWN -> {
                if (lots > peakLots[level] + tolerance) {
                    restart(level, nowNs, lots);
                } else if (lots <= peakLots[level] / 2) {
                    fall(nowNs, level, lots);
                }
            }
            case FALLEN -> {
                if (lots > peakLots[level] + tolerance || nowNs - phaseNs[level] > IcebergDetector.REFILL_NS) {
                    restart(level, nowNs, lots);
                } else if (lots >= peakLots[level] - tolerance) {
                    phases[level] = UNEXPLAINED;
                    phaseNs[level] = nowNs;
                    return complete(nowNs, level);
                } else {
                    lowestLots[level] = Math.min(lowestLots[level], lots);
                }
            }
            default -> {
                if (nowNs - phaseNs[level] > IcebergDetector.LATE_TRADE_NS) {
                    restart(level, nowNs, lots);
                }
            }
        }
        return false;
    }

    /** Takes a trade that hit this side; returns whether that completed a cycle. */
    boolean onTrade(long nowNs, long priceTicks, long qtyLots) {
        int level = find(priceTicks);
        if (level < 0) {
            return false;
        }
        tradedLots[level] = Math.min(Long.MAX_VALUE / 2, tradedLots[level] + Math.min(qtyLots, Long.MAX_VALUE / 4));
        return phases[level] == UNEXPLAINED
                && nowNs - phaseNs[level] <= IcebergDetector.LATE_TRADE_NS
                && complete(nowNs, level);
    }

    private boolean complete(long nowNs, int level) {
        double fall = (double) peakLots[level] - lowestLots[level];
        if (tradedLots[level] < fall * IcebergDetector.TRADED_PERCENT / 100) {
            return false;
        }
        phases[level] = SHOWN;
        phaseNs[level] = nowNs;
        tradedLots[level] = 0;
        cycles[level]++;
        return true;
    }

    private void restart(int level, long nowNs, long lots) {
        peakLots[level] = lots;
        lowestLots[level] = lots;
        tradedLots[level] = 0;
        phases[level] = SHOWN;
        phaseNs[level] = nowNs;
        beganNs[level] = nowNs;
        cycles[level] = 0;
    }

    private int find(long priceTicks) {
        for (int i = 0; i < LEVELS; i++) {
            if (ticks[i] == priceTicks && peakLots[i] > 0) {
                return i;
            }
        }
        return -1;
    }

    private int oldest() {
        int oldest = 0;
        for (int i = 1; i < LEVELS; i++) {
            if (usedNs[i] < usedNs[oldest]) {
                oldest = i;
            }
        }
        return oldest;
    }

    /** Returns the complete cycles of the best price, 0 if there is none. */
    int bestCycles() {
        return hasBest ? cycles[best] : 0;
    }

    @Override
    public void visitState(State state) {
        state.type("SideLeve");
        state.i64s(ticks);
        state.i64s(peakLots);
        state.i64s(lowestLots);
        state.i64s(tradedLots);
        state.i64s(phaseNs);
        state.i64s(usedNs);
        state.i64s(beganNs);
        state.i32s(phases);
        state.i32s(cycles);
        best = state.i32(best);
        hasBest = state.flag(hasBest);
    }
}
