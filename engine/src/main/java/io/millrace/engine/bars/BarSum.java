package io.millrace.engine.bars;

/**
 * Adds the bars of a longer one up. Volumes are added as whole lots, so that the sum is the double that the venue's own text
 * of the longer bar gives; only where they are too many for that (2^50) as doubles.
 *
 * <p><b>Thread:</b> the strategy agent. <b>Allocation:</b> none.
 */
final class BarSum {
    private final ClosedBar part = new ClosedBar();
    private final Total volume = new Total();
    private final Total takerBuyVolume = new Total();
    private final Total quoteVolume = new Total();

    /** A sum of decimals with one exponent. */
    private static final class Total {
        private int exponent;
        private long units;
        private double rounded;
        private boolean isExact;

        void begin(int newExponent) {
            exponent = Math.min(0, newExponent);
            units = 0;
            rounded = 0;
            isExact = true;
        }

        void add(double value) {
            long more = Decimals.toUnits(value, exponent);
            isExact &= more != Decimals.UNSURE;
            units += isExact ? more : 0;
            rounded += value;
        }

        double sum() {
            return isExact ? Decimals.toDouble(units, exponent) : rounded;
        }
    }

    /**
     * Adds bars up.
     *
     * @param parts the shorter bars.
     * @param openMs when the longer one begins.
     * @param longer its timeframe.
     * @param grid of lots.
     * @param into takes it.
     * @return false if a part is missing; then nothing was written.
     */
    boolean add(BarSeries parts, long openMs, Timeframe longer, LotGrid grid, ClosedBar into) {
        long endMs = openMs + longer.lengthMs();
        long stepMs = parts.timeframe().lengthMs();
        // Most windows are not complete yet: it is their last part that is missing.
        for (long at = endMs - stepMs; at >= openMs; at -= stepMs) {
            if (!parts.hasAt(at)) {
                return false;
            }
        }
        volume.begin(grid.lotExponent());
        takerBuyVolume.begin(grid.lotExponent());
        quoteVolume.begin(grid.turnoverExponent());
        long trades = 0;
        for (long at = openMs; at < endMs; at += stepMs) {
            parts.copyAt(at, part);
            if (at == openMs) {
                into.flat(openMs, part.openE8);
            }
            into.highE8 = Math.max(into.highE8, part.highE8);
            into.lowE8 = Math.min(into.lowE8, part.lowE8);
            into.closeE8 = part.closeE8;
            volume.add(part.volume);
            takerBuyVolume.add(part.takerBuyVolume);
            quoteVolume.add(part.quoteVolume);
            trades += part.trades;
        }
        into.volume = volume.sum();
        into.takerBuyVolume = Math.min(into.volume, takerBuyVolume.sum());
        into.quoteVolume = quoteVolume.sum();
        into.trades = (int) Math.min(Integer.MAX_VALUE, trades);
        // Both end at the same moment.
        into.eventOffsetMs = part.eventOffsetMs;
        into.receiveOffsetMs = part.receiveOffsetMs;
        into.source = ClosedBar.AGGREGATED;
        return true;
    }
}
