package io.millrace.exchange.matching;

import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.SymbolSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Exact comparisons between ticks, lots and prices at 1e-8, for the rules of one contract. */
final class ContractMath {
    private static final int E8 = 8;

    private ContractMath() {}

    /**
     * Returns a price times a factor in ticks.
     *
     * @param priceE8 price at 1e-8.
     * @param factorE8 factor at 1e-8.
     * @param isUp whether to round up, otherwise down.
     */
    static long ticks(SymbolSpec spec, long priceE8, long factorE8, boolean isUp) {
        BigDecimal price = BigDecimal.valueOf(priceE8, E8).multiply(BigDecimal.valueOf(factorE8, E8));
        return price.divide(spec.tick().step(), 0, isUp ? RoundingMode.CEILING : RoundingMode.FLOOR)
                .longValueExact();
    }

    /** Says whether so many lots at a price in ticks are worth less than the contract's MIN_NOTIONAL. */
    static boolean isUnderNotional(ContractRules rules, long priceTicks, long qtyLots) {
        return isUnder(rules, rules.spec().tick().toDecimal(priceTicks), qtyLots);
    }

    /** Says whether so many lots at a price at 1e-8 are worth less than the contract's MIN_NOTIONAL. */
    static boolean isUnderNotionalE8(ContractRules rules, long priceE8, long qtyLots) {
        return isUnder(rules, BigDecimal.valueOf(priceE8, E8), qtyLots);
    }

    private static boolean isUnder(ContractRules rules, BigDecimal price, long qtyLots) {
        BigDecimal notional = price.multiply(rules.spec().lot().toDecimal(qtyLots));
        return notional.compareTo(BigDecimal.valueOf(rules.minNotionalE8(), E8)) < 0;
    }

    /** Returns the contract's MIN_NOTIONAL as the venue prints it. */
    static String minNotional(ContractRules rules) {
        return BigDecimal.valueOf(rules.minNotionalE8(), E8)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** Returns a price as the venue prints it. */
    static String price(SymbolSpec spec, long priceTicks) {
        return spec.tick()
                .toDecimal(priceTicks)
                .setScale(spec.priceDecimals(), RoundingMode.UNNECESSARY)
                .toPlainString();
    }
}
