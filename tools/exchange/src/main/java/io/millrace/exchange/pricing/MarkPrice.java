package io.millrace.exchange.pricing;

import io.millrace.exchange.account.Money;
import java.math.RoundingMode;

/**
 * Index, mark price and funding rate of one symbol, sampled once a second: mark = median(P1, P2, last price) with P1 = index x
 * (1 + rate x time to funding / period) and P2 = index + mean of the basis over 30 s, as the venue publishes it. The one
 * mark price of its symbol: streams print it, margin and liquidation are computed from it.
 *
 * <p><b>Thread:</b> confined to the market's thread. <b>Units:</b> prices and rates at 1e-8. <b>Rounding:</b> half even, once for
 * each of P1's two products, the mean and the premium.
 */
public final class MarkPrice {
    /** Seconds over which the basis is averaged. */
    public static final int BASIS_SAMPLES = 30;
    /** Seconds between two samples of the premium. */
    public static final int PREMIUM_PERIOD_SAMPLES = 5;

    private static final int MEAN_PERCENT = 8;

    private final IndexProcess index;
    private final long startMs;
    private final FundingRate funding;
    private final long[] basis = new long[BASIS_SAMPLES];
    private long samples;
    private long indexE8;
    private long markE8;
    private long markMeanE8;
    private long premiumE8;
    private long settledRateE8;
    private long settledMs;
    private long pinnedE8;
    private long lastMs;

    /**
     * Begins without a price.
     *
     * @param seed of the index.
     * @param terms of funding.
     * @param startMs epoch milliseconds.
     */
    public MarkPrice(long seed, FundingTerms terms, long startMs) {
        this.index = new IndexProcess(seed);
        this.startMs = startMs;
        this.lastMs = startMs;
        this.funding = new FundingRate(terms, startMs);
    }

    /**
     * Prices of one second, at 1e-8.
     *
     * @param bidE8 best bid.
     * @param askE8 best ask, above the bid.
     * @param impactBidE8 mean price of selling the impact notional.
     * @param impactAskE8 mean price of buying it.
     * @param lastE8 last trade.
     */
    public record Sample(long bidE8, long askE8, long impactBidE8, long impactAskE8, long lastE8) {}

    /**
     * Takes the prices of one second.
     *
     * @param prices of the book.
     * @param timeMs epoch milliseconds, above the last call's.
     * @return whether funding falls due with this sample: positions pay {@link #settledRateE8()} on {@link #markE8()}.
     */
    public boolean sample(Sample prices, long timeMs) {
        lastMs = timeMs;
        long middle = (prices.bidE8 + prices.askE8) / 2;
        indexE8 = index.next(middle);
        basis[(int) (samples % BASIS_SAMPLES)] = middle - indexE8;
        premiumE8 = premium(prices);
        if (samples % PREMIUM_PERIOD_SAMPLES == 0) {
            funding.sample(premiumE8);
        }
        samples++;
        long leftMs = Math.max(0, funding.nextMs() - timeMs);
        long carry = Money.share(indexE8, funding.rateE8(), RoundingMode.HALF_EVEN);
        long first = indexE8 + Money.mulDiv(carry, leftMs, funding.periodMs(), RoundingMode.HALF_EVEN);
        long second = indexE8 + meanBasis();
        markE8 = Math.max(1, median(first, second, prices.lastE8));
        markMeanE8 = samples == 1
                ? markE8
                : markMeanE8 + Money.mulDiv(markE8 - markMeanE8, MEAN_PERCENT, 100, RoundingMode.HALF_EVEN);
        if (timeMs < funding.nextMs()) {
            return false;
        }
        settledRateE8 = funding.rateE8();
        settledMs = funding.nextMs();
        while (funding.nextMs() <= timeMs) {
            funding.settled(settledRateE8);
        }
        return true;
    }

    static long median(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    private long premium(Sample prices) {
        long over = Math.max(0, prices.impactBidE8 - indexE8) - Math.max(0, indexE8 - prices.impactAskE8);
        return Money.mulDiv(over, Money.ONE, indexE8, RoundingMode.HALF_EVEN);
    }

    private long meanBasis() {
        long count = Math.min(samples, BASIS_SAMPLES);
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += basis[i];
        }
        return Money.mulDiv(sum, 1, count, RoundingMode.HALF_EVEN);
    }

    /**
     * Makes the next settlement use a rate of choice, within the cap; from the next sample on it is also the published one.
     *
     * @param rateE8 at 1e-8.
     */
    public void forceRate(long rateE8) {
        funding.force(rateE8);
    }

    /**
     * Puts other funding terms in force, from the interval that runs on: the rate that is settled next, and when, follow from them
     * and from the premiums sampled so far.
     *
     * @param terms interest, interval, cap and floor.
     */
    public void terms(FundingTerms terms) {
        funding.terms(terms, lastMs);
    }

    /**
     * Holds the mark price where it is put, for tests and faults; index and funding go on by themselves.
     *
     * @param newPinnedE8 mark price at 1e-8, 0 to let it go.
     */
    public void pin(long newPinnedE8) {
        pinnedE8 = newPinnedE8;
    }

    /** Returns when it began, epoch milliseconds. */
    public long startMs() {
        return startMs;
    }

    /** Returns whether there has been a sample; everything else is 0 before. */
    public boolean isKnown() {
        return samples > 0 || pinnedE8 > 0;
    }

    /** Returns the mark price. */
    public long markE8() {
        return pinnedE8 > 0 ? pinnedE8 : markE8;
    }

    /** Returns the moving average of the mark price. */
    public long markMeanE8() {
        return markMeanE8;
    }

    /** Returns the price index. */
    public long indexE8() {
        return indexE8;
    }

    /** Returns the premium of the last sample's impact prices over the index. */
    public long premiumE8() {
        return premiumE8;
    }

    /** Returns the rate that would be settled now, what the venue publishes as the rate of the next settlement. */
    public long rateE8() {
        return funding.rateE8();
    }

    /** Returns the rate of the last settlement. */
    public long settledRateE8() {
        return settledRateE8;
    }

    /** Returns when the last settlement was due, epoch milliseconds; 0 before the first. */
    public long settledMs() {
        return settledMs;
    }

    /** Returns when the next settlement is due, epoch milliseconds. */
    public long nextFundingMs() {
        return funding.nextMs();
    }

    /** Returns the hours between settlements that hold now. */
    public int intervalHours() {
        return funding.intervalHours();
    }
}
