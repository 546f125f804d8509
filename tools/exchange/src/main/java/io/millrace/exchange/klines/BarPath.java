package io.millrace.exchange.klines;

import io.millrace.exchange.venue.VenueRandom;
import java.util.Arrays;

/**
 * The trades of one bar: their prices, quantities and takers' sides. The first is at the bar's open, one at its high, one at its
 * low, the last at its close, and all others between high and low; the quantities add up to the bar's volume. A bar that rises
 * sees its low first three times of four, one that falls its high. Made from the bar and a seed alone. With fewer lots than
 * trades there are as many trades as lots, and with less than four lots not all of the bar's prices are met; a volume of 0 is
 * no trade.
 *
 * <p>Mutable, used again. <b>Thread:</b> confined to one thread.
 */
final class BarPath {
    private static final int MOST_WEIGHT = 9;
    private static final double EXPECTED = 0.75;
    /** How far the noise reaches, as a share of the bar's range. */
    private static final double NOISE = 0.12;

    final long[] priceTicks;
    final long[] qtyLots;
    final boolean[] isSell;
    private final int most;
    private int count;

    BarPath(int stepsPerBar) {
        this.most = stepsPerBar;
        this.priceTicks = new long[stepsPerBar];
        this.qtyLots = new long[stepsPerBar];
        this.isSell = new boolean[stepsPerBar];
    }

    /** Returns the number of trades. */
    int count() {
        return count;
    }

    /** Makes the trades of a bar. */
    void make(KlineFile file, int bar, long seed) {
        VenueRandom random = new VenueRandom(seed * 31 + file.timeMs(bar));
        long lots = file.volumeLots(bar);
        count = (int) Math.min(most, lots);
        if (count == 0) {
            return;
        }
        prices(file, bar, random);
        quantities(lots, random);
        long before = bar > 0 ? file.closeTicks(bar - 1) : priceTicks[0];
        for (int i = 0; i < count; i++) {
            boolean isEven = priceTicks[i] == before;
            isSell[i] = isEven ? random.nextDouble() < 0.5 : priceTicks[i] < before;
            before = priceTicks[i];
        }
    }

    private void prices(KlineFile file, int bar, VenueRandom random) {
        long open = file.openTicks(bar);
        long high = file.highTicks(bar);
        long low = file.lowTicks(bar);
        long close = file.closeTicks(bar);
        boolean isLowFirst = (close >= open) == (random.nextDouble() < EXPECTED);
        int last = count - 1;
        // Where the extremes are met: somewhere inside, the first of them in the first half.
        int first = last < 3 ? Math.min(1, last) : 1 + random.nextInt(Math.max(1, last / 2));
        int second = last < 3 ? Math.min(2, last) : first + 1 + random.nextInt(Math.max(1, last - first - 1));
        line(0, open, first, isLowFirst ? low : high);
        line(first, isLowFirst ? low : high, second, isLowFirst ? high : low);
        line(second, isLowFirst ? high : low, last, close);
        double reach = (high - low) * NOISE;
        for (int i = 1; i < last; i++) {
            if (i != first && i != second) {
                long moved = priceTicks[i] + (long) ((random.nextDouble() - 0.5) * 2 * reach);
                priceTicks[i] = Math.max(low, Math.min(high, moved));
            }
        }
        priceTicks[0] = open;
        priceTicks[last] = close;
    }

    private void line(int from, long fromTicks, int to, long toTicks) {
        for (int i = from; i <= to && i < count; i++) {
            priceTicks[i] = to == from ? toTicks : fromTicks + (toTicks - fromTicks) * (i - from) / (to - from);
        }
    }

    private void quantities(long lots, VenueRandom random) {
        int[] weights = new int[count];
        for (int i = 0; i < count; i++) {
            weights[i] = 1 + random.nextInt(MOST_WEIGHT);
        }
        long sum = Arrays.stream(weights).sum();
        // One lot each, and the rest by weight.
        long rest = lots - count;
        long before = 0;
        long weight = 0;
        for (int i = 0; i < count; i++) {
            weight += weights[i];
            long until = rest / sum * weight + rest % sum * weight / sum;
            qtyLots[i] = 1 + until - before;
            before = until;
        }
    }
}
