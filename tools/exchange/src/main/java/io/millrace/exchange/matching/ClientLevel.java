package io.millrace.exchange.matching;

/** The clients' orders at one price in order of time, and where the market's quantity stands between them. */
final class ClientLevel {
    final boolean isBid;
    final long tick;
    Resting first;
    Resting last;
    /** Sum of the clients' quantities. */
    long lots;
    /** Recorded trades here since the level was last told. */
    long tradedLots;

    ClientLevel(boolean isBid, long tick) {
        this.isBid = isBid;
        this.tick = tick;
    }

    void append(Resting resting) {
        resting.previous = last;
        if (last == null) {
            first = resting;
        } else {
            // Who came later has at least as much before it.
            resting.aheadParts = Math.max(resting.aheadParts, last.aheadParts);
            last.next = resting;
        }
        last = resting;
        lots += resting.lots;
    }

    void remove(Resting resting) {
        if (resting.previous == null) {
            first = resting.next;
        } else {
            resting.previous.next = resting.next;
        }
        if (resting.next == null) {
            last = resting.previous;
        } else {
            resting.next.previous = resting.previous;
        }
        lots -= resting.lots;
    }

    /** The market's orders at the front of the queue were filled. */
    void advance(long takenLots) {
        long parts = takenLots * QueueModel.SCALE;
        for (Resting r = first; r != null; r = r.next) {
            r.aheadParts = Math.max(0, r.aheadParts - parts);
        }
    }

    /** The market's orders here were cancelled, somewhere in the queue. */
    void onCancel(QueueModel model, long marketLots, long cancelledLots) {
        model.onCancel(marketLots, cancelledLots);
        long most = (marketLots - cancelledLots) * QueueModel.SCALE;
        long least = 0;
        for (Resting r = first; r != null; r = r.next) {
            long ahead = model.ahead(r.aheadParts, marketLots, cancelledLots);
            r.aheadParts = Math.max(least, Math.min(Math.min(ahead, r.aheadParts), most));
            least = r.aheadParts;
        }
    }

    /** A level was told anew: nobody has more before it than there is. */
    void cap(long marketLots) {
        long most = marketLots * QueueModel.SCALE;
        for (Resting r = first; r != null; r = r.next) {
            r.aheadParts = Math.min(r.aheadParts, most);
        }
    }
}
