package io.millrace.engine.book;

import io.millrace.codecs.message.EventHeader;
import io.millrace.engine.memory.RawWords;
import io.millrace.engine.pipeline.SlotContext;
import java.util.Arrays;
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

    private static final int TICKER_LENGTH = ASK_LOTS_OFFSET + Long.BYTES;

    /** Places in the image, in words. */
    private static final int ID_AND_STATE = MarketView.INSTRUMENT_ID_OFFSET / Long.BYTES;

    private static final int GRID = MarketView.CHANGE_COUNT_OFFSET / Long.BYTES;
    private static final int LAST_UPDATE_ID = MarketView.LAST_UPDATE_ID_OFFSET / Long.BYTES;
    private static final int TOUCH_UPDATE_ID = MarketView.TOUCH_UPDATE_ID_OFFSET / Long.BYTES;
    private static final int GAPS_AND_RESYNCS = MarketView.GAPS_OFFSET / Long.BYTES;
    private static final int BID = MarketView.BID_OFFSET / Long.BYTES;
    private static final int ASK = MarketView.ASK_OFFSET / Long.BYTES;
    private static final int TOUCH_TICKS = MarketView.TOUCH_TICKS / Long.BYTES;
    private static final int TOUCH_LOTS = MarketView.TOUCH_LOTS / Long.BYTES;
    private static final int LOTS_5 = MarketView.LOTS_5 / Long.BYTES;
    private static final int LOTS_10 = MarketView.LOTS_10 / Long.BYTES;
    private static final int LOTS_20 = MarketView.LOTS_20 / Long.BYTES;
    private static final int VALUE_20 = MarketView.VALUE_20 / Long.BYTES;
    private static final int LEVELS = MarketView.LEVELS / Long.BYTES;
    private static final int TOP = MarketView.TOP / Long.BYTES;

    private static final int DEPTH_LEVELS = 20;
    /** Below these no sum of a view can overflow, so that a change of one level may be added to it. */
    private static final long SMALL_LOTS = 1L << 40;

    private static final long SMALL_VALUE = 1L << 61;
    private static final long SMALL_TICKS = 1L << 20;

    /** Twenty levels below these have sums without overflow: 20 x 2^36 x 2^22 is less than 2^63. */
    private static final long PLAIN_LOTS = 1L << 36;

    private static final long PLAIN_TICKS = 1L << 22;

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
        moment.require(TICKER_LENGTH);
        SyncState sync = in.sync;
        bookSync.abandonUpdate(in);
        in.tally.tickers++;
        long updateId = moment.word(UPDATE_ID_OFFSET);
        if (updateId <= sync.tickerUpdateId) {
            in.tally.tickersIgnored++;
            return;
        }
        long bidTicks = moment.word(BID_TICKS_OFFSET);
        long bidLots = moment.word(BID_LOTS_OFFSET);
        long askTicks = moment.word(ASK_TICKS_OFFSET);
        long askLots = moment.word(ASK_LOTS_OFFSET);
        boolean isOutOfRange =
                (bidTicks | bidLots | askTicks | askLots) < 0 || Math.max(bidTicks, askTicks) > OrderBook.MAX_TICKS;
        boolean isCrossed = bidLots > 0 && askLots > 0 && bidTicks >= askTicks;
        if (isOutOfRange || isCrossed || moment.gridVersion() != in.gridVersion) {
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
        RawWords.put(in.image, MarketView.CHANGES_OFFSET / Long.BYTES, slot.regionBuffer(), slot.viewOffset());
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
        long[] image = in.image;
        SyncState sync = in.sync;
        boolean isLive = in.isLive();
        long bookUpdateId = isLive ? sync.bookUpdateId : 0;
        long touchUpdateId = Math.max(bookUpdateId, sync.tickerUpdateId);
        boolean isKnown = touchUpdateId > 0 && touchUpdateId >= sync.floorUpdateId;
        int source;
        if (isLive && isKnown) {
            source = in.book.isCovered() ? MarketView.TOUCH_TICKER : MarketView.TOUCH_DEPTH;
            refreshSides(in);
        } else {
            source = isKnown ? MarketView.TOUCH_TICKER : MarketView.TOUCH_UNKNOWN;
            fillTouch(image, BID, isKnown ? sync.bidTicks : 0, isKnown ? sync.bidLots : 0);
            fillTouch(image, ASK, isKnown ? sync.askTicks : 0, isKnown ? sync.askLots : 0);
            in.isImageOld = true;
        }
        image[ID_AND_STATE] = RawWords.pair(in.id, RawWords.quad(sync.state, source, sync.staleStreams));
        image[GRID] = RawWords.pair(0, in.gridVersion);
        image[LAST_UPDATE_ID] = bookUpdateId;
        image[TOUCH_UPDATE_ID] = isKnown ? touchUpdateId : 0;
        image[GAPS_AND_RESYNCS] = RawWords.pair((int) in.tally.gaps, (int) in.tally.resyncs);
    }

    private void refreshSides(BookInstrument in) {
        BookSide bids = in.book.bids();
        BookSide asks = in.book.asks();
        if (in.isImageOld || bids.touchedKey() >= in.bidHorizonKey) {
            in.bidHorizonKey = fillSide(in.image, BID, bids);
        }
        if (in.isImageOld || asks.touchedKey() >= in.askHorizonKey) {
            in.askHorizonKey = fillSide(in.image, ASK, asks);
        }
        bids.forgetTouched();
        asks.forgetTouched();
        in.image[BID + LEVELS] = RawWords.withFirst(in.image[BID + LEVELS], bids.levels());
        in.image[ASK + LEVELS] = RawWords.withFirst(in.image[ASK + LEVELS], asks.levels());
        in.isImageOld = false;
    }

    /** A ticker that names the price shown already changes one quantity of the image; any other makes its side anew. */
    private void coverImage(BookInstrument in) {
        SyncState sync = in.sync;
        if (!changeTouch(in.image, BID, sync.bidTicks, sync.bidLots)) {
            in.bidHorizonKey = fillSide(in.image, BID, in.book.bids());
        }
        if (!changeTouch(in.image, ASK, sync.askTicks, sync.askLots)) {
            in.askHorizonKey = fillSide(in.image, ASK, in.book.asks());
        }
    }

    private static boolean changeTouch(long[] image, int side, long newTicks, long newLots) {
        long oldLots = image[side + TOUCH_LOTS];
        if (oldLots == 0 || newLots == 0 || image[side + TOUCH_TICKS] != newTicks) {
            return false;
        }
        long lots20 = image[side + LOTS_20];
        long value20 = image[side + VALUE_20];
        if ((newLots | lots20) >= SMALL_LOTS || value20 >= SMALL_VALUE || newTicks >= SMALL_TICKS << 1) {
            return newLots == oldLots;
        }
        long change = newLots - oldLots;
        image[side + TOUCH_LOTS] = newLots;
        image[side + LOTS_5] += change;
        image[side + LOTS_10] += change;
        image[side + LOTS_20] = lots20 + change;
        image[side + VALUE_20] = value20 + change * newTicks;
        image[side + TOP + 1] = newLots;
        return true;
    }

    private long fillSide(long[] image, int at, BookSide side) {
        int count = side.top(DEPTH_LEVELS, ticks, lots);
        if (count < DEPTH_LEVELS) {
            // So that all loops below have constant lengths.
            Arrays.fill(ticks, count, DEPTH_LEVELS, 0);
            Arrays.fill(lots, count, DEPTH_LEVELS, 0);
        }
        long highestTicks = Math.max(ticks[0], ticks[Math.max(count, 1) - 1]);
        if (!fillPlainSums(image, at) || highestTicks >= PLAIN_TICKS) {
            fillSaturatedSums(image, at);
        }
        image[at + TOUCH_TICKS] = ticks[0];
        image[at + TOUCH_LOTS] = lots[0];
        image[at + LEVELS] = RawWords.pair(side.levels(), Math.min(count, MarketView.TOP_LEVELS));
        for (int i = 0; i < MarketView.TOP_LEVELS; i++) {
            image[at + TOP + 2 * i] = ticks[i];
            image[at + TOP + 2 * i + 1] = lots[i];
        }
        return count < DEPTH_LEVELS ? Long.MIN_VALUE : side.keyOf(ticks[DEPTH_LEVELS - 1]);
    }

    /** Returns false if a quantity is so large that sums could overflow. */
    private boolean fillPlainSums(long[] image, int at) {
        long all = 0;
        long sum = 0;
        long value = 0;
        for (int i = 0; i < 5; i++) {
            all |= lots[i];
            sum += lots[i];
            value += ticks[i] * lots[i];
        }
        image[at + LOTS_5] = sum;
        for (int i = 5; i < 10; i++) {
            all |= lots[i];
            sum += lots[i];
            value += ticks[i] * lots[i];
        }
        image[at + LOTS_10] = sum;
        for (int i = 10; i < DEPTH_LEVELS; i++) {
            all |= lots[i];
            sum += lots[i];
            value += ticks[i] * lots[i];
        }
        image[at + LOTS_20] = sum;
        image[at + VALUE_20] = value;
        return all < PLAIN_LOTS;
    }

    private void fillSaturatedSums(long[] image, int at) {
        long sum = 0;
        long value = 0;
        for (int i = 0; i < DEPTH_LEVELS; i++) {
            sum = BookSide.addSaturated(sum, lots[i]);
            value = BookSide.addSaturated(value, multiplySaturated(ticks[i], lots[i]));
            if (i < 5) {
                image[at + LOTS_5] = sum;
            }
            if (i < 10) {
                image[at + LOTS_10] = sum;
            }
        }
        image[at + LOTS_20] = sum;
        image[at + VALUE_20] = value;
    }

    private static void fillTouch(long[] image, int at, long touchTicks, long touchLots) {
        Arrays.fill(image, at, at + MarketView.SIDE_LENGTH / Long.BYTES, 0);
        image[at + TOUCH_TICKS] = touchLots == 0 ? 0 : touchTicks;
        image[at + TOUCH_LOTS] = touchLots;
    }

    private static long multiplySaturated(long a, long b) {
        long product = a * b;
        return Math.multiplyHigh(a, b) != 0 || product < 0 ? Long.MAX_VALUE : product;
    }
}
