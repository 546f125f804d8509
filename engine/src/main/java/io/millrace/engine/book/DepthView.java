package io.millrace.engine.book;

import org.agrona.DirectBuffer;

/**
 * Depth near the mid and what taking it costs, of one instrument: a flyweight over one of up to {@link #MAX_VIEWS} such views, which the
 * book stage writes behind its {@link MarketView} at clock ticks, when the region's flags have {@link
 * io.millrace.engine.pipeline.StageRegions#EXTRA_VIEW}. Measuring walks hundreds of levels, so that no market event has to wait for it: each
 * live book that changed is measured in turn, a few at each tick.
 *
 * <p>All figures are of the merged book around the mid of its best bid and ask. <b>Thread:</b> any that may read the region.
 */
public final class DepthView {
    /** Most views of one event. */
    public static final int MAX_VIEWS = 8;
    /** Number of distances from the mid. */
    public static final int BANDS = 4;
    /** {@link #costBps}: the book does not hold the value. */
    public static final double INSUFFICIENT = -1.0;

    static final int INSTRUMENT_ID_OFFSET = 0;
    static final int MID_OFFSET = 8;
    static final int BID_OFFSET = 16;
    static final int COST = BANDS * Long.BYTES;
    static final int SIDE_LENGTH = COST + Double.BYTES;
    static final int ASK_OFFSET = BID_OFFSET + SIDE_LENGTH;

    /** Bytes of one view. */
    public static final int LENGTH = ASK_OFFSET + SIDE_LENGTH;
    /** Where the first one begins in the book stage's view. */
    public static final int FIRST_OFFSET = MarketView.LENGTH;
    /** Bytes of all views together. */
    public static final int TOTAL_LENGTH = MAX_VIEWS * LENGTH;

    private static final int[] BAND_BPS = {5, 10, 25, 50};

    private DirectBuffer buffer;
    private int offset;

    /** Makes a flyweight that stands nowhere yet. */
    public DepthView() {}

    /**
     * Moves to a view.
     *
     * @param buffer of the book stage's regions, or of a copy.
     * @param offset of the view.
     * @return this.
     */
    public DepthView wrap(DirectBuffer buffer, int offset) {
        buffer.boundsCheck(offset, LENGTH);
        this.buffer = buffer;
        this.offset = offset;
        return this;
    }

    /** Returns a distance from the mid in bps: 5, 10, 25 and 50. */
    public static int bandBps(int band) {
        return BAND_BPS[band];
    }

    /** Returns the instrument, -1 if there is no such view any more. */
    public int instrumentId() {
        return buffer.getInt(offset + INSTRUMENT_ID_OFFSET);
    }

    /** Returns best bid plus best ask, in ticks, at the time of measuring. */
    public long midHalfTicks() {
        return buffer.getLong(offset + MID_OFFSET);
    }

    /**
     * Returns the lots of a side within a distance of the mid; {@link Long#MAX_VALUE} stands for that and more.
     *
     * @param side {@link OrderBook#BID} or {@link OrderBook#ASK}.
     * @param band 0 to {@link #BANDS} - 1, see {@link #bandBps}.
     */
    public long lotsWithin(int side, int band) {
        return buffer.getLong(sideOffset(side) + band * Long.BYTES);
    }

    /**
     * Returns how much worse than the mid the average price of taking the configured value out of a side is.
     *
     * @param side {@link OrderBook#ASK} for buying, {@link OrderBook#BID} for selling.
     * @return bps of the mid, 0 to 10,000, or {@link #INSUFFICIENT}.
     */
    public double costBps(int side) {
        return buffer.getDouble(sideOffset(side) + COST);
    }

    private int sideOffset(int side) {
        return offset + (side == OrderBook.BID ? BID_OFFSET : ASK_OFFSET);
    }
}
