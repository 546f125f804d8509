package io.millrace.engine.book;

/**
 * The price levels of one instrument, both sides. Prices are {@code long} ticks from 0 to {@link #MAX_TICKS}, quantities
 * {@code long} lots. The structure is described in ADR 0004: paged ladders, quick at the touch and small far from it.
 *
 * <p>Two kinds of questions: {@link #bestTicks}, {@link #bestLots}, {@link #lotsAt}, {@link #levels}, {@link #isCrossed} and
 * {@link #hash} look at depth alone; {@link #top}, {@link #lotsOfTop}, {@link #lotsTo} and {@link #cost} look at the merged
 * book, in which a newer ticker lies over depth, see {@link #cover}.
 *
 * <p><b>Thread:</b> one. <b>Allocation:</b> none but for the growth of the pool and of a side's window.
 */
public final class OrderBook {
    /** The bid side. */
    public static final int BID = 0;
    /** The ask side. */
    public static final int ASK = 1;
    /** Highest price in ticks. */
    public static final long MAX_TICKS = BookSide.MAX_TICKS;
    /** Result of {@link #set}: the level was not taken; the book differs from the venue's from now on. */
    public static final long REFUSED = BookSide.REFUSED;
    /** Result of {@link #cost}: the whole quantity is there. */
    public static final int FILLED = 0;
    /** Result of {@link #cost}: the book holds less than the quantity. */
    public static final int INSUFFICIENT_DEPTH = -1;
    /** Most levels a side that the ordinary constructor allows. */
    public static final int DEFAULT_MAX_LEVELS = 65_536;

    private final BookSide bids;
    private final BookSide asks;

    /** Makes an empty book with a pool of its own, for tools and tests. */
    public OrderBook() {
        this(new PagePool(), DEFAULT_MAX_LEVELS);
    }

    OrderBook(PagePool pool, int maxLevels) {
        bids = new BookSide(true, pool, maxLevels);
        asks = new BookSide(false, pool, maxLevels);
    }

    /**
     * Sets the quantity at a price.
     *
     * @param side {@link #BID} or {@link #ASK}.
     * @param ticks price.
     * @param lots quantity, 0 deletes; deleting what is not there is no error.
     * @return the quantity before in lots, or {@link #REFUSED} for a negative number, a price above {@link #MAX_TICKS}, or a
     *     level more than fits; then nothing has changed.
     */
    public long set(int side, long ticks, long lots) {
        return side(side).set(ticks, lots);
    }

    /** Returns the best price of depth on a side in ticks, -1 if the side is empty. */
    public long bestTicks(int side) {
        return side(side).bestTicks();
    }

    /** Returns the quantity at the best price of depth on a side in lots, 0 if the side is empty. */
    public long bestLots(int side) {
        return side(side).bestLots();
    }

    /** Returns the quantity of depth at a price in lots, 0 if there is none. */
    public long lotsAt(int side, long ticks) {
        return side(side).lotsAt(ticks);
    }

    /** Returns the number of levels of depth on a side. */
    public int levels(int side) {
        return side(side).levels();
    }

    /** Returns whether the best bid of depth is not below its best ask. */
    public boolean isCrossed() {
        long bid = bids.bestTicks();
        long ask = asks.bestTicks();
        return bid >= 0 && ask >= 0 && bid >= ask;
    }

    /** Deletes all levels and the cover. */
    public void clear() {
        bids.clear();
        asks.clear();
    }

    /**
     * Lays a newer best bid and ask over depth: levels of depth that are better are hidden, and the quantity at the same
     * price is the ticker's.
     *
     * @param bidTicks best bid.
     * @param bidLots its quantity, 0 for no bid at all.
     * @param askTicks best ask.
     * @param askLots its quantity, 0 for no ask at all.
     */
    public void cover(long bidTicks, long bidLots, long askTicks, long askLots) {
        bids.cover(bidTicks, bidLots);
        asks.cover(askTicks, askLots);
    }

    /** Takes the cover away: depth has caught up. */
    public void uncover() {
        bids.uncover();
        asks.uncover();
    }

    /** Returns whether a newer ticker lies over depth. */
    public boolean isCovered() {
        return bids.isCovered();
    }

    /**
     * Copies the best levels of the merged book.
     *
     * @param side {@link #BID} or {@link #ASK}.
     * @param max how many at most.
     * @param ticksOut gets the prices, best first.
     * @param lotsOut gets the quantities.
     * @return how many there are, {@code max} at most.
     */
    public int top(int side, int max, long[] ticksOut, long[] lotsOut) {
        return side(side).top(max, ticksOut, lotsOut);
    }

    /**
     * Returns the quantity of the best levels of the merged book together.
     *
     * @param side {@link #BID} or {@link #ASK}.
     * @param max how many levels.
     * @return lots; {@link Long#MAX_VALUE} stands for that and more.
     */
    public long lotsOfTop(int side, int max) {
        return side(side).lotsOfTop(max);
    }

    /**
     * Returns the quantity of the merged book at a price and better.
     *
     * @param side {@link #BID} or {@link #ASK}.
     * @param ticks worst price that counts, 0 to {@link #MAX_TICKS}.
     * @return lots; {@link Long#MAX_VALUE} stands for that and more.
     */
    public long lotsTo(int side, long ticks) {
        return side(side).lotsTo(ticks);
    }

    /**
     * Works out what it costs to take a quantity from one side of the merged book.
     *
     * @param side {@link #BID} or {@link #ASK}: the side whose levels are eaten.
     * @param lots to take, 0 or more.
     * @param cost gets the result, which holds what there is if that is not enough.
     * @return {@link #FILLED} or {@link #INSUFFICIENT_DEPTH}.
     */
    public int cost(int side, long lots, BookCost cost) {
        side(side).cost(lots, cost);
        return cost.isFilled() ? FILLED : INSUFFICIENT_DEPTH;
    }

    /**
     * Returns the hash of depth, kept with every change: the sum over levels of lots x an odd weight of side and price, modulo
     * 2^64. It does not depend on the order of changes, and one lot at one level always changes it.
     */
    public long hash() {
        return bids.hash() + asks.hash();
    }

    /** Returns {@link #hash()} worked out from all levels anew; slow, to check with. */
    public long hashFromScratch() {
        return bids.hashFromScratch() + asks.hashFromScratch();
    }

    BookSide bids() {
        return bids;
    }

    BookSide asks() {
        return asks;
    }

    private BookSide side(int side) {
        return side == BID ? bids : asks;
    }
}
