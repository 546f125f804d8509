package io.millrace.codecs.value;

import io.millrace.codecs.event.ContractType;
import io.millrace.codecs.event.InstrumentStatus;

/**
 * One contract as the venue defines it, on one version of its grid. What InstrumentDefinition carries.
 *
 * @param id dense id, 0 or more, assigned once and never used for another symbol.
 * @param gridVersion 0 to 65535; a changed tick or lot is a new version.
 * @param symbol as the venue writes it, upper case, possibly not ASCII.
 * @param tick step of prices.
 * @param lot step of quantities.
 * @param limits the filters' bounds.
 * @param contractType of the contract.
 * @param status of the contract.
 * @param onboardTimeMs listing time, epoch milliseconds.
 * @param deliveryTimeMs delivery or delisting time, epoch milliseconds.
 * @param priority order of need when something is scarce, 0 first.
 * @param streams bits of StreamSet that are subscribed for it.
 */
public record InstrumentSpec(
        int id,
        int gridVersion,
        String symbol,
        Grid tick,
        Grid lot,
        Limits limits,
        ContractType contractType,
        InstrumentStatus status,
        long onboardTimeMs,
        long deliveryTimeMs,
        int priority,
        int streams) {

    /** Most instruments of one process. */
    public static final int MAX_INSTRUMENTS = 4096;

    /**
     * Bounds of the venue's filters; 0 where the venue sets none.
     *
     * @param minPriceTicks lowest price.
     * @param maxPriceTicks highest price.
     * @param minQtyLots smallest quantity.
     * @param maxQtyLots largest quantity of a limit order.
     * @param marketMaxQtyLots largest quantity of a market order.
     * @param minNotionalE8 smallest notional at 1e-8 of the quote asset.
     * @param multiplierUpE8 highest buy price over mark price, at 1e-8.
     * @param multiplierDownE8 lowest sell price over mark price, at 1e-8.
     * @param marketTakeBoundE8 how far from the mark price a market order may trade, at 1e-8.
     * @param liquidationFeeE8 liquidation clearance fee, at 1e-8.
     */
    public record Limits(
            long minPriceTicks,
            long maxPriceTicks,
            long minQtyLots,
            long maxQtyLots,
            long marketMaxQtyLots,
            long minNotionalE8,
            long multiplierUpE8,
            long multiplierDownE8,
            long marketTakeBoundE8,
            long liquidationFeeE8) {
        /** No bound at all. */
        public static final Limits NONE = new Limits(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** Checks the ranges. */
    public InstrumentSpec {
        if (id < 0 || id >= MAX_INSTRUMENTS) {
            throw new IllegalArgumentException(
                    "instrument id=" + id + " of " + symbol + " is outside 0 to " + (MAX_INSTRUMENTS - 1));
        }
        if (gridVersion < 0 || gridVersion > 0xFFFF) {
            throw new IllegalArgumentException(
                    "grid version=" + gridVersion + " of " + symbol + " is outside 0 to 65535");
        }
    }

    /** Returns the same contract with other streams. */
    public InstrumentSpec withStreams(int other) {
        return new InstrumentSpec(
                id,
                gridVersion,
                symbol,
                tick,
                lot,
                limits,
                contractType,
                status,
                onboardTimeMs,
                deliveryTimeMs,
                priority,
                other);
    }
}
