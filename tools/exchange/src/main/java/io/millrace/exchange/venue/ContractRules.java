package io.millrace.exchange.venue;

import java.util.List;

/**
 * Everything that the venue's rules say about one contract: the filters of exchangeInfo, brackets, fees, the numbers of
 * liquidation, triggers and funding. Immutable; a change of rules is another object. Made by {@link #of(SymbolSpec)} for made-up
 * contracts and by {@link ContractRulesJson} from a real exchangeInfo.
 *
 * @param spec grid and names.
 * @param status whether it trades.
 * @param onboardDateMs when it was listed, epoch milliseconds.
 * @param deliveryDateMs when it ends, epoch milliseconds; {@link #NEVER_MS} while no end is announced.
 * @param minPriceTicks PRICE_FILTER, 0 switches it off.
 * @param maxPriceTicks PRICE_FILTER, 0 switches it off.
 * @param priceStepTicks PRICE_FILTER: prices of new orders are multiples of this; 1 unless the tick was made coarser, which
 *     leaves the grid, the books and the orders in them as they are.
 * @param limitQty LOT_SIZE.
 * @param marketQty MARKET_LOT_SIZE.
 * @param maxOrders MAX_NUM_ORDERS: open orders of an account in this contract.
 * @param minNotionalE8 MIN_NOTIONAL in 1e-8 of the quote asset.
 * @param multiplierUpE8 PERCENT_PRICE for buyers, at 1e-8 of the mark price.
 * @param multiplierDownE8 PERCENT_PRICE for sellers, at 1e-8 of the mark price.
 * @param marketTakeBoundE8 how far from the mark price a market order may trade, at 1e-8.
 * @param triggerProtectE8 how far apart mark and last price may be for a protected trigger, at 1e-8.
 * @param liquidationFeeE8 fee of a liquidation for each unit of notional, at 1e-8.
 * @param brackets of margin.
 * @param fees of the tiers, tier 0 first.
 * @param fundingIntervalHours 1, 2, 4 or 8.
 * @param fundingCapE8 highest funding rate, at 1e-8.
 * @param fundingFloorE8 lowest funding rate, at 1e-8.
 */
