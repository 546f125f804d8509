package io.millrace.exchange.market;

/**
 * Index, mark price and funding rate of one symbol, sampled once a second: mark = median(P1, P2, last price) with P1 = index x
 * (1 + rate x time to funding / period) and P2 = index + mean of the basis over 30 s, as the venue publishes it. The index is
 * a slow average of the middle of the book, for want of a spot market.
 *
 * <p><b>Thread:</b> confined to the market's thread. <b>Units:</b> prices and rates at 1e-8.
 */
final class MarkPrice {
    static final long FUNDING_PERIOD_MS = 8 * 3_600_000L;
    private static final double E8 = 1e8;
    private static final int BASIS_SAMPLES = 30;
    private static final double INDEX_WEIGHT = 0.08;
    private static final double PREMIUM_WEIGHT = 0.002;
    private static final double INTEREST = 0.0001;
    private static final double CLAMP = 0.0005;
    private static final double RATE_CAP = 0.0075;

    private final double[] basis = new double[BASIS_SAMPLES];
    private int samples;
    private double index;
    private double premium;
    private double rate = INTEREST;
    private double mark;
    private double markMean;

    /** Takes the sample of one second. */
    void sample(double middle, double last, long timeMs) {
        index = samples == 0 ? middle : index + INDEX_WEIGHT * (middle - index);
        basis[samples % BASIS_SAMPLES] = middle - index;
        samples++;
        premium += PREMIUM_WEIGHT * ((middle - index) / index - premium);
        rate = premium + Math.max(-CLAMP, Math.min(CLAMP, INTEREST - premium));
        rate = Math.max(-RATE_CAP, Math.min(RATE_CAP, rate));
        int count = Math.min(samples, BASIS_SAMPLES);
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += basis[i];
        }
        double first = index * (1 + rate * (nextFundingMs(timeMs) - timeMs) / FUNDING_PERIOD_MS);
        double second = index + sum / count;
        mark = Math.max(Math.min(first, second), Math.min(Math.max(first, second), last));
        markMean = samples == 1 ? mark : markMean + INDEX_WEIGHT * (mark - markMean);
    }

    boolean isKnown() {
        return samples > 0;
    }

    long markE8() {
        return e8(mark);
    }

    long markMeanE8() {
        return e8(markMean);
    }

    long indexE8() {
        return e8(index);
    }

    long rateE8() {
        return e8(rate);
    }

    static long nextFundingMs(long timeMs) {
        return (timeMs / FUNDING_PERIOD_MS + 1) * FUNDING_PERIOD_MS;
    }

    private static long e8(double value) {
        return (long) Math.floor(value * E8 + 0.5);
    }
}
