package io.millrace.exchange.faults;

import io.millrace.exchange.market.StreamKind;

/**
 * One fault and what it is aimed at.
 *
 * @param kind what goes wrong.
 * @param symbol upper case, or null for all.
 * @param stream or null for all of the symbol.
 * @param connection id of the connection, or 0 for all.
 * @param skip matching frames or requests that pass first, 0 or more.
 * @param count matching frames or requests that are hit after those, at least 1.
 * @param amount parameter of the kind, 0 or more.
 */
public record Fault(
        FaultKind kind, String symbol, StreamKind stream, int connection, long skip, long count, long amount) {

    private static final int MIN_STATUS = 400;
    private static final int MAX_STATUS = 599;

    /** Checks the ranges. */
    public Fault {
        if (skip < 0 || count < 1 || amount < 0 || connection < 0) {
            throw new IllegalArgumentException("fault " + kind + " with skip=" + skip + " count=" + count + " amount="
                    + amount + " connection=" + connection + ": count has to be at least 1, the others at least 0");
        }
        if (kind == FaultKind.GAP && stream != null && !stream.isDepth()) {
            throw new IllegalArgumentException(
                    "fault GAP on " + stream + ": only diff streams have ids that can miss one, use DROP");
        }
        if (kind == FaultKind.HTTP_STATUS && amount != 0 && (amount < MIN_STATUS || amount > MAX_STATUS)) {
            throw new IllegalArgumentException(
                    "fault HTTP_STATUS with amount=" + amount + " is outside " + MIN_STATUS + " to " + MAX_STATUS);
        }
    }

    /**
     * Returns a fault that hits the first frame or request of its kind that comes, or all until it is cleared if it is of a
     * lasting kind.
     *
     * @param kind what goes wrong.
     */
    public static Fault of(FaultKind kind) {
        long amount = kind == FaultKind.HTTP_STATUS ? 429 : 0;
        return new Fault(kind, null, null, 0, 0, kind.isLasting() ? Long.MAX_VALUE : 1, amount);
    }

    /** Returns the fault aimed at one symbol, upper case. */
    public Fault on(String newSymbol) {
        return new Fault(kind, newSymbol, stream, connection, skip, count, amount);
    }

    /** Returns the fault aimed at one kind of stream. */
    public Fault on(StreamKind newStream) {
        return new Fault(kind, symbol, newStream, connection, skip, count, amount);
    }

    /** Returns the fault aimed at one connection. */
    public Fault onConnection(int newConnection) {
        return new Fault(kind, symbol, stream, newConnection, skip, count, amount);
    }

    /** Returns the fault beginning after so many matching frames or requests. */
    public Fault after(long newSkip) {
        return new Fault(kind, symbol, stream, connection, newSkip, count, amount);
    }

    /** Returns the fault hitting so many matching frames or requests. */
    public Fault times(long newCount) {
        return new Fault(kind, symbol, stream, connection, skip, newCount, amount);
    }

    /** Returns the fault with the parameter that its kind describes. */
    public Fault amount(long newAmount) {
        return new Fault(kind, symbol, stream, connection, skip, count, newAmount);
    }
}
