package io.millrace.exchange.venue;

import java.util.Arrays;

/**
 * A book at one moment, best levels first. Immutable by agreement: nobody writes to the arrays.
 *
 * @param spec the contract.
 * @param lastUpdateId id of the last change that is in it.
 * @param timeMs time of that change, epoch milliseconds.
 * @param bidTicks prices of the bids, falling.
 * @param bidLots quantities of the bids.
 * @param askTicks prices of the asks, rising.
 * @param askLots quantities of the asks.
 */
@SuppressWarnings("ArrayRecordComponent") // a thousand levels are not to be boxed; equals and hashCode are written out
public record BookImage(
        SymbolSpec spec,
        long lastUpdateId,
        long timeMs,
        long[] bidTicks,
        long[] bidLots,
        long[] askTicks,
        long[] askLots) {

    /**
     * Returns the best levels of this image.
     *
     * @param limit most levels a side, at least 1.
     */
    public BookImage top(int limit) {
        if (bidTicks.length <= limit && askTicks.length <= limit) {
            return this;
        }
        int bids = Math.min(limit, bidTicks.length);
        int asks = Math.min(limit, askTicks.length);
        return new BookImage(
                spec,
                lastUpdateId,
                timeMs,
                Arrays.copyOf(bidTicks, bids),
                Arrays.copyOf(bidLots, bids),
                Arrays.copyOf(askTicks, asks),
                Arrays.copyOf(askLots, asks));
    }

    /**
     * Says whether two images hold the same levels, whatever their ids and times.
     *
     * @param other image of the same contract.
     */
    public boolean hasLevelsOf(BookImage other) {
        return Arrays.equals(bidTicks, other.bidTicks)
                && Arrays.equals(bidLots, other.bidLots)
                && Arrays.equals(askTicks, other.askTicks)
                && Arrays.equals(askLots, other.askLots);
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof BookImage other
                && lastUpdateId == other.lastUpdateId
                && spec.equals(other.spec)
                && hasLevelsOf(other);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(lastUpdateId) * 31 + Arrays.hashCode(bidTicks);
    }

    @Override
    public String toString() {
        return spec.symbol() + " book u=" + lastUpdateId + ", " + bidTicks.length + " bids from "
                + (bidTicks.length == 0 ? "none" : spec.tick().toDecimal(bidTicks[0])) + ", " + askTicks.length
                + " asks from " + (askTicks.length == 0 ? "none" : spec.tick().toDecimal(askTicks[0]));
    }
}
