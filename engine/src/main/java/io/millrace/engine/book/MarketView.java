package io.millrace.engine.book;

import io.millrace.codecs.event.BookState;
import org.agrona.DirectBuffer;

/**
 * What the book stage says about an instrument after an event: a flyweight over the view in its region of a slot. A view is
 * written at the end of an update, and only if something in it changed; later stages keep the last one of each instrument.
 * Little endian only in the sense of the machine: a view never leaves the process.
 *
 * <p>Beside the instrument of the event, others may have changed: {@link #scope()} says that the event itself took the books
 * of many (a lost connection, the start of a run), {@link #changes()} lists single ones, such as a stream that fell silent.
 *
 * <p>Prices in ticks, quantities in lots, both 0 where there is no level. <b>Thread:</b> any that may read the region.
 */
public final class MarketView {
    /** Levels of each side that the view holds. */
    public static final int TOP_LEVELS = 5;
    /** Most instruments in {@link #changes()}. */
    public static final int MAX_CHANGES = 8;

    /** {@link #scope()}: the view speaks of its instrument and of the changes listed in it. */
    public static final int SCOPE_INSTRUMENT = 0;
    /** {@link #scope()}: besides, all instruments that the event itself lists have lost the streams it names. */
    public static final int SCOPE_LISTED = 1;
    /** {@link #scope()}: besides, no book of any instrument is live any more. */
    public static final int SCOPE_ALL = 2;

    /** {@link #touchSource()}: best bid and ask are not known. */
    public static final int TOUCH_UNKNOWN = 0;
    /** {@link #touchSource()}: best bid and ask are those of a ticker newer than depth, or there is no depth. */
    public static final int TOUCH_TICKER = 1;
    /** {@link #touchSource()}: best bid and ask are those of depth. */
    public static final int TOUCH_DEPTH = 2;

    static final int INSTRUMENT_ID_OFFSET = 0;
    static final int STATE_OFFSET = 4;
    static final int TOUCH_SOURCE_OFFSET = 5;
    static final int STALE_STREAMS_OFFSET = 6;
    static final int SCOPE_OFFSET = 7;
    static final int CHANGE_COUNT_OFFSET = 8;
    static final int GRID_VERSION_OFFSET = 12;
    static final int LAST_UPDATE_ID_OFFSET = 16;
    static final int TOUCH_UPDATE_ID_OFFSET = 24;
    static final int GAPS_OFFSET = 32;
    static final int RESYNCS_OFFSET = 36;
    static final int BID_OFFSET = 40;

    static final int TOUCH_TICKS = 0;
    static final int TOUCH_LOTS = 8;
    static final int LOTS_5 = 16;
    static final int LOTS_10 = 24;
    static final int LOTS_20 = 32;
    static final int VALUE_20 = 40;
    static final int LEVELS = 48;
    static final int TOP_COUNT = 52;
    static final int TOP = 56;
    static final int LEVEL_LENGTH = 16;
    static final int SIDE_LENGTH = TOP + TOP_LEVELS * LEVEL_LENGTH;

    static final int ASK_OFFSET = BID_OFFSET + SIDE_LENGTH;
    static final int CHANGES_OFFSET = ASK_OFFSET + SIDE_LENGTH;
    static final int CHANGE_LENGTH = 8;

    /** Bytes of a view. */
    public static final int LENGTH = CHANGES_OFFSET + MAX_CHANGES * CHANGE_LENGTH;

    private DirectBuffer buffer;
    private int offset;

    /** Makes a flyweight that stands nowhere yet. */
    public MarketView() {}

    /**
     * Moves to a view.
     *
     * @param buffer of the book stage's regions, or of a copy.
     * @param offset of the view.
     * @return this.
     */
    public MarketView wrap(DirectBuffer buffer, int offset) {
        buffer.boundsCheck(offset, LENGTH);
        this.buffer = buffer;
        this.offset = offset;
        return this;
    }

    /** Returns the instrument, -1 if only {@link #scope()} and {@link #changes()} say anything. */
    public int instrumentId() {
        return buffer.getInt(offset + INSTRUMENT_ID_OFFSET);
    }

    /** Returns the value of {@link BookState}: what depth is worth. */
    public int state() {
        return buffer.getByte(offset + STATE_OFFSET);
    }

    /** Returns whether depth is right, as far as anybody can know. */
    public boolean isLive() {
        return state() == SyncState.LIVE;
    }

    /** Returns {@link #TOUCH_UNKNOWN}, {@link #TOUCH_TICKER} or {@link #TOUCH_DEPTH}. */
    public int touchSource() {
        return buffer.getByte(offset + TOUCH_SOURCE_OFFSET);
    }

    /** Returns the bits of StreamSet of streams that are subscribed and silent. */
    public int staleStreams() {
        return buffer.getByte(offset + STALE_STREAMS_OFFSET) & 0xFF;
    }

