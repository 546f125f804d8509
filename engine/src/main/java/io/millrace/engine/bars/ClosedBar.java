package io.millrace.engine.bars;

import io.millrace.engine.indicator.Bar;

/**
 * One closed bar with everything that is kept of it; a holder that its owner fills again and again. Prices at 1e-8, volumes
 * as the nearest number to the exact decimal.
 */
public final class ClosedBar {
    /** {@link #source()}: there is no bar. */
    public static final int HOLE = 0;
    /** {@link #source()}: the final kline of the stream. */
    public static final int KLINE = 1;
    /** {@link #source()}: single or aggregate trades. */
    public static final int TRADES = 2;
    /** {@link #source()}: added up from bars of the next shorter timeframe. */
    public static final int AGGREGATED = 3;
    /** {@link #source()}: fetched by REST. */
    public static final int HISTORY = 4;
    /** {@link #source()}: the last kline that came, closed by a tick or by the next bar, its final one did not come. */
    public static final int CLOCK = 5;
    /** {@link #source()}: nothing traded: flat at the last close. */
    public static final int FLAT = 6;

    private static final double E8 = 1e8;
    /** Whatever is above is not a price of the venue, and products with it would overflow. */
    private static final long MAX_PRICE_E8 = 1L << 62;

    long openMs;
    long openE8;
    long highE8;
    long lowE8;
    long closeE8;
    double volume;
    double quoteVolume;
    double takerBuyVolume;
    int trades;
    int eventOffsetMs;
    int receiveOffsetMs;
    int source;

    /** Makes a bar of zeros. */
    public ClosedBar() {}

    /** Returns whether the numbers can be a bar's: then indicators take it, too. */
    boolean isSound() {
        return lowE8 > 0
                && lowE8 <= openE8
                && lowE8 <= closeE8
                && openE8 <= highE8
                && closeE8 <= highE8
                && highE8 <= MAX_PRICE_E8
                && volume >= 0
                && volume < Bar.LIMIT
                && takerBuyVolume >= 0
                && takerBuyVolume <= volume
                && quoteVolume >= 0
                && quoteVolume < Bar.LIMIT
                && trades >= 0;
    }

    /** Returns whether another bar has the same prices, volumes and trades. */
    boolean isSame(ClosedBar other) {
        return openMs == other.openMs
                && openE8 == other.openE8
                && highE8 == other.highE8
                && lowE8 == other.lowE8
                && closeE8 == other.closeE8
                && volume == other.volume
                && takerBuyVolume == other.takerBuyVolume
                && trades == other.trades;
    }

    void flat(long openMs, long priceE8) {
        this.openMs = openMs;
        openE8 = priceE8;
        highE8 = priceE8;
        lowE8 = priceE8;
        closeE8 = priceE8;
        volume = 0;
        quoteVolume = 0;
        takerBuyVolume = 0;
        trades = 0;
    }

    /** Sets when the venue said so and when that was read, both relative to the end of the bar. */
    void times(long endMs, long eventTimeMs, long receiveNs) {
        eventOffsetMs = offset(eventTimeMs, endMs);
        receiveOffsetMs = offset(Math.floorDiv(receiveNs, 1_000_000L), endMs);
    }

    private static int offset(long timeMs, long endMs) {
        long offset = timeMs - endMs;
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, offset));
    }

    /** Fills what indicators see of the bar. */
    void copyTo(Bar bar) {
        bar.set(openE8 / E8, highE8 / E8, lowE8 / E8, closeE8 / E8, volume, takerBuyVolume);
    }

    /** Returns when the bar began, epoch milliseconds. */
    public long openMs() {
        return openMs;
    }

    /** Returns the first price at 1e-8. */
    public long openE8() {
        return openE8;
    }

    /** Returns the highest price at 1e-8. */
    public long highE8() {
        return highE8;
    }

    /** Returns the lowest price at 1e-8. */
    public long lowE8() {
        return lowE8;
    }

    /** Returns the last price at 1e-8. */
    public long closeE8() {
        return closeE8;
    }

    /** Returns the volume in base units. */
    public double volume() {
        return volume;
    }

    /** Returns the volume in quote units. */
    public double quoteVolume() {
        return quoteVolume;
    }

    /** Returns what takers bought, in base units. */
    public double takerBuyVolume() {
        return takerBuyVolume;
    }

    /** Returns the number of trades; {@link Integer#MAX_VALUE} stands for that and more. */
    public int trades() {
        return trades;
    }

    /**
     * Returns the venue's time of the event that closed the bar, relative to the bar's end, in milliseconds; the least or
     * greatest {@code int} stands for that and beyond.
     */
    public int eventOffsetMs() {
        return eventOffsetMs;
    }

    /** Returns when that event was read, by ingress time, in the same way. */
    public int receiveOffsetMs() {
        return receiveOffsetMs;
    }

    /** Returns {@link #KLINE}, {@link #TRADES}, {@link #AGGREGATED}, {@link #HISTORY}, {@link #CLOCK} or {@link #FLAT}. */
    public int source() {
        return source;
    }
}
