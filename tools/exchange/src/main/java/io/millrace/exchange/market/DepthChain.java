package io.millrace.exchange.market;

/**
 * One diff stream of one symbol: which prices changed since its last payload, and the ids that chain its payloads. The chain
 * goes on whether or not somebody takes the stream; prices are only remembered while somebody does.
 *
 * <p><b>Thread:</b> confined to the market's thread.
 */
final class DepthChain {
    final TickSet bids = new TickSet();
    final TickSet asks = new TickSet();
    private long firstId;
    private long previousId;
    private boolean isTracking;

    DepthChain(long lastUpdateId) {
        this.previousId = lastUpdateId;
    }

    /** Begins to remember prices, or stops; only between windows, so that every payload covers its whole window. */
    void track(boolean isWanted) {
        if (firstId == 0) {
            isTracking = isWanted;
        }
    }

    /** Notes one change; {@code updateId} rises from call to call. */
    void onChange(boolean isBid, long tick, long updateId) {
        if (firstId == 0) {
            firstId = updateId;
        }
        if (isTracking) {
            (isBid ? bids : asks).add(tick);
        }
    }

    boolean isPending() {
        return firstId != 0;
    }

    /** Says whether the window that ends now was watched from its beginning, so that its payload is complete. */
    boolean isComplete() {
        return isTracking;
    }

    long firstId() {
        return firstId;
    }

    long previousId() {
        return previousId;
    }

    /** Ends the window. */
    void next(long lastUpdateId) {
        previousId = lastUpdateId;
        firstId = 0;
        bids.clear();
        asks.clear();
    }
}
