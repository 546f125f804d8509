package io.millrace.exchange.matching;

import io.millrace.exchange.trade.Order;

/** A client's order in the queue of its level. */
final class Resting {
    final Order order;
    final ClientLevel level;
    Resting previous;
    Resting next;
    /** What may still be taken of it. */
    long lots;
    /** The market's quantity before it at its level, in 1/{@link QueueModel#SCALE} lot; never falls from front to back. */
    long aheadParts;

    Resting(Order order, ClientLevel level, long lots, long aheadParts) {
        this.order = order;
        this.level = level;
        this.lots = lots;
        this.aheadParts = aheadParts;
    }

    /** Returns the market's whole lots before it; a part of a lot counts as one. */
    long aheadLots() {
        return (aheadParts + QueueModel.SCALE - 1) / QueueModel.SCALE;
    }
}
