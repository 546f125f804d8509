package io.millrace.engine.feature.micro;

import io.millrace.engine.feature.window.TimedSums;
import io.millrace.engine.indicator.State;
import java.util.concurrent.TimeUnit;

/** The three windows that short-lived features are kept over, by index. */
public final class Horizons {
    /** One second. */
    public static final int S1 = 0;
    /** Ten seconds. */
    public static final int S10 = 1;
    /** One minute. */
    public static final int S60 = 2;
    /** Number of windows. */
    public static final int COUNT = 3;
    /** Buckets that each window is cut into. */
    public static final int BUCKETS = 20;

    private static final long[] WINDOWS_NS = {
        TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(10), TimeUnit.SECONDS.toNanos(60)
    };

    private Horizons() {}

    /** Returns the length of a window in nanoseconds. */
    public static long windowNs(int horizon) {
        return WINDOWS_NS[horizon];
    }

    static TimedSums[] sums(int channels) {
        TimedSums[] sums = new TimedSums[COUNT];
        for (int i = 0; i < COUNT; i++) {
            sums[i] = new TimedSums(WINDOWS_NS[i], BUCKETS, channels);
        }
        return sums;
    }

    static void visit(TimedSums[] sums, State state) {
        for (TimedSums sum : sums) {
            sum.visitState(state);
        }
    }

    /** Returns part / whole, 0 where the whole is nothing. */
    static double ratio(long part, long whole) {
        return whole == 0 ? 0.0 : (double) part / whole;
    }
}
