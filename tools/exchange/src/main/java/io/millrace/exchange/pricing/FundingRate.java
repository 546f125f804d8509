package io.millrace.exchange.pricing;

import io.millrace.exchange.account.Money;
import java.math.RoundingMode;

/**
 * The funding rate of the interval that runs: the premium is averaged with weights 1, 2, 3 … so that later samples count for more,
 * and rate = (average + clamp(interest - average, -0.05 %, +0.05 %)) / (8 / hours), between
 * floor and cap.
 *
 * <p>The interval shortens to an hour when a rate reaches one of them; an hourly one that was not so from the start goes back to
 * four hours, or its own if that is longer, after 36 settlements of at most 0.002 %.
 *
 * <p><b>Thread:</b> confined to the market's thread. <b>Units:</b> rates at 1e-8.
 */
final class FundingRate {
    static final long CLAMP_E8 = 50_000L;
    static final long CALM_RATE_E8 = 2_000L;
    static final int CALM_SETTLEMENTS = 36;

    private static final long HOUR_MS = 3_600_000L;
    private static final int FULL_HOURS = 8;

    private FundingTerms terms;
    private int intervalHours;
    private long nextMs;
    private long weights;
    private long samples;
    private long weightedPremium;
    private long forcedRateE8;
    private boolean isForced;
    private int calmSettlements;

    FundingRate(FundingTerms terms, long startMs) {
        this.terms = terms;
        this.intervalHours = terms.intervalHours();
        this.nextMs = after(startMs);
    }

    /** Takes one sample of the premium index. */
    void sample(long premiumE8) {
        samples++;
        weights = Math.addExact(weights, samples);
        weightedPremium = Math.addExact(weightedPremium, Math.multiplyExact(premiumE8, samples));
    }

    /** Returns the rate that would be settled now. */
    long rateE8() {
        if (isForced) {
            return forcedRateE8;
        }
        return rate(averagePremiumE8(), terms, intervalHours);
    }

    long averagePremiumE8() {
        return weights == 0 ? 0 : Money.mulDiv(weightedPremium, 1, weights, RoundingMode.HALF_EVEN);
    }

    static long rate(long averageE8, FundingTerms terms, int hours) {
        long pull = Math.max(-CLAMP_E8, Math.min(CLAMP_E8, terms.interestE8() - averageE8));
        return bounded(terms, Money.mulDiv(averageE8 + pull, hours, FULL_HOURS, RoundingMode.HALF_EVEN));
    }

    private static long bounded(FundingTerms terms, long rateE8) {
        return Math.max(terms.floorE8(), Math.min(terms.capE8(), rateE8));
    }

    long nextMs() {
        return nextMs;
    }

    long periodMs() {
        return intervalHours * HOUR_MS;
    }

    int intervalHours() {
        return intervalHours;
    }

    /** Begins the next interval after the settlement of a rate. */
    void settled(long rateE8) {
        adapt(rateE8);
        nextMs = after(nextMs);
        samples = 0;
        weights = 0;
        weightedPremium = 0;
        isForced = false;
    }

    void force(long rateE8) {
        isForced = true;
        forcedRateE8 = bounded(terms, rateE8);
    }

    /** Other terms hold from now on; another interval ends at the next of its own settlement times. */
    void terms(FundingTerms newTerms, long nowMs) {
        if (newTerms.intervalHours() != terms.intervalHours()) {
            intervalHours = newTerms.intervalHours();
            nextMs = after(nowMs);
        }
        terms = newTerms;
        if (isForced) {
            forcedRateE8 = bounded(terms, forcedRateE8);
        }
    }

    private void adapt(long rateE8) {
        calmSettlements = Math.abs(rateE8) <= CALM_RATE_E8 ? calmSettlements + 1 : 0;
        if (rateE8 >= terms.capE8() || rateE8 <= terms.floorE8()) {
            intervalHours = 1;
        } else if (intervalHours == 1 && terms.intervalHours() != 1 && calmSettlements >= CALM_SETTLEMENTS) {
            intervalHours = terms.intervalHours() == FULL_HOURS ? 4 : terms.intervalHours();
        }
    }

    private long after(long timeMs) {
        return (timeMs / periodMs() + 1) * periodMs();
    }
}
