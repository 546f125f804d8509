package io.millrace.engine.feature.derivative;

import io.millrace.engine.feature.window.TimedPeak;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import io.millrace.engine.memory.Hashing;
import java.util.concurrent.TimeUnit;

/**
 * The derivatives features of one instrument: premium = mark / index - 1; funding; open interest; the ratio of accounts that are long to those that
 * are short; liquidation zones; the insurance fund and its change over a day.
 */
public final class DerivativeFeatures implements Stateful {
    /** Largest ratio of longs to shorts that is told. */
    public static final double MAX_RATIO = 1_000.0;
    /** Largest premium that is told, in bps. */
    public static final double MAX_PREMIUM_BPS = 100_000.0;

    private static final double BPS = 10_000;

    private final Funding funding = new Funding();
    private final OpenInterestFigures interest = new OpenInterestFigures();
    private final LiquidationZones zones = new LiquidationZones();
    private final TimedPeak fund = new TimedPeak(TimeUnit.DAYS.toNanos(1), 24);
    private long markE8;
    private long indexE8;
    private long longE8;
    private long shortE8;
    private double longShortLog;
    private long hash;
    private boolean hasFund;

    /** Makes the features of an instrument of which nothing has been seen. */
    public DerivativeFeatures() {}

    /**
     * Takes a mark price.
     *
     * @param nowNs engine time.
     * @param newMarkE8 mark price, 1e-8.
     * @param newIndexE8 index price, 1e-8; 0 if there is none.
     */
    public void onMark(long nowNs, long newMarkE8, long newIndexE8) {
        if (newMarkE8 > 0) {
            markE8 = newMarkE8;
            indexE8 = newIndexE8;
            interest.onMark(nowNs, newMarkE8);
            zones.onMark(newMarkE8);
            if (hasFund) {
                fund.advance(nowNs);
            }
            mix(nowNs, newMarkE8 + Long.rotateLeft(newIndexE8, 32));
        }
    }

    /** Takes a mark price's funding; see {@link Funding#onRate}. */
    public void onFundingRate(long timeMs, long rateE8, long nextMs) {
        funding.onRate(timeMs, rateE8, nextMs);
        mix(timeMs, rateE8 + Long.rotateLeft(nextMs, 32));
    }

    /** Takes a settled rate; see {@link Funding#onSettled}. */
    public void onFundingSettled(long timeMs, long rateE8) {
        funding.onSettled(timeMs, rateE8);
        mix(timeMs, rateE8);
    }

    /** Takes the funding interval; see {@link Funding#onInterval}. */
    public void onFundingInterval(int hours) {
        funding.onInterval(hours);
        mix(hours, 1);
    }

    /**
     * Takes open interest.
     *
     * @param nowNs engine time.
     * @param baseUnits 0 or more.
     */
    public void onOpenInterest(long nowNs, double baseUnits) {
        if (baseUnits >= 0 && baseUnits < 9e14) {
            interest.onInterest(nowNs, (long) (baseUnits * 1e4 + 0.5));
            zones.onInterest(baseUnits);
            mix(nowNs, Double.doubleToRawLongBits(baseUnits));
        }
    }

    /** Takes the shares of accounts that are long and short, 1e-8. */
    public void onLongShort(long newLongE8, long newShortE8) {
        if (newLongE8 >= 0 && newShortE8 >= 0) {
            longE8 = newLongE8;
            shortE8 = newShortE8;
            double ratio = longShortRatio();
            longShortLog = Double.isNaN(ratio) ? 0 : StrictMath.log(Math.max(1 / MAX_RATIO, ratio));
            mix(newLongE8, newShortE8);
        }
    }

    /** Takes the balance of the insurance fund, 1e-8. */
    public void onInsuranceFund(long nowNs, long balanceE8) {
        if (balanceE8 >= 0) {
            fund.set(nowNs, balanceE8);
            hasFund = true;
            mix(nowNs, balanceE8);
        }
    }

    private void mix(long a, long b) {
        hash = Hashing.mix(Hashing.mix(hash, a), b);
    }

    /** Returns a hash of everything that was taken since the beginning or the last reset. */
    public long hash() {
        return hash;
    }

    /** Returns the premium of mark over index in bps, within ±{@link #MAX_PREMIUM_BPS}; NaN until both are known. */
    public double premiumBps() {
        if (markE8 <= 0 || indexE8 <= 0) {
            return Double.NaN;
        }
        double bps = ((double) markE8 - indexE8) / indexE8 * BPS;
        return Math.max(-MAX_PREMIUM_BPS, Math.min(MAX_PREMIUM_BPS, bps));
    }

    /** Returns the mark price, 1e-8; 0 until known. */
    public long markE8() {
        return markE8;
    }

    /** Returns funding. */
    public Funding funding() {
        return funding;
    }

    /** Returns open interest. */
    public OpenInterestFigures interest() {
        return interest;
    }

    /** Returns the estimated liquidation zones. */
    public LiquidationZones zones() {
        return zones;
    }

    /** Returns accounts that are long per account that is short, 0 to {@link #MAX_RATIO}; NaN until known. */
    public double longShortRatio() {
        if (longE8 + shortE8 <= 0) {
            return Double.NaN;
        }
        return shortE8 == 0 ? MAX_RATIO : Math.min(MAX_RATIO, (double) longE8 / shortE8);
    }

    /** Returns the logarithm of {@link #longShortRatio}, of at least 1 / {@link #MAX_RATIO}; NaN until known. */
    public double longShortLog() {
        return longE8 + shortE8 <= 0 ? Double.NaN : longShortLog;
    }

    /** Returns the balance of the insurance fund in its asset; NaN until known. */
    public double fund() {
        return hasFund ? fund.value() / 1e8 : Double.NaN;
    }

    /** Returns the change of the fund over a day as a fraction, at least -1; NaN until a day has been seen, 0 of nothing. */
    public double fundChange() {
        if (!hasFund || !fund.isReady()) {
            return Double.NaN;
        }
        long then = fund.oldest();
        return then == 0 ? 0.0 : Math.min(MAX_RATIO, (double) fund.value() / then - 1);
    }

    @Override
    public void visitState(State state) {
        state.type("Derivati");
        funding.visitState(state);
        interest.visitState(state);
        zones.visitState(state);
        fund.visitState(state);
        markE8 = state.i64(markE8);
        indexE8 = state.i64(indexE8);
        longE8 = state.i64(longE8);
        shortE8 = state.i64(shortE8);
        longShortLog = state.f64(longShortLog);
        hash = state.i64(hash);
        hasFund = state.flag(hasFund);
    }
}
