package io.millrace.exchange.klines;

import java.nio.file.Path;
import java.util.List;

/**
 * Which bars are played, and what is made up around them.
 *
 * @param files of bars, {@code SYMBOL.csv} or {@code SYMBOL.csv.gz}, all with bars of the same length.
 * @param seed of what is made up.
 * @param startBar how many bars of the first file's time are past when the market begins; clients can ask for them.
 * @param stepsPerBar most trades of a bar, 4 to 3,600.
 * @param spreadBps distance between best bid and ask in 1/100 of a percent of the price, 0 to 1,000, at least a tick.
 * @param levels levels of a side, 1 to 100.
 * @param levelQuote mean quantity of a level in the quote asset, at least 1; single ones hold half to one and a half of it.
 * @param speed times as fast as the bars were traded, above 0.
 */
public record KlineSettings(
        List<Path> files,
        long seed,
        int startBar,
        int stepsPerBar,
        double spreadBps,
        int levels,
        long levelQuote,
        double speed) {

    private static final int LEAST_STEPS = 4;
    private static final int MOST_STEPS = 3600;
    private static final double MOST_BPS = 1000;
    private static final int MOST_LEVELS = 100;

    /** Checks the ranges. */
    public KlineSettings {
        files = List.copyOf(files);
        require(!files.isEmpty(), "files", files, "empty, name at least one");
        require(startBar >= 0, "startBar", startBar, "below 0");
        require(
                stepsPerBar >= LEAST_STEPS && stepsPerBar <= MOST_STEPS,
                "stepsPerBar",
                stepsPerBar,
                "outside " + LEAST_STEPS + " to " + MOST_STEPS);
        require(spreadBps >= 0 && spreadBps <= MOST_BPS, "spreadBps", spreadBps, "outside 0 to " + MOST_BPS);
        require(levels >= 1 && levels <= MOST_LEVELS, "levels", levels, "outside 1 to " + MOST_LEVELS);
        require(levelQuote >= 1, "levelQuote", levelQuote, "below 1");
        require(speed > 0 && !Double.isInfinite(speed), "speed", speed, "not a number above 0");
    }

    private static void require(boolean isValid, String name, Object value, String what) {
        if (!isValid) {
            throw new IllegalArgumentException("klines " + name + "=" + value + " is " + what);
        }
    }

    /**
     * Returns bars with 60 trades each, a spread of 1/100 of a percent, 20 levels of about 5,000 of the quote asset, from the
     * first bar on at the speed they were traded.
     *
     * @param files of bars.
     * @param seed of what is made up.
     */
    public static KlineSettings of(List<Path> files, long seed) {
        return new KlineSettings(files, seed, 0, 60, 1, 20, 5000, 1);
    }

    /** Returns the settings with another number of bars that are past at the beginning. */
    public KlineSettings withStartBar(int value) {
        return new KlineSettings(files, seed, value, stepsPerBar, spreadBps, levels, levelQuote, speed);
    }

    /** Returns the settings with another number of trades in a bar. */
    public KlineSettings withStepsPerBar(int value) {
        return new KlineSettings(files, seed, startBar, value, spreadBps, levels, levelQuote, speed);
    }

    /** Returns the settings with other books: spread, levels of a side, mean quantity of a level in the quote asset. */
    public KlineSettings withBook(double newSpreadBps, int newLevels, long newLevelQuote) {
        return new KlineSettings(files, seed, startBar, stepsPerBar, newSpreadBps, newLevels, newLevelQuote, speed);
    }

    /** Returns the settings with another speed. */
    public KlineSettings withSpeed(double value) {
        return new KlineSettings(files, seed, startBar, stepsPerBar, spreadBps, levels, levelQuote, value);
    }
}
