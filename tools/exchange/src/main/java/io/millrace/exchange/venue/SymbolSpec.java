package io.millrace.exchange.venue;

import io.millrace.codecs.value.Grid;
import java.util.Locale;

/**
 * A contract as the venue lists it.
 *
 * @param symbol upper case, possibly not ASCII.
 * @param baseAsset what one contract is of.
 * @param tick step of prices.
 * @param lot step of quantities.
 * @param priceDecimals decimals that the venue prints prices with, at least what the tick needs.
 * @param qtyDecimals decimals that the venue prints quantities with, at least what the lot needs.
 * @param startPriceTicks price at which a synthetic market opens; 0 where the source brings its own prices.
 */
public record SymbolSpec(
        String symbol,
        String baseAsset,
        Grid tick,
        Grid lot,
        int priceDecimals,
        int qtyDecimals,
        long startPriceTicks) {

    /** Most decimals of a printed price or quantity. */
    public static final int MAX_DECIMALS = 12;

    /** Checks that the printed decimals can hold the grid. */
    public SymbolSpec {
        checkDecimals(symbol, "priceDecimals", priceDecimals, tick);
        checkDecimals(symbol, "qtyDecimals", qtyDecimals, lot);
    }

    /**
     * Makes a listing that prints what its grid needs and no more.
     *
     * @param symbol upper case.
     * @param baseAsset what one contract is of.
     * @param tick step of prices.
     * @param lot step of quantities.
     */
    public static SymbolSpec of(String symbol, String baseAsset, Grid tick, Grid lot) {
        return new SymbolSpec(symbol, baseAsset, tick, lot, decimals(tick), decimals(lot), 0);
    }

    /** Returns the symbol as stream names write it. */
    public String lowerCase() {
        return symbol.toLowerCase(Locale.ROOT);
    }

    /** Returns what a count of ticks is multiplied by to be printed with {@link #priceDecimals()}. */
    public long priceFactor() {
        return factor(tick, priceDecimals);
    }

    /** Returns what a count of lots is multiplied by to be printed with {@link #qtyDecimals()}. */
    public long qtyFactor() {
        return factor(lot, qtyDecimals);
    }

    private static int decimals(Grid grid) {
        return Math.max(0, -grid.exponent());
    }

    private static long factor(Grid grid, int decimals) {
        long factor = grid.mantissa();
        for (int i = -grid.exponent(); i < decimals; i++) {
            factor = Math.multiplyExact(factor, 10L);
        }
        return factor;
    }

    private static void checkDecimals(String symbol, String name, int decimals, Grid grid) {
        if (decimals < decimals(grid) || decimals > MAX_DECIMALS) {
            throw new IllegalArgumentException(name + "=" + decimals + " of " + symbol + " is outside " + decimals(grid)
                    + " (what its step " + grid.step().toPlainString() + " needs) to " + MAX_DECIMALS);
        }
    }
}
