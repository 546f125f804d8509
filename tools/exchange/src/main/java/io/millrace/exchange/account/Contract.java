package io.millrace.exchange.account;

import io.millrace.codecs.value.Grid;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.MarginBracket;
import java.math.RoundingMode;

/**
 * A contract as money sees it: conversions of ticks and lots, and margin by its brackets. One object for the life of the venue;
 * its rules can be exchanged.
 *
 * <p><b>Thread:</b> confined to the venue's thread. <b>Units:</b> money, prices and rates at 1e-8.
 */
public final class Contract {
    private static final int FINEST_TICK_EXPONENT = -Money.DECIMALS;

    private final int symbol;
    private ContractRules rules;
    private long tickE8;

    Contract(int symbol, ContractRules rules) {
        this.symbol = symbol;
        rules(rules);
    }

    /** Returns the index of the symbol. */
    public int symbol() {
        return symbol;
    }

    /** Returns the rules in force. */
    public ContractRules rules() {
        return rules;
    }

    /** Puts other rules in force. */
    void rules(ContractRules newRules) {
        Grid tick = newRules.spec().tick();
        if (tick.exponent() < FINEST_TICK_EXPONENT) {
            throw new IllegalArgumentException(newRules.spec().symbol() + " cannot be traded: its tick "
                    + tick.step().toPlainString() + " is finer than 0.00000001, the grain of prices");
        }
        rules = newRules;
        tickE8 = Math.multiplyExact(tick.mantissa(), Money.powerOfTen(tick.exponent() + Money.DECIMALS));
    }

    /** Returns the name of the symbol. */
    public String name() {
        return rules.spec().symbol();
    }

    /**
     * Returns the margin that a position must keep, rounded half even.
     *
     * @param notional its value without sign.
     */
    public long maintenanceMargin(long notional) {
        MarginBracket bracket = rules.brackets().of(notional);
        return Money.share(notional, bracket.maintenanceRateE8(), RoundingMode.HALF_EVEN) - bracket.cumE8();
    }

    /**
     * Returns a price.
     *
     * @param ticks the price in ticks.
     */
    public long priceE8(long ticks) {
        return Math.multiplyExact(ticks, tickE8);
    }

    /**
     * Returns a price in ticks.
     *
     * @param priceE8 any price above 0.
     * @param rounding to the grid.
     */
    public long ticks(long priceE8, RoundingMode rounding) {
        return Money.mulDiv(priceE8, 1, tickE8, rounding);
    }

    /**
     * Returns the value of a quantity at a price of the grid; exact wherever tick x lot is a multiple of 1e-8, else rounded
     * half even.
     *
     * @param priceTicks price in ticks.
     * @param qtyLots quantity, with any sign, which the result has.
     */
    public long notional(long priceTicks, long qtyLots) {
        return value(priceE8(priceTicks), qtyLots);
    }

    /**
     * Returns the value of a quantity at any price, rounded half even.
     *
     * @param priceE8 price.
     * @param qtyLots quantity, with any sign, which the result has.
     */
    public long value(long priceE8, long qtyLots) {
        Grid lot = rules.spec().lot();
        long units = Math.multiplyExact(qtyLots, lot.mantissa());
        return lot.exponent() >= 0
                ? Math.multiplyExact(priceE8, Math.multiplyExact(units, Money.powerOfTen(lot.exponent())))
                : Money.mulDiv(priceE8, units, Money.powerOfTen(-lot.exponent()), RoundingMode.HALF_EVEN);
    }

    /**
     * Returns the price at which a quantity has a value, rounded half even.
     *
     * @param value with the sign of the quantity, or 0.
     * @param qtyLots quantity, not 0.
     * @return the price, 0 or more.
     */
    public long averagePriceE8(long value, long qtyLots) {
        return averagePriceE8(value, qtyLots, RoundingMode.HALF_EVEN);
    }

    long averagePriceE8(long value, long qtyLots, RoundingMode rounding) {
        Grid lot = rules.spec().lot();
        long units = Math.multiplyExact(Math.abs(qtyLots), lot.mantissa());
        long signed = qtyLots < 0 ? -value : value;
        return lot.exponent() >= 0
                ? Money.mulDiv(signed, 1, Math.multiplyExact(units, Money.powerOfTen(lot.exponent())), rounding)
                : Money.mulDiv(signed, Money.powerOfTen(-lot.exponent()), units, rounding);
    }
}
