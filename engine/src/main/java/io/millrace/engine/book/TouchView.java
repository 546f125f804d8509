package io.millrace.engine.book;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codecs.message.EventHeader;
import io.millrace.engine.pipeline.SlotContext;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Merges tickers with depth into one touch that never goes back in time, and writes the view of an instrument. Of each
 * instrument an image of its last view is kept, in which only what an event changed is made anew.
 */
final class TouchView {
    private static final int UPDATE_ID_OFFSET = EventHeader.BODY_OFFSET;
    private static final int BID_TICKS_OFFSET = EventHeader.BODY_OFFSET + 8;
    private static final int BID_LOTS_OFFSET = EventHeader.BODY_OFFSET + 16;
    private static final int ASK_TICKS_OFFSET = EventHeader.BODY_OFFSET + 24;
    private static final int ASK_LOTS_OFFSET = EventHeader.BODY_OFFSET + 32;

    private static final int DEPTH_LEVELS = 20;
    /** Below these no sum of a view can overflow, so that a change of one level may be added to it. */
    private static final long SMALL_LOTS = 1L << 40;

    private static final long SMALL_VALUE = 1L << 61;
    private static final long SMALL_TICKS = 1L << 20;

    private final Moment moment;
    private final BookSync bookSync;
    private final long[] ticks = new long[DEPTH_LEVELS];
    private final long[] lots = new long[DEPTH_LEVELS];

    TouchView(Moment moment, BookSync bookSync) {
        this.moment = moment;
        this.bookSync = bookSync;
    }

    /** Best bid and ask by themselves. */
    void onTicker(BookInstrument in) {
        UnsafeBuffer event = moment.event;
        SyncState sync = in.sync;
        bookSync.abandonUpdate(in);
        in.tally.tickers++;
        long updateId = event.getLong(UPDATE_ID_OFFSET, LITTLE_ENDIAN);
        if (updateId <= sync.tickerUpdateId) {
            in.tally.tickersIgnored++;
            return;
        }
        long bidTicks = event.getLong(BID_TICKS_OFFSET, LITTLE_ENDIAN);
        long bidLots = event.getLong(BID_LOTS_OFFSET, LITTLE_ENDIAN);
        long askTicks = event.getLong(ASK_TICKS_OFFSET, LITTLE_ENDIAN);
        long askLots = event.getLong(ASK_LOTS_OFFSET, LITTLE_ENDIAN);
        boolean isOutOfRange =
                (bidTicks | bidLots | askTicks | askLots) < 0 || Math.max(bidTicks, askTicks) > OrderBook.MAX_TICKS;
        boolean isCrossed = bidLots > 0 && askLots > 0 && bidTicks >= askTicks;
        if (isOutOfRange || isCrossed || EventHeader.gridVersion(event, 0) != in.gridVersion) {
            in.tally.errors++;
            return;
        }
        sync.tickerUpdateId = updateId;
        sync.bidTicks = bidTicks;
        sync.bidLots = bidLots;
        sync.askTicks = askTicks;
        sync.askLots = askLots;
        if (in.hasDepth()) {
            long touch = Mix.touch(bidLots == 0 ? -1 : bidTicks, bidLots, askLots == 0 ? -1 : askTicks, askLots);
            bookSync.onCompared(in, in.check.onTicker(updateId, touch), false);
        }
        boolean isLive = in.isLive();
        if (updateId <= (isLive ? Math.max(sync.floorUpdateId, sync.bookUpdateId) : sync.floorUpdateId)) {
            in.tally.tickersIgnored++;
            return;
        }
        in.isViewDue = true;
        if (isLive) {
            in.book.cover(bidTicks, bidLots, askTicks, askLots);
            if (!in.isImageOld) {
                coverImage(in);
            }
        }
    }

    /** Writes the instrument's view as last refreshed into the slot. */
    static void write(BookInstrument in, SlotContext slot) {
        slot.regionBuffer().putBytes(slot.viewOffset(), in.image, 0, MarketView.CHANGES_OFFSET);
        slot.markView();
    }