    /** Returns {@link #SCOPE_INSTRUMENT}, {@link #SCOPE_LISTED} or {@link #SCOPE_ALL}. */
    public int scope() {
        return buffer.getByte(offset + SCOPE_OFFSET);
    }

    /** Returns the version of the grid that ticks and lots are on. */
    public int gridVersion() {
        return buffer.getInt(offset + GRID_VERSION_OFFSET);
    }

    /** Returns the update id that depth stands at, 0 while it is not live. */
    public long lastUpdateId() {
        return buffer.getLong(offset + LAST_UPDATE_ID_OFFSET);
    }

    /** Returns the update id of best bid and ask, 0 while they are not known; it never falls while the streams stay up. */
    public long touchUpdateId() {
        return buffer.getLong(offset + TOUCH_UPDATE_ID_OFFSET);
    }

    /** Returns how many gaps the instrument's diffs had. */
    public int gaps() {
        return buffer.getInt(offset + GAPS_OFFSET);
    }

    /** Returns how often its book had to start again. */
    public int resyncs() {
        return buffer.getInt(offset + RESYNCS_OFFSET);
    }

    /** Returns the best bid. */
    public long bidTicks() {
        return buffer.getLong(offset + BID_OFFSET + TOUCH_TICKS);
    }

    /** Returns the quantity of the best bid. */
    public long bidLots() {
        return buffer.getLong(offset + BID_OFFSET + TOUCH_LOTS);
    }

    /** Returns the best ask. */
    public long askTicks() {
        return buffer.getLong(offset + ASK_OFFSET + TOUCH_TICKS);
    }

    /** Returns the quantity of the best ask. */
    public long askLots() {
        return buffer.getLong(offset + ASK_OFFSET + TOUCH_LOTS);
    }

    /** Returns how many levels of a side the view holds, up to {@link #TOP_LEVELS}; 0 while depth is not live. */
    public int topCount(int side) {
        return buffer.getInt(sideOffset(side) + TOP_COUNT);
    }

    /**
     * Returns the price of a level of the merged book.
     *
     * @param side {@link OrderBook#BID} or {@link OrderBook#ASK}.
     * @param level 0 is the best, below {@link #TOP_LEVELS}.
     */
    public long topTicks(int side, int level) {
        return buffer.getLong(sideOffset(side) + TOP + level * LEVEL_LENGTH);
    }

    /**
     * Returns the quantity of a level of the merged book.
     *
     * @param side {@link OrderBook#BID} or {@link OrderBook#ASK}.
     * @param level 0 is the best, below {@link #TOP_LEVELS}.
     */
    public long topLots(int side, int level) {
        return buffer.getLong(sideOffset(side) + TOP + level * LEVEL_LENGTH + Long.BYTES);
    }

    /** Returns the quantity of the best 5 levels of a side together; {@link Long#MAX_VALUE} stands for that and more. */
    public long lotsOf5(int side) {
        return buffer.getLong(sideOffset(side) + LOTS_5);
    }

    /** Returns the quantity of the best 10 levels of a side together; {@link Long#MAX_VALUE} stands for that and more. */
    public long lotsOf10(int side) {
        return buffer.getLong(sideOffset(side) + LOTS_10);
    }

    /** Returns the quantity of the best 20 levels of a side together; {@link Long#MAX_VALUE} stands for that and more. */
    public long lotsOf20(int side) {
        return buffer.getLong(sideOffset(side) + LOTS_20);
    }

    /**
     * Returns what the best 20 levels of a side cost together in ticks x lots, so that value / lots is their average price;
     * {@link Long#MAX_VALUE} stands for that and more.
     */
    public long valueOf20(int side) {
        return buffer.getLong(sideOffset(side) + VALUE_20);
    }

    /** Returns how many levels of depth a side has. */
    public int levels(int side) {
        return buffer.getInt(sideOffset(side) + LEVELS);
    }

    /** Returns how many other instruments changed at this event. */
    public int changes() {
        return buffer.getInt(offset + CHANGE_COUNT_OFFSET);
    }

    /** Returns an instrument that changed besides; {@code index} is below {@link #changes()}. */
    public int changedInstrumentId(int index) {
        return buffer.getInt(offset + CHANGES_OFFSET + index * CHANGE_LENGTH);
    }

    /** Returns the state of that instrument's depth, a value of {@link BookState}. */
    public int changedState(int index) {
        return buffer.getByte(offset + CHANGES_OFFSET + index * CHANGE_LENGTH + STATE_OFFSET);
    }

    /** Returns the bits of StreamSet of that instrument's silent streams. */
    public int changedStaleStreams(int index) {
        return buffer.getByte(offset + CHANGES_OFFSET + index * CHANGE_LENGTH + STATE_OFFSET + 1) & 0xFF;
    }

    private int sideOffset(int side) {
        return offset + (side == OrderBook.BID ? BID_OFFSET : ASK_OFFSET);
    }
}
