package io.millrace.exchange.venue;

import java.util.Arrays;

/**
 * Exact aggregated book of one symbol: a quantity for every tick in a window that moves with the touch. Bids and asks share
 * one ring of ticks, because what is at or below the best bid is a bid and what is at or above the best ask is an ask.
 *
 * <p>No level lies further than {@link #depthTicks()} from its side's best, so a snapshot of as many levels is the whole book.
 * Neither side is ever empty: callers take only what leaves a level.
 *
 * <p><b>Thread:</b> confined to the market's thread. <b>Allocation:</b> in the constructor and in {@link #image}.
 */
public final class LadderBook {
    /** Most ticks a side reaches from its best price: what one snapshot of the venue can show. */
    public static final int MAX_DEPTH_TICKS = 1000;

    private final SymbolSpec spec;
    private final int depthTicks;
    private int mask;
    private long[] lots;
    private long bestBid;
    private long bestAsk;
    private int bidLevels;
    private int askLevels;
    private long bidLots;
    private long askLots;
    private long lastUpdateId;
    private long lastChangeMs;

    /**
     * Makes a book with one level on each side.
     *
     * @param spec the contract.
     * @param depthTicks reach of a side in ticks, 2 to {@value #MAX_DEPTH_TICKS}.
     * @param bestBid tick of the first bid; the first ask stands one tick above.
     * @param firstLots quantity of both levels, above 0.
     */
    public LadderBook(SymbolSpec spec, int depthTicks, long bestBid, long firstLots) {
        if (depthTicks < 2 || depthTicks > MAX_DEPTH_TICKS) {
            throw new IllegalArgumentException(
                    "depthTicks=" + depthTicks + " is outside 2 to " + MAX_DEPTH_TICKS + ", what one snapshot shows");
        }
        this.spec = spec;
        this.depthTicks = depthTicks;
        // Two sides and a spread as wide as both together.
        this.lots = new long[Integer.highestOneBit(depthTicks * 4 - 1) << 1];
        this.mask = lots.length - 1;
        this.bestBid = bestBid;
        this.bestAsk = bestBid + 1;
        lots[slot(bestBid)] = firstLots;
        lots[slot(bestAsk)] = firstLots;
        bidLevels = 1;
        askLevels = 1;
        bidLots = firstLots;
        askLots = firstLots;
    }

    /**
     * Empties the book and begins anew with one level a side, wherever the price has gone.
     *
     * @param bidTicks the first bid.
     * @param bidQtyLots its quantity, above 0.
     * @param askTicks the first ask, above the bid by at most twice {@link #depthTicks()}.
     * @param askQtyLots its quantity, above 0.
     */
    public void restart(long bidTicks, long bidQtyLots, long askTicks, long askQtyLots) {
        if (askTicks <= bidTicks || askTicks - bidTicks > 2L * depthTicks) {
            throw new IllegalArgumentException("a book of " + spec.symbol() + " from " + bidTicks + " to " + askTicks
                    + " has no spread of 1 to " + 2 * depthTicks + " ticks");
        }
        Arrays.fill(lots, 0);
        bestBid = bidTicks;
        bestAsk = askTicks;
        lots[slot(bidTicks)] = bidQtyLots;
        lots[slot(askTicks)] = askQtyLots;
        bidLevels = 1;
        askLevels = 1;
        bidLots = bidQtyLots;
        askLots = askQtyLots;
    }

    /**
     * Adds resting quantity. A price between the touch becomes the new best of its side; what then lies too far behind has
     * to be removed by {@link #farBid(long)} or {@link #farAsk(long)} before the next addition.
     *
     * @param isBid side.
     * @param tick price; on its own side of the touch or between, and within reach of the best.
     * @param qtyLots quantity, above 0.
     */
    public void add(boolean isBid, long tick, long qtyLots) {
        int slot = slot(tick);
        boolean isNew = lots[slot] == 0;
        if (isBid) {
            bestBid = Math.max(bestBid, tick);
            bidLots += qtyLots;
            bidLevels += isNew ? 1 : 0;
        } else {
            bestAsk = Math.min(bestAsk, tick);
            askLots += qtyLots;
            askLevels += isNew ? 1 : 0;
        }
        lots[slot] += qtyLots;
    }

    /**
     * Takes quantity away, by a cancel or a fill. The last level of a side is never emptied.
     *
     * @param isBid side.
     * @param tick price of an existing level.
     * @param qtyLots quantity, at most what is there.
     */
    public void take(boolean isBid, long tick, long qtyLots) {
        int slot = slot(tick);
        long left = lots[slot] - qtyLots;
        assert left >= 0 : "level " + tick + " holds " + lots[slot] + ", " + qtyLots + " cannot be taken";
        lots[slot] = left;
        if (isBid) {
            bidLots -= qtyLots;
            if (left == 0) {
                bidLevels--;
                retreat(true, tick);
            }
        } else {
            askLots -= qtyLots;
            if (left == 0) {
                askLevels--;
                retreat(false, tick);
            }
        }
    }

