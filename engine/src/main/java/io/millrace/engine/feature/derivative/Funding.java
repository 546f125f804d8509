package io.millrace.engine.feature.derivative;

import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Funding of one contract. A rate is judged by its own interval, which is read off two funding times in a row or told by the
 * venue, and can change: excess = rate - 1 bp · h / 8, where h is the interval in hours and 1 bp per 8 h the interest that is part of every rate; annualised =
 * rate · 8,760 / h; the percentile is the mid-rank of rate / h among the last {@value #RANKED} settled ones; the cumulative rate of three
 * days, annualised, is the sum of what was settled within 72 h times 365 / 3.
 *
 * <p><b>Source:</b> the venue's funding formula F = (premium + clamp(interest - premium, ±0.05 %)) / (8 / h), interest 0.01 % per 8 h. Before a rate is settled
 * the stream shows what it would be now; the last one seen before its time stands for the settled one until history tells it.
 * <b>Ready:</b> the rate with the first one; three days when what is known reaches back 64 h; the percentile with {@value #LEAST_RANKED} settled rates.
 * <b>Cost:</b> O(log n) per mark price, O(n) per settlement.
 */
public final class Funding implements Stateful {
    /** Settled rates that are kept. */
    public static final int KEPT = 128;
    /** Settled rates that the percentile is taken of. */
    public static final int RANKED = 90;
    /** Settled rates that the percentile asks for. */
    public static final int LEAST_RANKED = 9;

    /** 1 bp, 1e-8. */
    private static final long BASELINE_E8 = 10_000;

    private static final double E8_PER_BPS = 10_000;
    private static final int BASELINE_HOURS = 8;
    private static final double HOURS_PER_YEAR = 8_760;
    private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);
    private static final long THREE_DAYS_MS = TimeUnit.DAYS.toMillis(3);
    /** Of the venue's settlement times that are off by some milliseconds. */
    private static final long SLACK_MS = TimeUnit.MINUTES.toMillis(1);
    /** Largest rate of one settlement that is taken, 1e-8: 100 %. */
    private static final long MAX_RATE_E8 = 100_000_000;

    private final long[] timesMs = new long[KEPT];
    private final long[] ratesE8 = new long[KEPT];
    private final double[] sorted = new double[RANKED];
    private int count;
    private int sortedCount;
    private int firstInWindow;
    private long windowE8;
    private long nowMs;
    private long rateE8;
    private long nextMs;
    private int hours;
    private boolean hasRate;

    /** Makes one that has seen nothing. */
    public Funding() {}

    /**
     * Takes a mark price's funding.
     *
     * @param timeMs when the venue sent it.
     * @param newRateE8 the rate as it would be settled now, 1e-8.
     * @param newNextMs when it is settled; 0 for a contract without funding.
     */
    public void onRate(long timeMs, long newRateE8, long newNextMs) {
        if (newNextMs <= 0 || Math.abs(newRateE8) > MAX_RATE_E8) {
            return;
        }
        nowMs = Math.max(nowMs, timeMs);
        if (nextMs > 0 && newNextMs > nextMs) {
            long passed = newNextMs - nextMs;
            if (passed % HOUR_MS == 0 && isInterval((int) Math.min(24, passed / HOUR_MS))) {
                hours = (int) (passed / HOUR_MS);
            }
            if (count == 0 || timesMs[count - 1] + SLACK_MS < nextMs) {
                insert(nextMs, rateE8);
            }
        }
        nextMs = newNextMs;
        rateE8 = newRateE8;
        hasRate = true;
        expire();
    }

    /**
     * Takes a settled rate of the venue's history; one that is known already is replaced.
     *
     * @param timeMs when it was settled.
     * @param settledE8 the rate, 1e-8.
     */
    public void onSettled(long timeMs, long settledE8) {
        if (timeMs > 0 && Math.abs(settledE8) <= MAX_RATE_E8) {
            insert(timeMs, settledE8);
        }
    }

    /**
     * Takes the interval that the venue states.
     *
     * @param intervalHours 8, 4, 2 or 1; others are not taken.
     */
    public void onInterval(int intervalHours) {
        if (isInterval(intervalHours)) {
            hours = intervalHours;
            sort();
        }
    }

    private static boolean isInterval(int value) {
        return value == 1 || value == 2 || value == 4 || value == 8;
    }

    private void insert(long timeMs, long settledE8) {
        int at = count;
        while (at > 0 && timesMs[at - 1] > timeMs + SLACK_MS) {
            at--;
        }
        if (at > 0 && Math.abs(timesMs[at - 1] - timeMs) <= SLACK_MS) {
            ratesE8[at - 1] = settledE8;
        } else if (count < KEPT) {
            System.arraycopy(timesMs, at, timesMs, at + 1, count - at);
            System.arraycopy(ratesE8, at, ratesE8, at + 1, count - at);
            timesMs[at] = timeMs;
            ratesE8[at] = settledE8;
            count++;
        } else if (at > 0) {
            System.arraycopy(timesMs, 1, timesMs, 0, at - 1);
            System.arraycopy(ratesE8, 1, ratesE8, 0, at - 1);
            timesMs[at - 1] = timeMs;
            ratesE8[at - 1] = settledE8;
        }
        firstInWindow = 0;
        windowE8 = 0;
        for (int i = 0; i < count; i++) {
            windowE8 += ratesE8[i];
        }
        expire();
        sort();
    }

    private void expire() {
        while (firstInWindow < count && timesMs[firstInWindow] <= nowMs - THREE_DAYS_MS) {
            windowE8 -= ratesE8[firstInWindow];
            firstInWindow++;
        }
    }

    private void sort() {
        sortedCount = Math.min(count, RANKED);
        for (int i = 0; i < sortedCount; i++) {
            int at = count - sortedCount + i;
            long passedMs = at > 0 ? timesMs[at] - timesMs[at - 1] : intervalHours() * HOUR_MS;
            long passed = Math.max(1, Math.min(BASELINE_HOURS, (passedMs + HOUR_MS / 2) / HOUR_MS));
            sorted[i] = (double) ratesE8[at] / passed;
        }
        Arrays.sort(sorted, 0, sortedCount);
    }

    /** Returns the interval in hours, 8 until it is known. */
    public int intervalHours() {
        return hours == 0 ? BASELINE_HOURS : hours;
    }

    /** Returns whether a rate has been seen. */
    public boolean isReady() {
        return hasRate;
    }

    /** Returns the rate as it would be settled now, in bps; NaN until ready. */
    public double rateBps() {
        return hasRate ? rateE8 / E8_PER_BPS : Double.NaN;
    }

    /** Returns the rate less the baseline of its interval, in bps; NaN until ready. */
    public double excessBps() {
        return hasRate ? (rateE8 - (double) BASELINE_E8 * intervalHours() / BASELINE_HOURS) / E8_PER_BPS : Double.NaN;
    }

    /** Returns the last settled rate in bps; NaN if none is known. */
    public double settledBps() {
        return count > 0 ? ratesE8[count - 1] / E8_PER_BPS : Double.NaN;
    }

    /** Returns the rate annualised, as a fraction; NaN until ready. */
    public double annualised() {
        return hasRate ? rateE8 / 1e8 * HOURS_PER_YEAR / intervalHours() : Double.NaN;
    }

    /** Returns the minutes to the next settlement, 0 or more; NaN until ready. */
    public double minutesToNext() {
        return hasRate ? Math.max(0, nextMs - nowMs) / 60_000.0 : Double.NaN;
    }

    /** Returns what was settled in three days, annualised, as a fraction; NaN until what is known reaches back. */
    public double threeDaysAnnualised() {
        boolean isCovered = count > 0 && timesMs[0] <= nowMs - THREE_DAYS_MS + BASELINE_HOURS * HOUR_MS;
        return hasRate && isCovered ? windowE8 / 1e8 * 365 / 3 : Double.NaN;
    }

    /** Returns the mid-rank of the rate among settled ones, per hour, 0 to 100; NaN until there are enough. */
    public double percentile() {
        if (!hasRate || sortedCount < LEAST_RANKED) {
            return Double.NaN;
        }
        double perHour = (double) rateE8 / intervalHours();
        int below = 0;
        int high = sortedCount;
        while (below < high) {
            int mid = (below + high) >>> 1;
            if (sorted[mid] < perHour) {
                below = mid + 1;
            } else {
                high = mid;
            }
        }
        int upTo = below;
        while (upTo < sortedCount && sorted[upTo] == perHour) {
            upTo++;
        }
        return 100.0 * (below + (upTo - below) / 2.0) / sortedCount;
    }

    @Override
    public void visitState(State state) {
        state.type("Funding ");
        state.i64s(timesMs);
        state.i64s(ratesE8);
        state.f64s(sorted);
        count = state.i32(count);
        sortedCount = state.i32(sortedCount);
        firstInWindow = state.i32(firstInWindow);
        windowE8 = state.i64(windowE8);
        nowMs = state.i64(nowMs);
        rateE8 = state.i64(rateE8);
        nextMs = state.i64(nextMs);
        hours = state.i32(hours);
        hasRate = state.flag(hasRate);
    }
}
