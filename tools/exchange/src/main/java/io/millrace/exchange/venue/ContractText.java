package io.millrace.exchange.venue;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Prints numbers of a contract as the venue does in answers and private events: prices and quantities with the contract's
 * decimals, money with eight, and none as {@code 0}.
 *
 * <p><b>Thread:</b> any.
 */
public final class ContractText {
    private static final int E8_DECIMALS = 8;
    private static final String NONE = "0";

    private ContractText() {}

    /**
     * Prints a price with the contract's decimals.
     *
     * @param ticks price in ticks, 0 for none.
     * @param spec of the contract.
     */
    public static String price(long ticks, SymbolSpec spec) {
        return ticks == 0 ? NONE : exact(spec.tick().toDecimal(ticks), spec.priceDecimals());
    }

    /**
     * Prints a quantity with the contract's decimals.
     *
     * @param lots quantity in lots, 0 for none.
     * @param spec of the contract.
     */
    public static String qty(long lots, SymbolSpec spec) {
        return lots == 0 ? NONE : exact(spec.lot().toDecimal(lots), spec.qtyDecimals());
    }

    /**
     * Prints money with eight decimals.
     *
     * @param e8 amount in 1e-8, 0 for none.
     */
    public static String money(long e8) {
        return e8 == 0 ? NONE : BigDecimal.valueOf(e8, E8_DECIMALS).toPlainString();
    }

    /**
     * Prints a price that need not be on the grid: the contract's decimals, more where there are digits.
     *
     * @param e8 price in 1e-8, 0 for none.
     * @param spec of the contract.
     */
    public static String exactPrice(long e8, SymbolSpec spec) {
        return e8 == 0 ? NONE : rate(e8, spec.priceDecimals());
    }

    /**
     * Prints a number with as many decimals as it needs.
     *
     * @param e8 number in 1e-8.
     * @param decimals least number of decimals, 0 to 8.
     */
    public static String rate(long e8, int decimals) {
        return atLeast(BigDecimal.valueOf(e8, E8_DECIMALS), decimals);
    }

    /**
     * Prints the average price of fills: the contract's decimals if that is exact, otherwise up to eight, rounded half up.
     *
     * @param turnover sum of price x quantity of the fills, in ticks x lots.
     * @param lots sum of the quantities, 0 for no fills.
     * @param spec of the contract.
     */
    public static String averagePrice(long turnover, long lots, SymbolSpec spec) {
        if (lots == 0) {
            return NONE;
        }
        BigDecimal sum = spec.tick().step().multiply(BigDecimal.valueOf(turnover));
        return atLeast(sum.divide(BigDecimal.valueOf(lots), E8_DECIMALS, RoundingMode.HALF_UP), spec.priceDecimals());
    }

    /**
     * Prints a trailing stop's rate as percent with one decimal.
     *
     * @param tenths rate in tenths of a percent.
     */
    public static String callbackRate(int tenths) {
        return BigDecimal.valueOf(tenths, 1).toPlainString();
    }

    /**
     * Prints a number with as many decimals as it needs.
     *
     * @param value exact.
     * @param decimals least number of decimals.
     */
    public static String atLeast(BigDecimal value, int decimals) {
        BigDecimal stripped = value.stripTrailingZeros();
        return exact(stripped, Math.max(decimals, stripped.scale()));
    }

    private static String exact(BigDecimal value, int decimals) {
        return value.setScale(decimals, RoundingMode.UNNECESSARY).toPlainString();
    }
}
