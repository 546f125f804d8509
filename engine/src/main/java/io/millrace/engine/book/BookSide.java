package io.millrace.engine.book;

import io.millrace.engine.memory.RawWords;

/**
 * One side of a book. Inside, prices are keys of which the higher is the better, so that both sides run the same code: the
 * key of a bid is its price, that of an ask its price subtracted from the highest one possible.
 *
 * <p>A side can be <em>covered</em> by a best level that is known from elsewhere and newer: {@link #top} and the questions of
 * depth and cost then begin with that level and go on with the side's own levels that are worse.
 */
final class BookSide {
    /** Highest price: 2^62 - 1 ticks. */
    static final long MAX_TICKS = (1L << 62) - 1;
    /** Result of {@link #set}: the level was not taken, the book is no longer right. */
    static final long REFUSED = -1;

    private static final int BATCH = 32;
    /** Bytes of a price and a quantity. */
    private static final int PAIR = 2 * Long.BYTES;

    private final PagedLadder ladder;
    private final FarLevels far = new FarLevels();
    private final long flip;
    private final long sideBit;
    private final int maxLevels;
    private final long[] batchTicks = new long[BATCH];
    private final long[] batchLots = new long[BATCH];
    private long bestKey = PagedLadder.NONE;
    private long touchedKey = PagedLadder.NONE;
    private long hash;
    private int levels;
    private int batchCount;
    private boolean covered;
    private long coverKey;
    private long coverLots;

    /**
     * Makes an empty side.
     *
     * @param isBid whether higher prices are better.
     * @param pool of pages.
     * @param maxLevels that it takes.
     */
    BookSide(boolean isBid, PagePool pool, int maxLevels) {
        this.flip = isBid ? 0 : MAX_TICKS;
        this.sideBit = isBid ? 0 : 1;
        this.maxLevels = maxLevels;
        this.ladder = new PagedLadder(pool, flip);
    }

    /**
     * Sets the quantity at a price.
     *
     * @param ticks price.
     * @param lots quantity, 0 deletes; deleting what is not there is no error.
     * @return the quantity before, or {@link #REFUSED} for a negative number, a price above {@link #MAX_TICKS}, or one more
     *     level than fits; then nothing has changed.
     */
    long set(long ticks, long lots) {
        if ((ticks | lots) < 0 || ticks > MAX_TICKS || (levels >= maxLevels && isNew(ticks, lots))) {
            return REFUSED;
        }
        long key = ticks ^ flip;
        long old = ladder.set(key, lots);
        if (old < 0) {
            old = setOutside(key, lots);
            if (old < 0) {
                return REFUSED;
            }
        }
        hash += (lots - old) * Mix.level(sideBit, ticks);
        levels += (int) (PagedLadder.oneIfAny(lots) - PagedLadder.oneIfAny(old));
        touchedKey = Math.max(touchedKey, key);
        if (lots != 0) {
            bestKey = Math.max(bestKey, key);
        } else if (key == bestKey) {
            bestKey = below(key);
        }
        return old;
    }

