package io.millrace.codecs.binance;

import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.TradeEncoder;
import io.millrace.codecs.event.TradeKind;
import io.millrace.codecs.value.InstrumentSpec;

/** {@code trade} as the venue sends it: e E T s [ps] [st] t p q [X] m, where X is MARKET. */
final class TradeTemplate {
    /** First eight bytes of the event's type. */
    static final long TYPE = TemplateKeys.word("trade\",\"");
    /** Length of the message. */
    static final int LENGTH = 8 + TradeEncoder.BLOCK_LENGTH;

    private static final long FRAME = EventScratch.frame(TradeEncoder.TEMPLATE_ID, TradeEncoder.BLOCK_LENGTH);
    private static final int TRADE_ID = 8 + TradeEncoder.tradeIdEncodingOffset();
    private static final int PRICE_TICKS = 8 + TradeEncoder.priceTicksEncodingOffset();
    private static final int QTY_LOTS = 8 + TradeEncoder.qtyLotsEncodingOffset();
    private static final int BUYER_IS_MAKER = 8 + TradeEncoder.buyerIsMakerEncodingOffset();

    private static final long TYPE_END = TemplateKeys.word("E\":");
    private static final long T_KEY = TemplateKeys.word(",\"T\":");
    private static final long S_KEY = TemplateKeys.word(",\"s\":\"");
    private static final long ID_KEY = TemplateKeys.word(",\"t\":");
    private static final long PRICE_KEY = TemplateKeys.word(",\"p\":\"");
    private static final long QTY_KEY = TemplateKeys.word("\",\"q\":\"");
    private static final long KIND_KEY = TemplateKeys.word("\",\"X\":\"M");
    private static final long KIND = TemplateKeys.word("MARKET\"");
    private static final long NO_KIND = TemplateKeys.word("\"");
    private static final long MAKER_KEY = TemplateKeys.word(",\"m\":");
    private static final long KEY1 = TemplateKeys.mask(1);
    private static final long KEY3 = TemplateKeys.mask(3);
    private static final long KEY4 = TemplateKeys.mask(4);
    private static final long KEY5 = TemplateKeys.mask(5);
    private static final long KEY6 = TemplateKeys.mask(6);
    private static final long KEY7 = TemplateKeys.mask(7);

    private final TemplateCursor cursor;
    private final EventScratch scratch;
    private final GridReader ticks;
    private final GridReader lots;
    private int idDigits;

    TradeTemplate(FrameBuffer frame, TemplateCursor cursor, EventScratch scratch) {
        ticks = new GridReader(frame);
        lots = new GridReader(frame);
        this.cursor = cursor;
        this.scratch = scratch;
    }

    /**
     * Reads a trade whose type began with {@link #TYPE}.
     *
     * @param start of the type.
     * @return at the event's closing brace, or nowhere.
     */
    int read(int start) {
        if (!cursor.is(start + 8, TYPE_END, KEY3)) {
            return cursor.nowhere();
        }
        int p = cursor.time(start + 11);
        long eventTimeMs = cursor.value();
        if (!cursor.is(p, T_KEY, KEY5)) {
            return cursor.nowhere();
        }
        p = cursor.time(p + 5);
        long transactTimeMs = cursor.value();
        if (!cursor.is(p, S_KEY, KEY6)) {
            return cursor.nowhere();
        }
        p = cursor.product(cursor.symbol(p + 6));
        if (!cursor.is(p, ID_KEY, KEY5)) {
            return cursor.nowhere();
        }
        scratch.header(0, FRAME, LENGTH, cursor.instrument(), eventTimeMs, transactTimeMs);
        int idStart = p + 5;
        p = cursor.integer(idStart, idDigits);
        idDigits = p - idStart;
        scratch.put(TRADE_ID, cursor.value());
        if (!cursor.is(p, PRICE_KEY, KEY6)) {
            return cursor.nowhere();
        }
        return readDeal(p + 6, cursor.instrument());
    }

    /** Reads from the price on. */
    private int readDeal(int start, InstrumentSpec spec) {
        int p = ticks.of(spec.tick()).read(start);
        long priceTicks = ticks.value();
        if (!cursor.is(p, QTY_KEY, KEY7)) {
            return cursor.nowhere();
        }
        p = lots.of(spec.lot()).read(p + 7);
        long qtyLots = lots.value();
        scratch.put(PRICE_TICKS, priceTicks);
        scratch.put(QTY_LOTS, qtyLots);
        if (priceTicks == 0 || qtyLots == 0) {
            return cursor.nowhere(); // not a trade: for the general decoder to count
        }
        int kind;
        if (cursor.is(p, KIND_KEY, -1L) && cursor.is(p + 7, KIND, KEY7)) {
            p += 14;
            kind = TradeKind.MARKET.value();
        } else if (cursor.is(p, NO_KIND, KEY1)) {
            p += 1;
            kind = TradeKind.ABSENT.value();
        } else {
            return cursor.nowhere();
        }
        if (!cursor.is(p, MAKER_KEY, KEY5)) {
            return cursor.nowhere();
        }
        p += 5;
        boolean isMaker = cursor.is(p, TemplateKeys.TRUE, KEY4);
        if (!isMaker && !cursor.is(p, TemplateKeys.FALSE, KEY5)) {
            return cursor.nowhere();
        }
        int maker = (isMaker ? BooleanType.YES : BooleanType.NO).value();
        scratch.put(BUYER_IS_MAKER, maker | ((long) kind << 8));
        return isMaker ? p + 4 : p + 5;
    }
}