    /** Writes a view that speaks of no instrument of its own. */
    static void writeNothing(SlotContext slot) {
        slot.regionBuffer().setMemory(slot.viewOffset(), MarketView.CHANGES_OFFSET, (byte) 0);
        slot.regionBuffer().putInt(slot.viewOffset() + MarketView.INSTRUMENT_ID_OFFSET, EventHeader.NO_INSTRUMENT);
        slot.markView();
    }

    /** Adds to a view that was written what happened beside it. */
    static void writeRest(Moment moment, SlotContext slot) {
        UnsafeBuffer region = slot.regionBuffer();
        int view = slot.viewOffset();
        region.putByte(view + MarketView.SCOPE_OFFSET, (byte) moment.scope);
        region.putInt(view + MarketView.CHANGE_COUNT_OFFSET, moment.changedCount());
        for (int i = 0; i < moment.changedCount(); i++) {
            BookInstrument in = moment.changed(i);
            int at = view + MarketView.CHANGES_OFFSET + i * MarketView.CHANGE_LENGTH;
            region.putInt(at, in.id);
            region.putByte(at + MarketView.STATE_OFFSET, (byte) in.sync.state);
            region.putByte(at + MarketView.STATE_OFFSET + 1, (byte) in.sync.staleStreams);
            region.putShort(at + MarketView.STATE_OFFSET + 2, (short) 0);
        }
    }

    /** Brings the image of an instrument up to date. */
    void refresh(BookInstrument in) {
        UnsafeBuffer image = in.image;
        SyncState sync = in.sync;
        image.putInt(MarketView.INSTRUMENT_ID_OFFSET, in.id);
        image.putByte(MarketView.STATE_OFFSET, (byte) sync.state);
        image.putByte(MarketView.STALE_STREAMS_OFFSET, (byte) sync.staleStreams);
        image.putInt(MarketView.GRID_VERSION_OFFSET, in.gridVersion);
        image.putInt(MarketView.GAPS_OFFSET, (int) in.tally.gaps);
        image.putInt(MarketView.RESYNCS_OFFSET, (int) in.tally.resyncs);
        boolean isLive = in.isLive();
        long bookUpdateId = isLive ? sync.bookUpdateId : 0;
        long touchUpdateId = Math.max(bookUpdateId, sync.tickerUpdateId);
        boolean isKnown = touchUpdateId > 0 && touchUpdateId >= sync.floorUpdateId;
        image.putLong(MarketView.LAST_UPDATE_ID_OFFSET, bookUpdateId);
        image.putLong(MarketView.TOUCH_UPDATE_ID_OFFSET, isKnown ? touchUpdateId : 0);
        if (!isKnown) {
            image.putByte(MarketView.TOUCH_SOURCE_OFFSET, (byte) MarketView.TOUCH_UNKNOWN);
            fillSide(image, MarketView.BID_OFFSET, 0, 0);
            fillSide(image, MarketView.ASK_OFFSET, 0, 0);
            in.isImageOld = true;
        } else if (!isLive) {
            image.putByte(MarketView.TOUCH_SOURCE_OFFSET, (byte) MarketView.TOUCH_TICKER);
            fillSide(image, MarketView.BID_OFFSET, sync.bidTicks, sync.bidLots);
            fillSide(image, MarketView.ASK_OFFSET, sync.askTicks, sync.askLots);
            in.isImageOld = true;
        } else {
            boolean isCovered = in.book.isCovered();
            image.putByte(MarketView.TOUCH_SOURCE_OFFSET, (byte)
                    (isCovered ? MarketView.TOUCH_TICKER : MarketView.TOUCH_DEPTH));
            refreshSides(in);
        }
    }

    private void refreshSides(BookInstrument in) {
        BookSide bids = in.book.bids();
        BookSide asks = in.book.asks();
        if (in.isImageOld || bids.touchedKey() >= in.bidHorizonKey) {
            in.bidHorizonKey = fillSide(in.image, MarketView.BID_OFFSET, bids);
        }
        if (in.isImageOld || asks.touchedKey() >= in.askHorizonKey) {
            in.askHorizonKey = fillSide(in.image, MarketView.ASK_OFFSET, asks);
        }
        bids.forgetTouched();
        asks.forgetTouched();
        in.image.putInt(MarketView.BID_OFFSET + MarketView.LEVELS, bids.levels());
        in.image.putInt(MarketView.ASK_OFFSET + MarketView.LEVELS, asks.levels());
        in.isImageOld = false;
    }

