package io.millrace.gateway.marketdata;

/** Attempts to connect, of all connections together, no closer than an interval; nothing while the venue wants none. */
final class ConnectPacer {
    private final long intervalNs;
    private long notBeforeNs;
    private boolean hasConnected;

    ConnectPacer(long intervalNs) {
        this.intervalNs = intervalNs;
    }

    boolean tryAcquire(long nowNs) {
        if (hasConnected && nowNs - notBeforeNs < 0) {
            return false;
        }
        hasConnected = true;
        notBeforeNs = nowNs + intervalNs;
        return true;
    }

    /** No attempt before {@code untilNs}: the venue said that it has had enough of this address. */
    void block(long untilNs) {
        if (!hasConnected || untilNs - notBeforeNs > 0) {
            hasConnected = true;
            notBeforeNs = untilNs;
        }
    }
}
