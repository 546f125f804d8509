package io.millrace.exchange.server;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts attempts to connect by address, in windows of five minutes.
 *
 * <p><b>Thread:</b> the loop.
 */
final class DoorKeeper {
    private static final long WINDOW_MS = 300_000;

    private final int limit;
    private final Map<String, Integer> attempts = new LinkedHashMap<>();
    private long window = Long.MIN_VALUE;

    DoorKeeper(int limit) {
        this.limit = limit;
    }

    /** Counts an attempt; says whether it may go on. */
    boolean admit(String address, long nowMs) {
        long now = Math.floorDiv(nowMs, WINDOW_MS);
        if (now != window) {
            // Nobody's attempts outlive the window, so the map is no larger than what came in five minutes.
            window = now;
            attempts.clear();
        }
        return attempts.merge(address, 1, Integer::sum) <= limit;
    }
}