    /** A level is empty: if it was the best, the next one is, and the ring grows before both sides' far ends share slots. */
    private void retreat(boolean isBid, long emptied) {
        if (emptied != (isBid ? bestBid : bestAsk)) {
            return;
        }
        // So far the sides reach, whatever the window of the new best will be.
        long lowestBid = Math.max(0, bestBid - depthTicks + 1);
        long highestAsk = bestAsk + depthTicks - 1;
        if (isBid) {
            bestBid = next(true, emptied);
        } else {
            bestAsk = next(false, emptied);
        }
        long needed = bestAsk - bestBid + 2L * depthTicks;
        if (needed > lots.length) {
            long[] wider = new long[(int) Long.highestOneBit(needed - 1) << 1];
            for (long t = lowestBid; t <= highestAsk; t = t == bestBid ? bestAsk : t + 1) {
                wider[(int) t & wider.length - 1] = lots[slot(t)];
            }
            lots = wider;
            mask = wider.length - 1;
        }
    }

    /**
     * Returns the nearest level at or behind a price, away from the touch.
     *
     * @param isBid side.
     * @param tick where to begin.
     * @return its tick, or -1 if the side has none there.
     */
    public long levelFrom(boolean isBid, long tick) {
        if (isBid) {
            for (long t = Math.min(tick, bestBid); t > bestBid - depthTicks && t > 0; t--) {
                if (lots[slot(t)] != 0) {
                    return t;
                }
            }
        } else {
            for (long t = Math.max(tick, bestAsk); t < bestAsk + depthTicks; t++) {
                if (lots[slot(t)] != 0) {
                    return t;
                }
            }
        }
        return -1;
    }

    /**
     * Returns a bid that lies out of reach after the best bid has risen, or -1.
     *
     * @param oldBestBid best bid before it rose.
     */
    public long farBid(long oldBestBid) {
        long from = Math.max(1, oldBestBid - depthTicks + 1);
        for (long t = Math.min(bestBid - depthTicks, oldBestBid); t >= from; t--) {
            if (lots[slot(t)] != 0) {
                return t;
            }
        }
        return -1;
    }

    /**
     * Returns an ask that lies out of reach after the best ask has fallen, or -1.
     *
     * @param oldBestAsk best ask before it fell.
     */
    public long farAsk(long oldBestAsk) {
        long to = oldBestAsk + depthTicks - 1;
        for (long t = Math.max(bestAsk + depthTicks, oldBestAsk); t <= to; t++) {
            if (lots[slot(t)] != 0) {
                return t;
            }
        }
        return -1;
    }

    /**
     * Returns the quantity of a level that {@link #farBid(long)} or {@link #farAsk(long)} named.
     *
     * @param tick price out of reach.
     */
    public long farLots(long tick) {
        return lots[slot(tick)];
    }

    /**
     * Returns the quantity of a side at a price, 0 where it has none.
     *
     * @param isBid side.
     * @param tick price.
     */
    public long lotsAt(boolean isBid, long tick) {
        if (isBid) {
            return tick <= bestBid && tick > bestBid - depthTicks ? lots[slot(tick)] : 0;
        }
        return tick >= bestAsk && tick < bestAsk + depthTicks ? lots[slot(tick)] : 0;
    }

    /**
     * Notes a change that is now in the book.
     *
     * @param updateId its id.
     * @param timeMs its time, epoch milliseconds.
     */
    public void onChanged(long updateId, long timeMs) {
        lastUpdateId = updateId;
        lastChangeMs = timeMs;
    }

    /**
     * Copies the best levels.
     *
     * @param limit most levels a side.
     */
    public BookImage image(int limit) {
        int bids = Math.min(limit, bidLevels);
        int asks = Math.min(limit, askLevels);
        long[] bidTicks = new long[bids];
        long[] bidQty = new long[bids];
        long[] askTicks = new long[asks];
        long[] askQty = new long[asks];
        copy(true, bidTicks, bidQty);
        copy(false, askTicks, askQty);
        return new BookImage(spec, lastUpdateId, lastChangeMs, bidTicks, bidQty, askTicks, askQty);
    }

    private void copy(boolean isBid, long[] ticks, long[] qty) {
        long tick = isBid ? bestBid : bestAsk;
        long step = isBid ? -1 : 1;
        for (int i = 0; i < ticks.length; tick += step) {
            long here = lots[slot(tick)];
            if (here != 0) {
                ticks[i] = tick;
                qty[i++] = here;
            }
        }
    }

    private long next(boolean isBid, long emptied) {
        long step = isBid ? -1 : 1;
        int levels = isBid ? bidLevels : askLevels;
        if (levels == 0) {
            throw new IllegalStateException("the last " + (isBid ? "bid" : "ask") + " of " + spec.symbol()
                    + " was taken, leave one level of each side");
        }
        long tick = emptied + step;
        while (lots[slot(tick)] == 0) {
            tick += step;
        }
        return tick;
    }

    private int slot(long tick) {
        return (int) tick & mask;
    }

    /** Returns the contract. */
    public SymbolSpec spec() {
        return spec;
    }

    /** Returns how many ticks a side reaches from its best price. */
    public int depthTicks() {
        return depthTicks;
    }

    /** Returns the best bid's tick. */
    public long bestBid() {
        return bestBid;
    }

    /** Returns the best ask's tick. */
    public long bestAsk() {
        return bestAsk;
    }

    /**
     * Returns the number of levels of a side.
     *
     * @param isBid side.
     */
    public int levels(boolean isBid) {
        return isBid ? bidLevels : askLevels;
    }

    /**
     * Returns the quantity of a side in lots.
     *
     * @param isBid side.
     */
    public long totalLots(boolean isBid) {
        return isBid ? bidLots : askLots;
    }

    /** Returns the id of the last change. */
    public long lastUpdateId() {
        return lastUpdateId;
    }

    /** Returns the time of the last change, epoch milliseconds. */
    public long lastChangeMs() {
        return lastChangeMs;
    }
}
