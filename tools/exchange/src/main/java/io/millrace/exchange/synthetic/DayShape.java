package io.millrace.exchange.synthetic;

import io.millrace.exchange.venue.VenueRandom;

/**
 * A day that has been traded: the way of the price in minutes and what was traded in each, without units. Few shapes serve all
 * days of all symbols: a day is one of them, upright or mirrored, scaled by a power of two and moved to the day's price. Scaling
 * rounds down, which keeps the order of values, so that highest and lowest of a scaled day are the scaled highest and lowest,
 * and sums over a day need no minute of it.
 *
 * <p><b>Thread:</b> immutable after the class is there.
 */
final class DayShape {
    static final int MINUTES = 1440;

    /** Mean volume of a minute. */
    static final int MEAN_VOLUME = 64;

    private static final int COUNT = 64;
    private static final long SEED = 0x5EED_DA15L;
    private static final int STEP = 900;
    private static final int REACH = 500;
    /** Least and greatest scaling: a right shift, or a left shift below 0. */
    private static final int LEAST_SHIFT = -20;

    private static final int MOST_SHIFT = 18;
    /** Usual distance of a shape's highest from its lowest value, before it is scaled. */
    private static final int USUAL_RANGE = 32_768;

    private static final DayShape[] ALL = new DayShape[COUNT];

    static {
        for (int i = 0; i < COUNT; i++) {
            ALL[i] = new DayShape(new VenueRandom(SEED + i));
        }
    }

    /** Value at the beginning of each minute, and at the end of the last. */
    private final int[] path = new int[MINUTES + 1];

    /** How far a minute goes above its beginning and end, and below. */
    private final int[] above = new int[MINUTES];

    private final int[] below = new int[MINUTES];
    private final int[] volume = new int[MINUTES];
    private final int[] takerBuy = new int[MINUTES];
    private final int highest;
    private final int lowest;
    private final long volumeSum;
    private final long takerBuySum;
    private final long tradesSum;
    /** Sums of volume x middle of the minute, by scaling. */
    private final long[] weighted = new long[MOST_SHIFT - LEAST_SHIFT + 1];

    private final long[] takerBuyWeighted = new long[weighted.length];

    private DayShape(VenueRandom random) {
        int high = 0;
        int low = 0;
        long volumes = 0;
        long takerBuys = 0;
        long trades = 0;
        for (int i = 0; i < MINUTES; i++) {
            // Busy hours move more and trade more.
            int busy = 2 + (i / 60 + 13) % 24 / 8;
            int step = random.nextInt(STEP) + random.nextInt(STEP) - STEP + 1;
            path[i + 1] = path[i] + step * busy / 3;
            above[i] = random.nextInt(REACH);
            below[i] = random.nextInt(REACH);
            volume[i] = 1 + random.nextInt(MEAN_VOLUME * busy * 2 / 3);
            takerBuy[i] = volume[i] * (35 + random.nextInt(31)) / 100;
            high = Math.max(high, high(i));
            low = Math.min(low, low(i));
            volumes += volume[i];
            takerBuys += takerBuy[i];
            trades += trades(i);
        }
        highest = high;
        lowest = low;
        volumeSum = volumes;
        takerBuySum = takerBuys;
        tradesSum = trades;
        for (int shift = LEAST_SHIFT; shift <= MOST_SHIFT; shift++) {
            for (int i = 0; i < MINUTES; i++) {
                long middle = scale(middle(i), shift);
                weighted[shift - LEAST_SHIFT] += middle * volume[i];
                takerBuyWeighted[shift - LEAST_SHIFT] += middle * takerBuy[i];
            }
        }
    }

    /** Returns one of the shapes. */
    static DayShape of(long hash) {
        return ALL[(int) Math.floorMod(hash, (long) COUNT)];
    }

    /** Returns the scaling that makes the usual range at most some number of ticks, and above half of it. */
    static int shiftFor(long rangeTicks) {
        int shift =
                63 - Long.numberOfLeadingZeros(USUAL_RANGE) - (63 - Long.numberOfLeadingZeros(Math.max(1, rangeTicks)));
        return Math.max(LEAST_SHIFT, Math.min(MOST_SHIFT - 1, shift));
    }

    static long scale(int value, int shift) {
        return shift >= 0 ? value >> shift : (long) value << -shift;
    }

    /** Returns the value at the beginning of a minute, or at the end of the day. */
    int at(int minute) {
        return path[minute];
    }

    int high(int minute) {
        return Math.max(path[minute], path[minute + 1]) + above[minute];
    }

    int low(int minute) {
        return Math.min(path[minute], path[minute + 1]) - below[minute];
    }

    int middle(int minute) {
        return (path[minute] + path[minute + 1]) >> 1;
    }

    int volume(int minute) {
        return volume[minute];
    }

    int takerBuy(int minute) {
        return takerBuy[minute];
    }

    int trades(int minute) {
        return 1 + volume[minute] / 4;
    }

    int highest() {
        return highest;
    }

    int lowest() {
        return lowest;
    }

    long volumeSum() {
        return volumeSum;
    }

    long takerBuySum() {
        return takerBuySum;
    }

    long tradesSum() {
        return tradesSum;
    }

    long weighted(int shift) {
        return weighted[shift - LEAST_SHIFT];
    }

    long takerBuyWeighted(int shift) {
        return takerBuyWeighted[shift - LEAST_SHIFT];
    }
}
