package io.millrace.codecs.binance;

import io.millrace.codecs.value.InstrumentTable;

/**
 * The fast way: frames of the frequent types in the order the venue sends their fields, without white space. Every byte of a
 * frame is either compared with the template's or read as a value, so a match means that each field was there exactly once.
 * Whatever differs is a miss, and no judgement: the general decoder reads the frame again.
 */
final class TemplateDecoder {
    /** The frame is not as expected. */
    static final int MISS = -1;

    private static final long STREAM_KEY = TemplateKeys.word("{\"stream");
    private static final long STREAM_KEY_END = TemplateKeys.word("eam\":\"");
    private static final long DATA_KEY = TemplateKeys.word(",\"data\":");
    private static final long EVENT_KEY = TemplateKeys.word("{\"e\":\"");
    private static final long END_COMBINED = TemplateKeys.word("}}");
    private static final long END_RAW = TemplateKeys.word("}");
    private static final long KEY1 = TemplateKeys.mask(1);
    private static final long KEY2 = TemplateKeys.mask(2);
    private static final long KEY6 = TemplateKeys.mask(6);

    private final FrameBuffer frame;
    private final byte[] bytes;
    private final TemplateCursor cursor;
    private final BookTickerTemplate bookTicker;
    private final TradeTemplate trade;
    private final AggTradeTemplate aggTrade;
    private final DepthTemplate depth;
    private int length;

    TemplateDecoder(FrameBuffer frame, InstrumentTable instruments, EventScratch scratch, DepthWriter writer) {
        this.frame = frame;
        this.bytes = frame.bytes();
        cursor = new TemplateCursor(frame, instruments);
        bookTicker = new BookTickerTemplate(frame, cursor, scratch);
        trade = new TradeTemplate(frame, cursor, scratch);
        aggTrade = new AggTradeTemplate(frame, cursor, scratch);
        depth = new DepthTemplate(frame, cursor, scratch, writer);
    }

    /** Returns the bytes encoded, or {@link #MISS}. */
    int decode() {
        cursor.reset(frame.length());
        boolean isCombined = cursor.is(0, STREAM_KEY, -1L);
        int p = 0;
        if (isCombined) {
            if (!cursor.is(5, STREAM_KEY_END, KEY6)) {
                return MISS;
            }
            p = cursor.text(11);
            if (!cursor.is(p, DATA_KEY, -1L)) {
                return MISS;
            }
            p += 8;
        }
        if (!cursor.is(p, EVENT_KEY, KEY6)) {
            return MISS;
        }
        p = event(p + 6);
        boolean isEnd = isCombined
                ? cursor.is(p, END_COMBINED, KEY2) && p + 2 == frame.length()
                : cursor.is(p, END_RAW, KEY1) && p + 1 == frame.length();
        return isEnd ? length : MISS;
    }

    private int event(int p) {
        long type = FrameBuffer.word(bytes, p);
        if (type == BookTickerTemplate.TYPE) {
            length = BookTickerTemplate.LENGTH;
            return bookTicker.read(p);
        }
        if (type == TradeTemplate.TYPE) {
            length = TradeTemplate.LENGTH;
            return trade.read(p);
        }
        if (type == DepthTemplate.TYPE) {
            int end = depth.read(p);
            length = depth.length();
            return end;
        }
        if (type == AggTradeTemplate.TYPE) {
            length = AggTradeTemplate.LENGTH;
            return aggTrade.read(p);
        }
        return cursor.nowhere();
    }
}
