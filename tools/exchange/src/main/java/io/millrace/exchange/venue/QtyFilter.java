package io.millrace.exchange.venue;

/**
 * LOT_SIZE or MARKET_LOT_SIZE in lots of the contract.
 *
 * @param minLots least quantity.
 * @param maxLots largest quantity.
 * @param stepLots quantities are the least one plus a multiple of this; 1 unless market orders have a coarser step.
 */
public record QtyFilter(long minLots, long maxLots, long stepLots) {
    /** Checks the ranges. */
    public QtyFilter {
        if (minLots < 0 || maxLots < minLots || stepLots < 1) {
            throw new IllegalArgumentException(
                    "quantity filter " + minLots + " to " + maxLots + " step " + stepLots + " holds nothing");
        }
    }
}
