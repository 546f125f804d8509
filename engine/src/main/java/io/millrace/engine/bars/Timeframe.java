package io.millrace.engine.bars;

import io.millrace.codecs.event.Interval;

/** The lengths of bars that are kept. All begin at multiples of their length since the epoch, days at 00:00 UTC. */
public enum Timeframe {
    /** One minute. */
    M1(0, 60_000L, Interval.M1),
    /** 5 minutes. */
    M5(1, 300_000L, Interval.M5),
    /** 15 minutes. */
    M15(2, 900_000L, Interval.M15),
    /** One hour. */
    H1(3, 3_600_000L, Interval.H1),
    /** 4 hours. */
    H4(4, 14_400_000L, Interval.H4),
    /** One day. */
    D1(5, 86_400_000L, Interval.D1);

    /** Number of timeframes. */
    public static final int COUNT = 6;

    private static final Timeframe[] ALL = values();
    private static final long NS_PER_MS = 1_000_000L;

    private final int index;
    private final long lengthMs;
    private final Interval interval;

    Timeframe(int index, long lengthMs, Interval interval) {
        this.index = index;
        this.lengthMs = lengthMs;
        this.interval = interval;
    }

    /**
     * Returns a timeframe by its place.
     *
     * @param index 0 for the shortest, below {@link #COUNT}.
     */
    public static Timeframe at(int index) {
        return ALL[index];
    }

    /** Returns the timeframe of an interval, null if bars of it are not kept. */
    public static Timeframe of(Interval interval) {
        for (Timeframe timeframe : ALL) {
            if (timeframe.interval == interval) {
                return timeframe;
            }
        }
        return null;
    }

    /** Returns the place, 0 for the shortest. */
    public int index() {
        return index;
    }

    /** Returns the length in milliseconds. */
    public long lengthMs() {
        return lengthMs;
    }

    /** Returns the length in nanoseconds. */
    public long lengthNs() {
        return lengthMs * NS_PER_MS;
    }

    /** Returns the interval of messages. */
    public Interval interval() {
        return interval;
    }

    /** Returns when the bar begins that holds a moment; both in epoch milliseconds. */
    public long openMs(long timeMs) {
        return timeMs - Math.floorMod(timeMs, lengthMs);
    }

    /** Returns the next longer timeframe, null for the longest. */
    public Timeframe longer() {
        return index + 1 < COUNT ? ALL[index + 1] : null;
    }

    /** Returns the next shorter timeframe, null for the shortest. */
    public Timeframe shorter() {
        return index > 0 ? ALL[index - 1] : null;
    }
}
