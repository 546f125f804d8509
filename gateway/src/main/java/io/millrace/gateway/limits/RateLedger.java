package io.millrace.gateway.limits;

import io.millrace.codecs.event.Lane;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Request weight and orders used, by the venue's rules: fixed windows that begin on the minute and on every tenth second. What
 * is sent is counted at once, what the venue says in headers and {@code rateLimits} corrects it, since others may share
 * address and account. Lanes leave room to those above them. After 429 or 418 nothing goes out until the time that the venue
 * named.
 *
 * <p>A ledger is a view of memory that other views use too, in this process or in others. Each view keeps what it has in flight:
 * when a window turns it counts that into the new one, for nobody knows in which of them the venue will count it.
 *
 * <p><b>Thread:</b> a view is confined to its agent's thread; {@link #used(int)} and {@link #limit(int)} may be read by any.
 */
public final class RateLedger {
    /** Request weight in a minute, of the address. */
    public static final int WEIGHT = 0;
    /** Orders in ten seconds, of the account. */
    public static final int ORDERS_10S = 1;
    /** Orders in a minute, of the account. */
    public static final int ORDERS_1M = 2;

    private static final int COUNTERS = 3;
    private static final long MINUTE_MS = TimeUnit.MINUTES.toMillis(1);
    private static final long[] WINDOW_MS = {MINUTE_MS, TimeUnit.SECONDS.toMillis(10), MINUTE_MS};
    private static final int LANES = Lane.HISTORY.value();
    private static final int PERCENT = 100;

    private static final int LINE = 64;
    private static final int USED_OFFSET = LINE;
    private static final int FLIGHT_OFFSET = USED_OFFSET + COUNTERS * LINE;
    private static final int BANNED_OFFSET = FLIGHT_OFFSET + COUNTERS * LINE;
    private static final int ORDERS_BLOCKED_OFFSET = BANNED_OFFSET + LINE;

    private final AtomicBuffer memory;
    private final LimitSettings settings;
    private final int[] limits = new int[COUNTERS];
    private final int[][] reserves = new int[COUNTERS][LANES];
    private final long[] seenWindow = new long[COUNTERS];
    private final int[] inFlight = new int[COUNTERS];

    /**
     * Makes a view.
     *
     * @param settings what this view may use.
     * @param memory the counts, shared with other views.
     */
    public RateLedger(LimitSettings settings, LedgerMemory memory) {
        this.settings = settings;
        this.memory = memory.buffer();
        limits[WEIGHT] = settings.weightPerMinute();
        limits[ORDERS_10S] = settings.ordersPer10s();
        limits[ORDERS_1M] = settings.ordersPerMinute();
        LimitSettings.Reserves kept = settings.reserves();
        int[] weights = {0, kept.protection(), kept.entry(), kept.query(), kept.history()};
        for (Lane lane : Lane.values()) {
            if (lane != Lane.NULL_VAL) {
                reserves[WEIGHT][place(lane)] = weights[place(lane)];
                boolean mayUseAll = lane == Lane.CANCEL || lane == Lane.PROTECTION;
                int percent = mayUseAll ? 0 : kept.ordersPercent();
                reserves[ORDERS_10S][place(lane)] = limits[ORDERS_10S] * percent / PERCENT;
                reserves[ORDERS_1M][place(lane)] = limits[ORDERS_1M] * percent / PERCENT;
            }
        }
    }

    /**
     * Counts a request if it may be sent now.
     *
     * @param lane of the request.
     * @param weight of the request, 0 or more.
     * @param orders that it counts as, 0 or more.
     * @param nowMs the venue's time.
     * @return 0 if it may be sent; else the venue's time in milliseconds before which trying again is of no use.
     */
    public long tryAcquire(Lane lane, int weight, int orders, long nowMs) {
        long blockedUntilMs = blockedUntilMs(orders > 0);
        if (nowMs < blockedUntilMs) {
            return blockedUntilMs;
        }
        long retryAtMs = add(WEIGHT, weight, lane, nowMs);
        if (retryAtMs > 0) {
            return retryAtMs;
        }
        retryAtMs = add(ORDERS_10S, orders, lane, nowMs);
        if (retryAtMs > 0) {
            undo(WEIGHT, weight, nowMs);
            return retryAtMs;
        }
        retryAtMs = add(ORDERS_1M, orders, lane, nowMs);
        if (retryAtMs > 0) {
            undo(WEIGHT, weight, nowMs);
            undo(ORDERS_10S, orders, nowMs);
        }
        return retryAtMs;
    }

