package io.millrace.engine.strategy.probe;

import java.util.concurrent.TimeUnit;

/**
 * Settings of the probe. Outputs depend on all of them.
 *
 * @param everyTickers it answers each so many-th ticker of an instrument with an entry, 0 for none; default 0.
 * @param notionalE8 of an entry, at 1e-8 of the quote asset, above 0; default 50.
 * @param offsetTicks distance of a buy's price above the bid and of a sell's below the ask, -10,000 to 10,000; negative is
 *     behind the touch; default 0.
 * @param stopBps distance of the stop from the entry's price in 1/100 %, 1 to 5,000; default 100.
 * @param exitNs time from an entry's last fill until the position is left, and until an entry that does not fill is cancelled;
 *     default 10 s.
 * @param maxOpen entries that are resting, or whose position is not left yet, over all instruments, 1 to 1,024; default 4.
 */
public record ProbeSettings(int everyTickers, long notionalE8, int offsetTicks, int stopBps, long exitNs, int maxOpen) {

    /** Checks the ranges. */
    public ProbeSettings {
        require("everyTickers", everyTickers, 0, Integer.MAX_VALUE);
        require("notionalE8", notionalE8, 1, Long.MAX_VALUE / 4);
        require("offsetTicks", offsetTicks, -10_000, 10_000);
        require("stopBps", stopBps, 1, 5_000);
        require("exitNs", exitNs, 1_000_000, TimeUnit.DAYS.toNanos(1));
        require("maxOpen", maxOpen, 1, 1_024);
    }

    /** Returns the defaults: the probe is off. */
    public static ProbeSettings off() {
        return new ProbeSettings(0, 50_00000000L, 0, 100, TimeUnit.SECONDS.toNanos(10), 4);
    }

    /** Returns whether it does anything. */
    public boolean isOn() {
        return everyTickers > 0;
    }

    private static void require(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + "=" + value + " is outside " + min + " to " + max + ", choose a value within");
        }
    }
}
