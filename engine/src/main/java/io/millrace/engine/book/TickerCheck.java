package io.millrace.engine.book;

/**
 * Compares depth with the ticker at equal update ids, whichever of the two comes first. Tickers that are ahead of depth wait
 * in a bounded ring, the oldest making room; of the diffs applied last the best levels are remembered for tickers that come
 * late. Of a touch only its hash is kept, see {@link Mix#touch}.
 */
final class TickerCheck {
    /** Result: nothing to compare. */
    static final int NOTHING = 0;
    /** Result: ticker and depth say the same. */
    static final int MATCH = 1;
    /** Result: they differ at the same update id. */
    static final int MISMATCH = 2;

    /**
     * Tickers that wait. On the capture of BTCUSDT at most 192 come between two diffs, and depth is behind the ticker by less
     * than two diffs.
     */
    static final int PENDING = 512;

    private static final int APPLIED = 16;

    private final long[] pendingUpdateIds = new long[PENDING];
    private final long[] pendingTouches = new long[PENDING];
    private final long[] appliedUpdateIds = new long[APPLIED];
    private final long[] appliedTouches = new long[APPLIED];
    private long pendingHash;
    private int pendingHead;
    private int pendingCount;
    private int appliedCount;
    private int appliedLast;

    /**
     * A ticker came, with a higher update id than any before it.
     *
     * @param updateId of the ticker.
     * @param touch hash of what it says.
     * @return NOTHING, MATCH or MISMATCH.
     */
    int onTicker(long updateId, long touch) {
        if (appliedCount == 0 || updateId > appliedUpdateIds[appliedLast]) {
            add(updateId, touch);
            return NOTHING;
        }
        for (int back = 0; back < appliedCount; back++) {
            int at = (appliedLast - back) & (APPLIED - 1);
            if (appliedUpdateIds[at] == updateId) {
                return appliedTouches[at] == touch ? MATCH : MISMATCH;
            }
            if (appliedUpdateIds[at] < updateId) {
                return NOTHING;
            }
        }
        return NOTHING;
    }

    /**
     * A diff was applied.
     *
     * @param updateId its last one.
     * @param touch hash of the best levels of depth now.
     * @return NOTHING, MATCH or MISMATCH.
     */
    int onApplied(long updateId, long touch) {
        appliedLast = (appliedLast + 1) & (APPLIED - 1);
        appliedCount = Math.min(APPLIED, appliedCount + 1);
        appliedUpdateIds[appliedLast] = updateId;
        appliedTouches[appliedLast] = touch;
        while (pendingCount > 0 && pendingUpdateIds[pendingHead] < updateId) {
            removeOldest();
        }
        if (pendingCount == 0 || pendingUpdateIds[pendingHead] != updateId) {
            return NOTHING;
        }
        int result = pendingTouches[pendingHead] == touch ? MATCH : MISMATCH;
        removeOldest();
        return result;
    }

    /** The book starts again: diffs applied before say nothing any more, tickers ahead of it still do. */
    void forgetApplied() {
        appliedCount = 0;
    }

    /** Forgets everything. */
    void clear() {
        appliedCount = 0;
        appliedLast = 0;
        pendingCount = 0;
        pendingHead = 0;
        pendingHash = 0;
    }

    /** Returns the hash of what is remembered. */
    long hash() {
        long hash = Mix.fold(pendingHash, pendingCount);
        for (int back = 0; back < appliedCount; back++) {
            int at = (appliedLast - back) & (APPLIED - 1);
            hash = Mix.fold(Mix.fold(hash, appliedUpdateIds[at]), appliedTouches[at]);
        }
        return hash;
    }

    private void add(long updateId, long touch) {
        if (pendingCount == PENDING) {
            removeOldest();
        }
        int at = (pendingHead + pendingCount) & (PENDING - 1);
        pendingUpdateIds[at] = updateId;
        pendingTouches[at] = touch;
        pendingCount++;
        pendingHash += entryHash(at);
    }

    private void removeOldest() {
        pendingHash -= entryHash(pendingHead);
        pendingHead = (pendingHead + 1) & (PENDING - 1);
        pendingCount--;
    }

    private long entryHash(int at) {
        return Mix.fold(pendingTouches[at], pendingUpdateIds[at]);
    }
}
