package io.millrace.exchange.conditional;

import io.millrace.exchange.venue.SymbolSpec;

/** Brings prices in ticks to the unit of mark prices, so that both can be compared exactly. */
final class AlgoPrices {
    private static final int E8_EXPONENT = 8;

    private AlgoPrices() {}

    /**
     * Returns one tick in 1e-8 of the quote asset.
     *
     * @throws IllegalArgumentException if the tick is finer than that.
     */
    static long tick(SymbolSpec spec) {
        int zeros = spec.tick().exponent() + E8_EXPONENT;
        if (zeros < 0) {
            throw new IllegalArgumentException("the tick " + spec.tick().step().toPlainString() + " of " + spec.symbol()
                    + " is finer than 1e-8, which mark prices do not resolve");
        }
        long tick = spec.tick().mantissa();
        for (int i = 0; i < zeros; i++) {
            tick = Math.multiplyExact(tick, 10L);
        }
        return tick;
    }
}