public record ContractRules(
        SymbolSpec spec,
        ContractStatus status,
        long onboardDateMs,
        long deliveryDateMs,
        long minPriceTicks,
        long maxPriceTicks,
        long priceStepTicks,
        QtyFilter limitQty,
        QtyFilter marketQty,
        int maxOrders,
        long minNotionalE8,
        long multiplierUpE8,
        long multiplierDownE8,
        long marketTakeBoundE8,
        long triggerProtectE8,
        long liquidationFeeE8,
        BracketTable brackets,
        List<FeeTier> fees,
        int fundingIntervalHours,
        long fundingCapE8,
        long fundingFloorE8) {

    /** The delivery date of a contract that has none. */
    public static final long NEVER_MS = 4_133_404_800_000L;

    /** Open conditional orders of an account over all contracts. */
    public static final int MAX_ALGO_ORDERS = 200;

    /** Most amendments of one order. */
    public static final int MAX_AMENDMENTS = 10_000;

    /** Copies the lists and checks what arithmetic relies on. */
    public ContractRules {
        fees = List.copyOf(fees);
        if (fees.isEmpty()) {
            throw new IllegalArgumentException("fees of " + spec.symbol() + " are missing, give tier 0 at least");
        }
        if (fundingIntervalHours < 1 || fundingIntervalHours > 8 || 8 % fundingIntervalHours != 0) {
            throw new IllegalArgumentException(
                    "fundingIntervalHours=" + fundingIntervalHours + " of " + spec.symbol() + " is not 1, 2, 4 or 8");
        }
        if (priceStepTicks < 1) {
            throw new IllegalArgumentException("priceStepTicks=" + priceStepTicks + " of " + spec.symbol()
                    + " is below 1, one tick is the finest");
        }
        if (minPriceTicks < 0 || (maxPriceTicks != 0 && maxPriceTicks < minPriceTicks)) {
            throw new IllegalArgumentException("price filter " + minPriceTicks + " to " + maxPriceTicks + " of "
                    + spec.symbol() + " holds nothing");
        }
    }

    /**
     * Returns the rules of a made-up contract: like the venue's for a contract of that name and price.
     *
     * @param spec of the contract.
     */
    public static ContractRules of(SymbolSpec spec) {
        return ContractDefaults.rules(spec);
    }

    /**
     * Returns the fees of a tier; the last one's for higher tiers.
     *
     * @param tier 0 or more.
     */
    public FeeTier fee(int tier) {
        return fees.get(Math.min(tier, fees.size() - 1));
    }

    /** Says whether orders are taken. */
    public boolean isTrading() {
        return status == ContractStatus.TRADING;
    }

    /** Returns the rules with another status. */
    public ContractRules withStatus(ContractStatus newStatus) {
        return new Copy(this).status(newStatus).build();
    }

    /** Returns the rules with an end of the contract, epoch milliseconds. */
    public ContractRules withDeliveryDateMs(long timeMs) {
        return new Copy(this).deliveryDateMs(timeMs).build();
    }

    /** Returns the rules with other brackets. */
    public ContractRules withBrackets(BracketTable newBrackets) {
        return new Copy(this).brackets(newBrackets).build();
    }

    /** Returns a copy to change. */
    public Copy copy() {
        return new Copy(this);
    }

    /** A copy of some rules, of which single ones can be changed. */
    public static final class Copy {
        private SymbolSpec spec;
        private ContractStatus status;
        private final long onboardDateMs;
        private long deliveryDateMs;
        private long minPriceTicks;
        private long maxPriceTicks;
        private long priceStepTicks;
        private QtyFilter limitQty;
        private QtyFilter marketQty;
        private int maxOrders;
        private long minNotionalE8;
        private long multiplierUpE8;
        private long multiplierDownE8;
        private long marketTakeBoundE8;
        private long triggerProtectE8;
        private long liquidationFeeE8;
        private BracketTable brackets;
        private List<FeeTier> fees;
        private int fundingIntervalHours;
        private long fundingCapE8;
        private long fundingFloorE8;

        private Copy(ContractRules rules) {
            spec = rules.spec;
            status = rules.status;
            onboardDateMs = rules.onboardDateMs;
            deliveryDateMs = rules.deliveryDateMs;
            minPriceTicks = rules.minPriceTicks;
            maxPriceTicks = rules.maxPriceTicks;
            priceStepTicks = rules.priceStepTicks;
            limitQty = rules.limitQty;
            marketQty = rules.marketQty;
            maxOrders = rules.maxOrders;
            minNotionalE8 = rules.minNotionalE8;
            multiplierUpE8 = rules.multiplierUpE8;
            multiplierDownE8 = rules.multiplierDownE8;
            marketTakeBoundE8 = rules.marketTakeBoundE8;
            triggerProtectE8 = rules.triggerProtectE8;
            liquidationFeeE8 = rules.liquidationFeeE8;
            brackets = rules.brackets;
            fees = rules.fees;
            fundingIntervalHours = rules.fundingIntervalHours;
            fundingCapE8 = rules.fundingCapE8;
            fundingFloorE8 = rules.fundingFloorE8;
        }

        /** Sets grid and names. */
        public Copy spec(SymbolSpec value) {
            spec = value;
            return this;
        }

        /** Sets whether it trades. */
        public Copy status(ContractStatus value) {
            status = value;
            return this;
        }

        /** Sets when it ends, epoch milliseconds. */
        public Copy deliveryDateMs(long value) {
            deliveryDateMs = value;
            return this;
        }

        /** Sets PRICE_FILTER in ticks. */
        public Copy priceTicks(long min, long max) {
            minPriceTicks = min;
            maxPriceTicks = max;
            return this;
        }

        /** Sets of how many ticks prices are multiples, at least 1. */
        public Copy priceStepTicks(long value) {
            priceStepTicks = value;
            return this;
        }

        /** Sets LOT_SIZE. */
        public Copy limitQty(QtyFilter value) {
            limitQty = value;
            return this;
        }

        /** Sets MARKET_LOT_SIZE. */
        public Copy marketQty(QtyFilter value) {
            marketQty = value;
            return this;
        }

        /** Sets MAX_NUM_ORDERS. */
        public Copy maxOrders(int value) {
            maxOrders = value;
            return this;
        }

        /** Sets MIN_NOTIONAL in 1e-8 of the quote asset. */
        public Copy minNotionalE8(long value) {
            minNotionalE8 = value;
            return this;
        }

        /** Sets PERCENT_PRICE, at 1e-8. */
        public Copy multipliersE8(long up, long down) {
            multiplierUpE8 = up;
            multiplierDownE8 = down;
            return this;
        }

        /** Sets how far from the mark price a market order may trade, at 1e-8. */
        public Copy marketTakeBoundE8(long value) {
            marketTakeBoundE8 = value;
            return this;
        }

        /** Sets how far apart mark and last price may be for a protected trigger, at 1e-8. */
        public Copy triggerProtectE8(long value) {
            triggerProtectE8 = value;
            return this;
        }

        /** Sets the fee of a liquidation, at 1e-8. */
        public Copy liquidationFeeE8(long value) {
            liquidationFeeE8 = value;
            return this;
        }

        /** Sets the brackets. */
        public Copy brackets(BracketTable value) {
            brackets = value;
            return this;
        }

        /** Sets the fees of the tiers. */
        public Copy fees(List<FeeTier> value) {
            fees = value;
            return this;
        }

        /** Sets the interval in hours and the highest and lowest rate at 1e-8 of funding. */
        public Copy funding(int intervalHours, long capE8, long floorE8) {
            fundingIntervalHours = intervalHours;
            fundingCapE8 = capE8;
            fundingFloorE8 = floorE8;
            return this;
        }

        /** Returns the changed rules. */
        public ContractRules build() {
            return new ContractRules(
                    spec,
                    status,
                    onboardDateMs,
                    deliveryDateMs,
                    minPriceTicks,
                    maxPriceTicks,
                    priceStepTicks,
                    limitQty,
                    marketQty,
                    maxOrders,
                    minNotionalE8,
                    multiplierUpE8,
                    multiplierDownE8,
                    marketTakeBoundE8,
                    triggerProtectE8,
                    liquidationFeeE8,
                    brackets,
                    fees,
                    fundingIntervalHours,
                    fundingCapE8,
                    fundingFloorE8);
        }
    }
}
