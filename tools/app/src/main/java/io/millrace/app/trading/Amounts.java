package io.millrace.app.trading;

import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Ticks, lots and amounts at 1e-8 as people write them. */
record Amounts(InstrumentTable instruments) {
    private static final int E8_DIGITS = 8;

    /** Returns an instrument; {@code what} names in the error who has it. */
    InstrumentSpec spec(int instrumentId, String what) {
        InstrumentSpec spec = instruments.byId(instrumentId);
        if (spec == null) {
            throw new IllegalStateException(
                    what + " is of instrument " + instrumentId + ", which the journal does not define");
        }
        return spec;
    }

    static BigDecimal step(Grid grid) {
        return BigDecimal.valueOf(grid.mantissa()).scaleByPowerOfTen(grid.exponent());
    }

    static String units(long units, Grid grid) {
        return BigDecimal.valueOf(units).multiply(step(grid)).toPlainString();
    }

    static String e8(long value) {
        return BigDecimal.valueOf(value, E8_DIGITS)
                .setScale(E8_DIGITS, RoundingMode.UNNECESSARY)
                .toPlainString();
    }
}
