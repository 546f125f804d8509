package io.millrace.exchange.marketdata;

import io.millrace.exchange.venue.SymbolSpec;

/**
 * Open interest and the shares of longs and shorts, which nobody in the market decides: made up for every five minutes from the
 * symbol alone, in a straight line between, so that all answers about a moment agree whenever they are given.
 */
final class Statistics {
    /** What the shares are of. */
    enum Share {
        /** All accounts. */
        ACCOUNTS,
        /** The accounts with the largest positions. */
        TOP_ACCOUNTS,
        /** The positions of those. */
        TOP_POSITIONS
    }

    static final long STEP_MS = 300_000;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final long MIX = 0xBF58476D1CE4E5B9L;
    private static final int PARTS = 1_000_000;
    private static final long INTEREST_QUOTE = 50_000_000;
    private static final int LEAST_SHARE_E4 = 4_000;
    private static final int SHARE_RANGE_E4 = 3_000;

    private Statistics() {}

    /** Returns the open interest in lots: about 50,000,000 of the quote asset, up to a tenth more or less. */
    static long interestLots(SymbolSpec spec, long startPriceTicks, long timeMs) {
        double value = startPriceTicks
                * spec.tick().step().doubleValue()
                * spec.lot().step().doubleValue();
        double base = INTEREST_QUOTE / value;
        return Math.max(1, (long) (base * (0.9 + 0.2 * wave(spec, "interest", timeMs) / PARTS)));
    }

    /** Returns the share of longs at 1e-4, between 0.4 and 0.7. */
    static int longShareE4(SymbolSpec spec, Share share, long timeMs) {
        return LEAST_SHARE_E4 + (int) (wave(spec, share.name(), timeMs) * SHARE_RANGE_E4 / PARTS);
    }

    private static long wave(SymbolSpec spec, String what, long timeMs) {
        long step = timeMs / STEP_MS;
        long into = timeMs % STEP_MS;
        long from = hash(spec, what, step);
        long to = hash(spec, what, step + 1);
        return from + (to - from) * into / STEP_MS;
    }

    private static long hash(SymbolSpec spec, String what, long step) {
        long hash = (spec.symbol().hashCode() * 31L + what.hashCode()) * GOLDEN + step;
        hash = (hash ^ hash >>> 30) * MIX;
        hash = (hash ^ hash >>> 27) * GOLDEN;
        return (hash >>> 1) % PARTS;
    }
}