    /** A ticker that names the price shown already changes one quantity of the image; any other makes its side anew. */
    private void coverImage(BookInstrument in) {
        SyncState sync = in.sync;
        if (!changeTouch(in.image, MarketView.BID_OFFSET, sync.bidTicks, sync.bidLots)) {
            in.bidHorizonKey = fillSide(in.image, MarketView.BID_OFFSET, in.book.bids());
        }
        if (!changeTouch(in.image, MarketView.ASK_OFFSET, sync.askTicks, sync.askLots)) {
            in.askHorizonKey = fillSide(in.image, MarketView.ASK_OFFSET, in.book.asks());
        }
    }

    private static boolean changeTouch(UnsafeBuffer image, int side, long newTicks, long newLots) {
        long oldLots = image.getLong(side + MarketView.TOUCH_LOTS);
        if (oldLots == 0 || newLots == 0 || image.getLong(side + MarketView.TOUCH_TICKS) != newTicks) {
            return false;
        }
        long change = newLots - oldLots;
        if (change == 0) {
            return true;
        }
        long lots20 = image.getLong(side + MarketView.LOTS_20);
        long value20 = image.getLong(side + MarketView.VALUE_20);
        if ((newLots | lots20) >= SMALL_LOTS || value20 >= SMALL_VALUE || newTicks >= SMALL_TICKS << 1) {
            return false;
        }
        image.putLong(side + MarketView.TOUCH_LOTS, newLots);
        image.putLong(side + MarketView.LOTS_5, image.getLong(side + MarketView.LOTS_5) + change);
        image.putLong(side + MarketView.LOTS_10, image.getLong(side + MarketView.LOTS_10) + change);
        image.putLong(side + MarketView.LOTS_20, lots20 + change);
        image.putLong(side + MarketView.VALUE_20, value20 + change * newTicks);
        image.putLong(side + MarketView.TOP + Long.BYTES, newLots);
        return true;
    }

    private long fillSide(UnsafeBuffer image, int at, BookSide side) {
        int count = side.top(DEPTH_LEVELS, ticks, lots);
        long sum = 0;
        long value = 0;
        long lots5 = 0;
        long lots10 = 0;
        for (int i = 0; i < count; i++) {
            sum = BookSide.addSaturated(sum, lots[i]);
            value = BookSide.addSaturated(value, multiplySaturated(ticks[i], lots[i]));
            if (i < 5) {
                lots5 = sum;
            }
            if (i < 10) {
                lots10 = sum;
            }
        }
        int shown = Math.min(count, MarketView.TOP_LEVELS);
        fillSide(image, at, count == 0 ? 0 : ticks[0], count == 0 ? 0 : lots[0]);
        image.putLong(at + MarketView.LOTS_5, lots5);
        image.putLong(at + MarketView.LOTS_10, lots10);
        image.putLong(at + MarketView.LOTS_20, sum);
        image.putLong(at + MarketView.VALUE_20, value);
        image.putInt(at + MarketView.LEVELS, side.levels());
        image.putInt(at + MarketView.TOP_COUNT, shown);
        for (int i = 0; i < shown; i++) {
            image.putLong(at + MarketView.TOP + i * MarketView.LEVEL_LENGTH, ticks[i]);
            image.putLong(at + MarketView.TOP + i * MarketView.LEVEL_LENGTH + Long.BYTES, lots[i]);
        }
        return count < DEPTH_LEVELS ? Long.MIN_VALUE : side.keyOf(ticks[DEPTH_LEVELS - 1]);
    }

    private static void fillSide(UnsafeBuffer image, int at, long touchTicks, long touchLots) {
        image.setMemory(at, MarketView.SIDE_LENGTH, (byte) 0);
        image.putLong(at + MarketView.TOUCH_TICKS, touchLots == 0 ? 0 : touchTicks);
        image.putLong(at + MarketView.TOUCH_LOTS, touchLots);
    }

    private static long multiplySaturated(long a, long b) {
        long product = a * b;
        return Math.multiplyHigh(a, b) != 0 || product < 0 ? Long.MAX_VALUE : product;
    }
}
