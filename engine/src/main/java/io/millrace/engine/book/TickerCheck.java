package io.millrace.engine.book;

/**
 * Compares depth with the ticker at equal update ids, whichever of the two comes first. Tickers that are ahead of depth wait
 * in a bounded queue, the oldest making room; of the diffs applied last the best levels are remembered for tickers that come
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
    static final int PENDING = 256;

    private static final int APPLIED = 16;

    private final long[] pendingUpdateIds = new long[2 * PENDING];
    private final long[] pendingTouches = new long[2 * PENDING];
    private final long[] appliedUpdateIds = new long[APPLIED];
    private final long[] appliedTouches = new long[APPLIED];
    private int pendingFirst;
    private int pendingEnd;
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
        int first = pendingFirst;
        while (first < pendingEnd && pendingUpdateIds[first] < updateId) {
            first++;
        }
        int result = NOTHING;
        if (first < pendingEnd && pendingUpdateIds[first] == updateId) {
            result = pendingTouches[first] == touch ? MATCH : MISMATCH;
            first++;
        }
        pendingFirst = first;
        moveToFront();
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
        pendingFirst = 0;
        pendingEnd = 0;
    }

    /** Returns the hash of what is remembered. */
    long hash() {
        long hash = (long) pendingEnd - pendingFirst;
        for (int at = pendingFirst; at < pendingEnd; at++) {
            hash = Mix.fold(Mix.fold(hash, pendingUpdateIds[at]), pendingTouches[at]);
        }
        for (int back = 0; back < appliedCount; back++) {
            int at = (appliedLast - back) & (APPLIED - 1);
            hash = Mix.fold(Mix.fold(hash, appliedUpdateIds[at]), appliedTouches[at]);
        }
        return hash;
    }

    private void add(long updateId, long touch) {
        if (pendingEnd - pendingFirst == PENDING) {
            pendingFirst++;
        }
        if (pendingEnd == pendingUpdateIds.length) {
            moveToFront();
        }
        pendingUpdateIds[pendingEnd] = updateId;
        pendingTouches[pendingEnd] = touch;
        pendingEnd++;
    }

    /** A few entries are moved at each diff, so that the same few cache lines are used again and again. */
    private void moveToFront() {
        int count = pendingEnd - pendingFirst;
        if (pendingFirst > 0) {
            System.arraycopy(pendingUpdateIds, pendingFirst, pendingUpdateIds, 0, count);
            System.arraycopy(pendingTouches, pendingFirst, pendingTouches, 0, count);
            pendingFirst = 0;
            pendingEnd = count;
        }
    }
}
