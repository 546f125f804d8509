package io.millrace.exchange.api;

import io.millrace.codecs.value.Grid;
import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.ContractText;
import io.millrace.exchange.venue.SymbolSpec;
import java.math.BigDecimal;

/** Decimal text of requests and answers to ticks, lots and money, and back. */
final class Decimals {
    private static final int MONEY_DECIMALS = 8;
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private Decimals() {}

    /** Reads a price; null is 0. */
    static long priceTicks(String text, SymbolSpec spec) throws VenueException {
        return units(text, spec.tick(), spec.priceDecimals(), Errors.priceOverMax(), Errors.priceOffTick());
    }

    /** Reads a quantity; null is 0. */
    static long qtyLots(String text, SymbolSpec spec) throws VenueException {
        return units(text, spec.lot(), spec.qtyDecimals(), Errors.qtyOverMax(), Errors.qtyOffStep());
    }

    private static long units(String text, Grid grid, int decimals, VenueException tooLarge, VenueException offGrid)
            throws VenueException {
        if (text == null) {
            return 0;
        }
        BigDecimal value = new BigDecimal(text).stripTrailingZeros();
        if (value.scale() > decimals) {
            throw Errors.overPrecision();
        }
        BigDecimal[] parts = value.divideAndRemainder(grid.step());
        if (parts[1].signum() != 0) {
            throw offGrid;
        }
        if (parts[0].compareTo(MOST) > 0) {
            throw tooLarge;
        }
        return parts[0].longValueExact();
    }

    /** Reads money in 1e-8, excess decimals are an error. */
    static long money(String text) throws VenueException {
        BigDecimal value = new BigDecimal(text).stripTrailingZeros();
        if (value.scale() > MONEY_DECIMALS) {
            throw Errors.overPrecision();
        }
        BigDecimal unscaled = value.movePointRight(MONEY_DECIMALS);
        if (unscaled.compareTo(MOST) > 0) {
            throw Errors.balanceInsufficient();
        }
        return unscaled.longValueExact();
    }

    /** Writes a price with the contract's decimals; "0" for none. */
    static String price(long ticks, SymbolSpec spec) {
        return ContractText.price(ticks, spec);
    }

    /** Writes a quantity with the contract's decimals; "0" for none. */
    static String qty(long lots, SymbolSpec spec) {
        return ContractText.qty(lots, spec);
    }

    /** Writes money with eight decimals; "0" for none. */
    static String money(long e8) {
        return ContractText.money(e8);
    }

    /** Writes a price at 1e-8: the contract's decimals, more where there are digits; "0" for none. */
    static String exactPrice(long e8, SymbolSpec spec) {
        return ContractText.exactPrice(e8, spec);
    }

    /** Writes a number at 1e-8 with as many decimals as it needs, at least so many. */
    static String rate(long e8, int decimals) {
        return ContractText.rate(e8, decimals);
    }

    /** Writes the sum of price x quantity over an order's fills, exactly. */
    static String turnover(long ticksTimesLots, SymbolSpec spec) {
        if (ticksTimesLots == 0) {
            return "0";
        }
        BigDecimal value = spec.tick().step().multiply(spec.lot().step()).multiply(BigDecimal.valueOf(ticksTimesLots));
        return ContractText.atLeast(value, spec.priceDecimals());
    }

    /** Writes an order's average price, at most eight decimals; "0.00" with the contract's decimals before the first fill. */
    static String averagePrice(Order order, SymbolSpec spec) {
        return averagePrice(order.turnover(), order.executedLots(), spec);
    }

    /** Writes the average price of fills whose price x quantity sum up to a turnover in ticks x lots. */
    static String averagePrice(long turnover, long executedLots, SymbolSpec spec) {
        return executedLots == 0
                ? BigDecimal.ZERO.setScale(spec.priceDecimals()).toPlainString()
                : ContractText.averagePrice(turnover, executedLots, spec);
    }
}
