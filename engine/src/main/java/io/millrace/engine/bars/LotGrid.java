package io.millrace.engine.bars;

import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The grid of an instrument as bars need it: ticks to prices at 1e-8, lots and ticks x lots to volumes.
 *
 * @param tickE8 the tick at 1e-8, 0 if it is finer than that.
 * @param lotMantissa of the lot.
 * @param lotExponent of the lot.
 * @param turnoverMantissa of a tick times a lot.
 * @param turnoverExponent of a tick times a lot.
 */
record LotGrid(long tickE8, long lotMantissa, int lotExponent, long turnoverMantissa, int turnoverExponent) {
    private static final int E8_SCALE = 8;

    static LotGrid of(InstrumentSpec spec) {
        Grid tick = spec.tick();
        Grid lot = spec.lot();
        BigDecimal tickE8 = tick.step().movePointRight(E8_SCALE);
        return new LotGrid(
                tickE8.setScale(0, RoundingMode.DOWN).longValueExact(),
                lot.mantissa(),
                lot.exponent(),
                Math.multiplyExact(tick.mantissa(), lot.mantissa()),
                tick.exponent() + lot.exponent());
    }

    /** Returns what prices are mostly multiples of, above 0. */
    long priceUnitE8() {
        return Math.max(1, tickE8);
    }

    /** Returns a number of lots in base units. */
    double volume(long lots) {
        return Decimals.toDouble(lots * lotMantissa, lotExponent);
    }

    /** Returns a number of ticks x lots in quote units. */
    double turnover(long ticksTimesLots) {
        return Decimals.toDouble(ticksTimesLots * turnoverMantissa, turnoverExponent);
    }
}