    /**
     * A request that was counted is over: answered, or given up.
     *
     * @param weight as acquired.
     * @param orders as acquired.
     * @param nowMs the venue's time.
     */
    public void onDone(int weight, int orders, long nowMs) {
        land(WEIGHT, weight, nowMs);
        land(ORDERS_10S, orders, nowMs);
        land(ORDERS_1M, orders, nowMs);
    }

    /**
     * A request that was counted will never be sent: what it counted for is free again.
     *
     * @param weight as acquired.
     * @param orders as acquired.
     * @param nowMs the venue's time.
     */
    public void onUnsent(int weight, int orders, long nowMs) {
        undo(WEIGHT, weight, nowMs);
        undo(ORDERS_10S, orders, nowMs);
        undo(ORDERS_1M, orders, nowMs);
    }

    /**
     * The venue said how much was used. Call it behind {@link #onDone} of the request that it answered.
     *
     * @param counter {@link #WEIGHT}, {@link #ORDERS_10S} or {@link #ORDERS_1M}.
     * @param usedByVenue what it said, negative if it said nothing.
     * @param sentAtMs venue's time at which the request was acquired.
     * @param nowMs the venue's time.
     */
    public void correct(int counter, int usedByVenue, long sentAtMs, long nowMs) {
        int window = enter(counter, nowMs);
        // Around the turn of a window nobody knows which one the number belongs to.
        if (usedByVenue < 0 || windowOf(counter, sentAtMs) != window) {
            return;
        }
        int offset = USED_OFFSET + counter * LINE;
        while (true) {
            // In this order, and added to in the other: whatever happens between, nothing is counted too little.
            long before = memory.getLongVolatile(offset);
            if (newest(before, window) != window) {
                return;
            }
            int used = usedByVenue + countIn(memory.getLongVolatile(FLIGHT_OFFSET + counter * LINE), window);
            if (memory.compareAndSetLong(offset, before, pack(window, used))) {
                return;
            }
        }
    }

    /**
     * The venue answered 429 or 418: nothing goes out before {@code untilMs}.
     *
     * @param untilMs venue's time.
     */
    public void ban(long untilMs) {
        raise(BANNED_OFFSET, untilMs);
    }

    /**
     * The venue has had too many orders: none goes out before {@code untilMs}, everything else does.
     *
     * @param untilMs venue's time.
     */
    public void blockOrders(long untilMs) {
        raise(ORDERS_BLOCKED_OFFSET, untilMs);
    }

    /** Lowers the weight a minute to what the venue allows, if that is less. */
    public void lowerLimit(int venueLimit) {
        int least = settings.reserves().history() + 1;
        limits[WEIGHT] = Math.min(limits[WEIGHT], Math.max(least, venueLimit));
    }

    /** Returns what was used of a counter in its last window, as far as it is known; any thread may ask. */
    public int used(int counter) {
        return (int) memory.getLongVolatile(USED_OFFSET + counter * LINE);
    }

    /** Returns what was used of a counter in the window of {@code nowMs}. */
    public int used(int counter, long nowMs) {
        int window = enter(counter, nowMs);
        return countIn(memory.getLongVolatile(USED_OFFSET + counter * LINE), window);
    }

    /** Returns how much of a counter this view may use. */
    public int limit(int counter) {
        return limits[counter];
    }

    /** Returns whether any counter has reached the share of its limit that warrants a warning. */
    public boolean isNear(long nowMs) {
        for (int counter = 0; counter < COUNTERS; counter++) {
            if ((long) used(counter, nowMs) * PERCENT >= (long) limits[counter] * settings.warnPercent()) {
                return true;
            }
        }
        return false;
    }

