package io.millrace.gateway.rest;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Request weight used, by the venue's rules: fixed windows that begin on the minute. What is sent is counted at once, what
 * the venue says in {@code X-MBX-USED-WEIGHT-1M} corrects it, since others may share the address. After 429 or 418 nothing
 * goes out until the time that the venue named.
 *
 * <p><b>Thread:</b> the feed agent's; {@link #used()} may be read by any.
 */
public final class WeightLedger {
    private static final long WINDOW_MS = TimeUnit.MINUTES.toMillis(1);

    private final int reserve;
    private final AtomicInteger published = new AtomicInteger();
    private int limit;
    private long window = Long.MIN_VALUE;
    private int used;
    private int inFlight;
    private long bannedUntilMs = Long.MIN_VALUE;

    /**
     * Makes an empty ledger.
     *
     * @param limit weight a minute.
     * @param reserve part of it that only priority requests may use.
     */
    public WeightLedger(int limit, int reserve) {
        this.limit = limit;
        this.reserve = reserve;
    }

    /**
     * Counts a request if it may be sent now.
     *
     * @param weight of the request.
     * @param isPriority whether it may use the reserve.
     * @param nowMs the venue's time, epoch milliseconds.
     * @return 0 if it may be sent; else epoch milliseconds before which trying again is of no use.
     */
    public long tryAcquire(int weight, boolean isPriority, long nowMs) {
        if (nowMs < bannedUntilMs) {
            return bannedUntilMs;
        }
        roll(nowMs);
        int allowed = isPriority ? limit : limit - reserve;
        if (used + weight > allowed) {
            return (window + 1) * WINDOW_MS;
        }
        used += weight;
        inFlight += weight;
        published.set(used);
        return 0;
    }

    /**
     * An answer came, or will not come any more.
     *
     * @param weight of the request, as acquired.
     * @param sentAtMs venue's time at which it was acquired.
     * @param usedByVenue what the venue says was used in its window, -1 if it said nothing.
     * @param nowMs the venue's time.
     */
    public void onAnswer(int weight, long sentAtMs, int usedByVenue, long nowMs) {
        inFlight = Math.max(0, inFlight - weight);
        roll(nowMs);
        // Around the turn of a minute nobody knows which window the number belongs to.
        boolean isSameWindow = Math.floorDiv(sentAtMs, WINDOW_MS) == window;
        if (usedByVenue >= 0 && isSameWindow) {
            used = usedByVenue + inFlight;
            published.set(used);
        }
    }

    /**
     * The venue answered 429 or 418: nothing goes out before {@code untilMs}.
     *
     * @param untilMs venue's time, epoch milliseconds.
     */
    public void ban(long untilMs) {
        bannedUntilMs = Math.max(bannedUntilMs, untilMs);
    }

    /** Returns the beginning of the next window after a time, epoch milliseconds. */
    public static long nextWindowMs(long nowMs) {
        return (Math.floorDiv(nowMs, WINDOW_MS) + 1) * WINDOW_MS;
    }

    /** Lowers the limit to what the venue allows, if that is less. */
    public void lowerLimit(int venueLimit) {
        limit = Math.min(limit, Math.max(reserve + 1, venueLimit));
    }

    /** Returns the weight used in the current window, as far as it is known; any thread may ask. */
    public int used() {
        return published.get();
    }

    /** Returns epoch milliseconds until which the venue takes nothing; a time gone by if it does. */
    public long bannedUntilMs() {
        return bannedUntilMs;
    }

    private void roll(long nowMs) {
        long current = Math.floorDiv(nowMs, WINDOW_MS);
        if (current != window) {
            window = current;
            used = inFlight;
            published.set(used);
        }
    }
}
