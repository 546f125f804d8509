package io.millrace.exchange.userdata;

import io.millrace.exchange.venue.SymbolSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * Prints numbers as the venue does in private events: prices and quantities with the contract's decimals, amounts with
 * eight, and any zero as {@code 0}.
 */
final class VenueNumbers {
    private static final int E8_DECIMALS = 8;
    private static final int AVERAGE_DECIMALS = 5;
    private static final String ZERO = "0";

    private final List<SymbolSpec> symbols;

    VenueNumbers(List<SymbolSpec> symbols) {
        this.symbols = symbols;
    }

    String symbol(int symbol) {
        return symbols.get(symbol).symbol();
    }

    String price(int symbol, long ticks) {
        SymbolSpec spec = symbols.get(symbol);
        return ticks == 0
                ? ZERO
                : spec.tick().toDecimal(ticks).setScale(spec.priceDecimals()).toPlainString();
    }

    String qty(int symbol, long lots) {
        return lots == 0 ? ZERO : qtyOrZeros(symbol, lots);
    }

    String qtyOrZeros(int symbol, long lots) {
        SymbolSpec spec = symbols.get(symbol);
        return spec.lot().toDecimal(lots).setScale(spec.qtyDecimals()).toPlainString();
    }

    /** An average price of fills: as many decimals as a price if that is exact, up to five more if not, rounded. */
    String average(int symbol, long turnover, long lots) {
        return lots == 0 ? ZERO : averageOrZeros(symbol, turnover, lots);
    }

    String averageOrZeros(int symbol, long turnover, long lots) {
        SymbolSpec spec = symbols.get(symbol);
        if (lots == 0) {
            return BigDecimal.ZERO.setScale(AVERAGE_DECIMALS).toPlainString();
        }
        BigDecimal exactSum = spec.tick().step().multiply(BigDecimal.valueOf(turnover));
        BigDecimal average = exactSum.divide(
                BigDecimal.valueOf(lots), spec.priceDecimals() + AVERAGE_DECIMALS, RoundingMode.HALF_UP);
        return atLeast(average, spec.priceDecimals());
    }

    /** A price in 1e-8: at least the contract's decimals, more where there are digits. */
    String exactPrice(int symbol, long price) {
        return price == 0
                ? ZERO
                : atLeast(
                        BigDecimal.valueOf(price, E8_DECIMALS),
                        symbols.get(symbol).priceDecimals());
    }

    String amount(long amount) {
        return amount == 0 ? ZERO : BigDecimal.valueOf(amount, E8_DECIMALS).toPlainString();
    }

    /** A rate in tenths of a percent, as percent. */
    static String rate(int tenths) {
        return BigDecimal.valueOf(tenths, 1).toPlainString();
    }

    private static String atLeast(BigDecimal value, int decimals) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < decimals ? stripped.setScale(decimals).toPlainString() : stripped.toPlainString();
    }
}