    /** Returns the venue's time until which it takes nothing; a time gone by if it does. */
    public long bannedUntilMs() {
        return memory.getLongVolatile(BANNED_OFFSET);
    }

    /** Returns the beginning of a counter's next window after a time. */
    public static long nextWindowMs(int counter, long nowMs) {
        return (Math.floorDiv(nowMs, WINDOW_MS[counter]) + 1) * WINDOW_MS[counter];
    }

    private long blockedUntilMs(boolean isOrder) {
        long bannedMs = memory.getLongVolatile(BANNED_OFFSET);
        return isOrder ? Math.max(bannedMs, memory.getLongVolatile(ORDERS_BLOCKED_OFFSET)) : bannedMs;
    }

    private void raise(int offset, long untilMs) {
        long before = memory.getLongVolatile(offset);
        while (untilMs > before && !memory.compareAndSetLong(offset, before, untilMs)) {
            before = memory.getLongVolatile(offset);
        }
    }

    private long add(int counter, int amount, Lane lane, long nowMs) {
        if (amount == 0) {
            return 0;
        }
        int window = enter(counter, nowMs);
        int allowed = limits[counter] - reserves[counter][place(lane)];
        force(FLIGHT_OFFSET + counter * LINE, window, amount);
        int offset = USED_OFFSET + counter * LINE;
        while (true) {
            long before = memory.getLongVolatile(offset);
            int current = newest(before, window);
            int used = countIn(before, current);
            if (used + amount > allowed) {
                force(FLIGHT_OFFSET + counter * LINE, window, -amount);
                return (current + 1) * WINDOW_MS[counter];
            }
            if (memory.compareAndSetLong(offset, before, pack(current, used + amount))) {
                inFlight[counter] += amount;
                return 0;
            }
        }
    }

    private void undo(int counter, int amount, long nowMs) {
        if (amount > 0) {
            land(counter, amount, nowMs);
            force(USED_OFFSET + counter * LINE, windowOf(counter, nowMs), -amount);
        }
    }

    private void land(int counter, int amount, long nowMs) {
        int window = enter(counter, nowMs);
        if (amount > 0) {
            inFlight[counter] = Math.max(0, inFlight[counter] - amount);
            force(FLIGHT_OFFSET + counter * LINE, window, -amount);
        }
    }

    /** When this view sees a window for the first time, it counts what it has in flight into it. */
    private int enter(int counter, long nowMs) {
        int window = windowOf(counter, nowMs);
        if (window != seenWindow[counter]) {
            seenWindow[counter] = window;
            if (inFlight[counter] > 0) {
                force(FLIGHT_OFFSET + counter * LINE, window, inFlight[counter]);
                force(USED_OFFSET + counter * LINE, window, inFlight[counter]);
            }
        }
        return window;
    }

    /** Adds whatever the limit; what stands there of another window is gone. */
    private void force(int offset, int window, int amount) {
        while (true) {
            long before = memory.getLongVolatile(offset);
            int current = newest(before, window);
            int count = Math.max(0, countIn(before, current) + amount);
            if (memory.compareAndSetLong(offset, before, pack(current, count))) {
                return;
            }
        }
    }

    private static int place(Lane lane) {
        return lane.value() - Lane.CANCEL.value();
    }

    /** Another view's clock may be a little ahead at the turn of a window; one further off is not believed. */
    private static int newest(long word, int window) {
        int there = (int) (word >>> Integer.SIZE);
        return there == window + 1 ? there : window;
    }

    private static int countIn(long word, int window) {
        return (int) (word >>> Integer.SIZE) == window ? (int) word : 0;
    }

    private static int windowOf(int counter, long timeMs) {
        return (int) Math.floorDiv(timeMs, WINDOW_MS[counter]);
    }

    private static long pack(int window, int count) {
        return ((long) window << Integer.SIZE) | (count & 0xFFFF_FFFFL);
    }
}
