package io.millrace.codecs.binance;

import io.millrace.codecs.event.BookTickerEncoder;
import io.millrace.codecs.value.InstrumentSpec;

/** {@code bookTicker} as the venue sends it: e u s b B a A T E, or since 2026 e u s ps st E T b B a A. */
final class BookTickerTemplate {
    /** First eight bytes of the event's type. */
    static final long TYPE = TemplateKeys.word("bookTick");
    /** Length of the message. */
    static final int LENGTH = 8 + BookTickerEncoder.BLOCK_LENGTH;

    private static final long FRAME = EventScratch.frame(BookTickerEncoder.TEMPLATE_ID, BookTickerEncoder.BLOCK_LENGTH);
    private static final int UPDATE_ID = 8 + BookTickerEncoder.updateIdEncodingOffset();
    private static final int BID_TICKS = 8 + BookTickerEncoder.bidTicksEncodingOffset();
    private static final int BID_LOTS = 8 + BookTickerEncoder.bidLotsEncodingOffset();
    private static final int ASK_TICKS = 8 + BookTickerEncoder.askTicksEncodingOffset();
    private static final int ASK_LOTS = 8 + BookTickerEncoder.askLotsEncodingOffset();

    private static final long TYPE_END = TemplateKeys.word("er\",\"u\":");
    private static final long E_KEY = TemplateKeys.word(",\"E\":");
    private static final long T_KEY = TemplateKeys.word(",\"T\":");
    private static final long S_KEY = TemplateKeys.word(",\"s\":\"");
    private static final long BID_KEY = TemplateKeys.word(",\"b\":\"");
    private static final long BID_QTY_KEY = TemplateKeys.word("\",\"B\":\"");
    private static final long ASK_KEY = TemplateKeys.word("\",\"a\":\"");
    private static final long ASK_QTY_KEY = TemplateKeys.word("\",\"A\":\"");
    private static final long KEY5 = TemplateKeys.mask(5);
    private static final long KEY6 = TemplateKeys.mask(6);
    private static final long KEY7 = TemplateKeys.mask(7);

    private final TemplateCursor cursor;
    private final EventScratch scratch;
    private final GridReader ticks;
    private final GridReader bidLots;
    private final GridReader askLots;
    private int idDigits;
    private long eventTimeMs;
    private long transactTimeMs;

    BookTickerTemplate(FrameBuffer frame, TemplateCursor cursor, EventScratch scratch) {
        ticks = new GridReader(frame);
        bidLots = new GridReader(frame);
        askLots = new GridReader(frame);
        this.cursor = cursor;
        this.scratch = scratch;
    }

    /**
     * Reads a ticker whose type began with {@link #TYPE}.
     *
     * @param start of the type.
     * @return at the event's closing brace, or nowhere.
     */
    int read(int start) {
        if (!cursor.is(start + 8, TYPE_END, -1L)) {
            return cursor.nowhere();
        }
        int idStart = start + 16;
        int p = cursor.integer(idStart, idDigits);
        idDigits = p - idStart;
        scratch.put(UPDATE_ID, cursor.value());
        if (!cursor.is(p, S_KEY, KEY6)) {
            return cursor.nowhere();
        }
        p = cursor.product(cursor.symbol(p + 6));
        boolean hasTimes = cursor.is(p, E_KEY, KEY5);
        if (hasTimes) {
            p = readEventTime(p);
            p = readTransactTime(p);
        }
        if (!cursor.is(p, BID_KEY, KEY6)) {
            return cursor.nowhere();
        }
        p = readTouch(p + 6, cursor.instrument());
        if (!hasTimes) {
            p = readTransactTime(p);
            p = readEventTime(p);
        }
        scratch.header(0, FRAME, LENGTH, cursor.instrument(), eventTimeMs, transactTimeMs);
        return p;
    }

    /** Reads the four numbers from the bid price on, and the last one's closing quote. */
    private int readTouch(int start, InstrumentSpec spec) {
        int p = ticks.of(spec.tick()).read(start);
        long bidTicks = ticks.value();
        if (!cursor.is(p, BID_QTY_KEY, KEY7)) {
            return cursor.nowhere();
        }
        p = bidLots.of(spec.lot()).read(p + 7);
        scratch.put(BID_TICKS, bidTicks);
        scratch.put(BID_LOTS, bidLots.value());
        if (!cursor.is(p, ASK_KEY, KEY7)) {
            return cursor.nowhere();
        }
        p = ticks.read(p + 7);
        long askTicks = ticks.value();
        if (!cursor.is(p, ASK_QTY_KEY, KEY7) || bidTicks == 0 || askTicks == 0) {
            return cursor.nowhere(); // an empty side is rare, and has rules of its own
        }
        p = askLots.of(spec.lot()).read(p + 7);
        scratch.put(ASK_TICKS, askTicks);
        scratch.put(ASK_LOTS, askLots.value());
        return p + 1;
    }

    private int readEventTime(int p) {
        if (!cursor.is(p, E_KEY, KEY5)) {
            return cursor.nowhere();
        }
        int end = cursor.time(p + 5);
        eventTimeMs = cursor.value();
        return end;
    }

    private int readTransactTime(int p) {
        if (!cursor.is(p, T_KEY, KEY5)) {
            return cursor.nowhere();
        }
        int end = cursor.time(p + 5);
        transactTimeMs = cursor.value();
        return end;
    }
}