    /**
     * Sets many quantities, as {@link #set} one after the other does.
     *
     * @param base array that holds pairs of words, price and quantity; null for memory outside the heap.
     * @param address of the first pair, checked with all of them to be readable.
     * @param count of pairs.
     * @param stride bytes from pair to pair, {@value #PAIR} if nothing is between them.
     * @return false if one was refused; those before it have been set, those after it have not.
     */
    boolean setAll(byte[] base, long address, int count, int stride) {
        boolean mayBeOrdinary = stride == PAIR && levels <= maxLevels - count;
        long end = address + (long) count * stride;
        for (long at = address; at < end; at += stride) {
            if (mayBeOrdinary) {
                at = setOrdinary(base, at, end);
                if (at == end) {
                    return true;
                }
            }
            if (set(RawWords.get(base, at), RawWords.get(base, at + Long.BYTES)) < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Sets quantities up to the first pair that needs a call: outside direct pages, the best level deleted, a word of bits
     * emptied, a number out of range. Without calls all that is kept lives in registers, and as in the ladder nothing is decided by
     * whether a level comes, goes or stays.
     *
     * @return address of that pair, {@code end} if there is none.
     */
    private long setOrdinary(byte[] base, long address, long end) {
        long change = 0;
        long more = 0;
        long touched = touchedKey;
        long best = bestKey;
        long at = address;
        for (; at < end; at += PAIR) {
            long ticks = RawWords.get(base, at);
            long lots = RawWords.get(base, at + Long.BYTES);
            long key = ticks ^ flip;
            // Two tests that are hardly ever true, instead of one on whether the level goes.
            if ((ticks | (ticks << 1) | lots) < 0 || ((key ^ best) | lots) == 0) {
                break;
            }
            long[] page = ladder.directPage(key);
            if (page == null) {
                break;
            }
            long bits = PagedLadder.bitsAfter(page, key, lots);
            if (bits == 0) {
                break;
            }
            long old = PagedLadder.setDirect(page, key, lots, bits);
            long any = PagedLadder.oneIfAny(lots);
            change += (lots - old) * Mix.level(sideBit, ticks);
            more += any - PagedLadder.oneIfAny(old);
            touched = Math.max(touched, key);
            // The key, or NONE if the level goes: all its bits are set.
            best = Math.max(best, key | (any - 1));
        }
        hash += change;
        levels += (int) more;
        touchedKey = touched;
        bestKey = best;
        return at;
    }

    /** Returns the best price of the side's own levels, or -1. */
    long bestTicks() {
        return bestKey < 0 ? -1 : bestKey ^ flip;
    }

    /** Returns the quantity of the best of the side's own levels, or 0. */
    long bestLots() {
        return bestKey < 0 ? 0 : get(bestKey);
    }

    /** Returns the quantity of the side's own level at a price, or 0. */
    long lotsAt(long ticks) {
        return ticks < 0 || ticks > MAX_TICKS ? 0 : get(ticks ^ flip);
    }

    /** Returns the number of the side's own levels. */
    int levels() {
        return levels;
    }

    /** Returns the sum over levels of lots x weight of the level, modulo 2^64. */
    long hash() {
        return hash;
    }

    /** Deletes all levels and the cover. */
    void clear() {
        ladder.clear();
        far.clear();
        bestKey = PagedLadder.NONE;
        touchedKey = Long.MAX_VALUE;
        hash = 0;
        levels = 0;
        covered = false;
    }

    /** Returns the best key set since {@link #forgetTouched}, -1 for none; its quantity may be what it was. */
    long touchedKey() {
        return touchedKey;
    }

    /** Begins to remember anew what is changed. */
    void forgetTouched() {
        touchedKey = PagedLadder.NONE;
    }

    /** Returns the key of a price. */
    long keyOf(long ticks) {
        return ticks ^ flip;
    }

    /**
     * Puts a newer best level over the side's own.
     *
     * @param ticks its price.
     * @param lots its quantity, 0 if the newer knowledge is that the side is empty.
     */
    void cover(long ticks, long lots) {
        covered = true;
        coverKey = lots == 0 ? PagedLadder.NONE : ticks ^ flip;
        coverLots = lots;
    }

    /** Takes the cover away. */
    void uncover() {
        covered = false;
    }

    /** Returns whether there is a cover. */
    boolean isCovered() {
        return covered;
    }

    /**
     * Copies the best levels, the cover first.
     *
     * @param max how many at most.
     * @param ticksOut gets the prices.
     * @param lotsOut gets the quantities.
     * @return how many.
     */
    int top(int max, long[] ticksOut, long[] lotsOut) {
        if (!covered) {
            // Above the best level there is a window's worth of empty pages to look through.
            return copyBelow(bestKey + 1, max, ticksOut, lotsOut, 0);
        }
        if (coverKey < 0 || max == 0) {
            return 0;
        }
        ticksOut[0] = coverKey ^ flip;
        lotsOut[0] = coverLots;
        return 1 + copyBelow(coverKey, max - 1, ticksOut, lotsOut, 1);
    }

    /**
     * Copies the side's own levels that are worse than a price; behind the last price of {@link #top} they go on.
     *
     * @param ticks price.
     * @param max how many at most.
     * @param ticksOut gets the prices.
     * @param lotsOut gets the quantities.
     * @return how many.
     */
    int topBelow(long ticks, int max, long[] ticksOut, long[] lotsOut) {
        return copyBelow(ticks ^ flip, max, ticksOut, lotsOut, 0);
    }

    /**
     * Returns the quantity of the best levels together, the cover included.
     *
     * @param max how many levels at most.
     * @return lots; {@link Long#MAX_VALUE} stands for all that is above it.
     */
    long lotsOfTop(int max) {
        long sum = 0;
        int left = max;
        for (int n = firstBatch(left); n > 0; n = nextBatch(left)) {
            for (int i = 0; i < n; i++) {
                sum = addSaturated(sum, batchLots[i]);
            }
            left -= n;
        }
        return sum;
    }

    /**
     * Returns the quantity at a price and better, the cover included.
     *
     * @param ticks worst price that counts.
     * @return lots; {@link Long#MAX_VALUE} stands for all that is above it.
     */
    long lotsTo(long ticks) {
        long sum = 0;
        long worstKey = ticks ^ flip;
        for (int n = firstBatch(BATCH); n > 0; n = nextBatch(BATCH)) {
            for (int i = 0; i < n; i++) {
                if ((batchTicks[i] ^ flip) < worstKey) {
                    return sum;
                }
                sum = addSaturated(sum, batchLots[i]);
            }
        }
        return sum;
    }

    /**
     * Works out what it costs to take a quantity, best level first, the cover included.
     *
     * @param lots to take, 0 or more.
     * @param cost gets the result.
     */
    void cost(long lots, BookCost cost) {
        cost.begin(lots);
        for (int n = firstBatch(BATCH); n > 0 && !cost.isFilled(); n = nextBatch(BATCH)) {
            for (int i = 0; i < n && !cost.isFilled(); i++) {
                cost.take(batchTicks[i], batchLots[i]);
            }
        }
    }

    /** Returns the hash worked out from all levels anew, to check {@link #hash()} with. */
    long hashFromScratch() {
        long sum = 0;
        long[] ticks = new long[BATCH];
        long[] lots = new long[BATCH];
        long key = Long.MAX_VALUE;
        for (int n = copyBelow(key, BATCH, ticks, lots, 0); n > 0; n = copyBelow(key, BATCH, ticks, lots, 0)) {
            for (int i = 0; i < n; i++) {
                sum += lots[i] * Mix.level(sideBit, ticks[i]);
            }
            key = ticks[n - 1] ^ flip;
        }
        return sum;
    }

    /** Returns a + b of two numbers that are not negative, at most {@link Long#MAX_VALUE}. */
    static long addSaturated(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    private int firstBatch(int max) {
        batchCount = top(Math.min(max, BATCH), batchTicks, batchLots);
        return batchCount;
    }

    private int nextBatch(int max) {
        if (batchCount > 0) {
            long lastKey = batchTicks[batchCount - 1] ^ flip;
            batchCount = copyBelow(lastKey, Math.min(max, BATCH), batchTicks, batchLots, 0);
        }
        return batchCount;
    }

    private boolean isNew(long ticks, long lots) {
        return lots != 0 && get(ticks ^ flip) == 0;
    }

    private long get(long key) {
        long lots = ladder.get(key);
        return lots == 0 && far.count() > 0 ? far.get(key) : lots;
    }

    private long below(long key) {
        long inLadder = ladder.below(key);
        return far.best() <= inLadder ? inLadder : Math.max(inLadder, far.below(key));
    }

    private int copyBelow(long key, int max, long[] ticksOut, long[] lotsOut, int at) {
        int done = ladder.copyBelow(key, max, ticksOut, lotsOut, at);
        long worstKey = done < max || max == 0 ? PagedLadder.NONE : ticksOut[at + done - 1] ^ flip;
        if (far.best() <= worstKey) {
            return done;
        }
        // Levels outside the window lie between or behind those in it: one at a time, from the front again.
        done = 0;
        for (long next = below(key); done < max && next != PagedLadder.NONE; next = below(next)) {
            ticksOut[at + done] = next ^ flip;
            lotsOut[at + done] = get(next);
            done++;
        }
        return done;
    }

    private long setOutside(long key, long lots) {
        if (far.count() > 0 && far.get(key) != 0) {
            return far.set(key, lots);
        }
        if (lots == 0) {
            return 0;
        }
        if (ladder.cover(key)) {
            far.handOver(ladder);
            return ladder.set(key, lots);
        }
        return far.isFull() ? REFUSED : far.set(key, lots);
    }
}
