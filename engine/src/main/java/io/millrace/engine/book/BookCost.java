package io.millrace.engine.book;

import java.math.BigInteger;

/**
 * What it costs to take a quantity out of a book: the sum of ticks x lots over the levels it eats, exact in 128 bits. Filled
 * by {@link OrderBook#cost}; one object is used again and again.
 */
public final class BookCost {
    private long wantedLots;
    private long filledLots;
    private long worstTicks;
    private long valueHigh;
    private long valueLow;
    private int levels;

    /** Makes a result that says nothing was taken. */
    public BookCost() {}

    void begin(long lots) {
        wantedLots = Math.max(0, lots);
        filledLots = 0;
        worstTicks = -1;
        valueHigh = 0;
        valueLow = 0;
        levels = 0;
    }

    void take(long ticks, long lots) {
        long taken = Math.min(lots, wantedLots - filledLots);
        long low = ticks * taken;
        long sum = valueLow + low;
        valueHigh += Math.multiplyHigh(ticks, taken) + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
        valueLow = sum;
        filledLots += taken;
        worstTicks = ticks;
        levels++;
    }

    /** Returns whether the book holds the whole quantity. */
    public boolean isFilled() {
        return filledLots == wantedLots;
    }

    /** Returns how much of the quantity the book holds, in lots. */
    public long filledLots() {
        return filledLots;
    }

    /** Returns the price of the last level eaten, in ticks, -1 if none was. */
    public long worstTicks() {
        return worstTicks;
    }

    /** Returns how many levels were eaten, the last one perhaps in part. */
    public int levels() {
        return levels;
    }

    /** Returns the high 64 bits of the value in ticks x lots; 0 means that {@link #valueLow()} is all of it, unsigned. */
    public long valueHigh() {
        return valueHigh;
    }

    /** Returns the low 64 bits of the value in ticks x lots, unsigned. */
    public long valueLow() {
        return valueLow;
    }

    /** Returns whether the value fits a {@code long}, so that {@link #valueLow()} is it. */
    public boolean fitsLong() {
        return valueHigh == 0 && valueLow >= 0;
    }

    /** Returns the value in ticks x lots; allocates, for cold paths. */
    public BigInteger value() {
        return BigInteger.valueOf(valueHigh)
                .shiftLeft(Long.SIZE)
                .add(BigInteger.valueOf(valueLow >>> 1).shiftLeft(1))
                .add(BigInteger.valueOf(valueLow & 1));
    }
}
