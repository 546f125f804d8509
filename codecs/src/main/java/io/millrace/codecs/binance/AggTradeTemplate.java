package io.millrace.codecs.binance;

import io.millrace.codecs.event.AggTradeEncoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.value.InstrumentSpec;

/** {@code aggTrade} as the venue sends it: e E s a p q [nq] f l T m [st], or as before 2025 e E a s p q f l T m. */
final class AggTradeTemplate {
    /** First eight bytes of the event's type. */
    static final long TYPE = TemplateKeys.word("aggTrade");
    /** Length of the message. */
    static final int LENGTH = 8 + AggTradeEncoder.BLOCK_LENGTH;

    private static final long FRAME = EventScratch.frame(AggTradeEncoder.TEMPLATE_ID, AggTradeEncoder.BLOCK_LENGTH);
    private static final int AGG_TRADE_ID = 8 + AggTradeEncoder.aggTradeIdEncodingOffset();
    private static final int FIRST_TRADE_ID = 8 + AggTradeEncoder.firstTradeIdEncodingOffset();
    private static final int LAST_TRADE_ID = 8 + AggTradeEncoder.lastTradeIdEncodingOffset();
    private static final int PRICE_TICKS = 8 + AggTradeEncoder.priceTicksEncodingOffset();
    private static final int QTY_LOTS = 8 + AggTradeEncoder.qtyLotsEncodingOffset();
    private static final int NORMAL_QTY_LOTS = 8 + AggTradeEncoder.normalQtyLotsEncodingOffset();
    private static final int BUYER_IS_MAKER = 8 + AggTradeEncoder.buyerIsMakerEncodingOffset();

    private static final long TYPE_END = TemplateKeys.word("\",\"E\":");
    private static final long ID_KEY = TemplateKeys.word(",\"a\":");
    private static final long S_KEY = TemplateKeys.word(",\"s\":\"");
    private static final long PRICE_KEY = TemplateKeys.word(",\"p\":\"");
    private static final long QTY_KEY = TemplateKeys.word("\",\"q\":\"");
    private static final long NORMAL_QTY_KEY = TemplateKeys.word("\",\"nq\":\"");
    private static final long FIRST_KEY = TemplateKeys.word("\",\"f\":");
    private static final long LAST_KEY = TemplateKeys.word(",\"l\":");
    private static final long T_KEY = TemplateKeys.word(",\"T\":");
    private static final long MAKER_KEY = TemplateKeys.word(",\"m\":");
    private static final long KEY4 = TemplateKeys.mask(4);
    private static final long KEY5 = TemplateKeys.mask(5);
    private static final long KEY6 = TemplateKeys.mask(6);
    private static final long KEY7 = TemplateKeys.mask(7);

    private final TemplateCursor cursor;
    private final EventScratch scratch;
    private final GridReader ticks;
    private final GridReader lots;
    private int aggIdDigits;
    private int idDigits;

    AggTradeTemplate(FrameBuffer frame, TemplateCursor cursor, EventScratch scratch) {
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
        if (!cursor.is(start + 8, TYPE_END, KEY6)) {
            return cursor.nowhere();
        }
        int p = cursor.time(start + 14);
        long eventTimeMs = cursor.value();
        boolean isIdFirst = cursor.is(p, ID_KEY, KEY5);
        if (isIdFirst) {
            p = readId(p);
        }
        if (!cursor.is(p, S_KEY, KEY6)) {
            return cursor.nowhere();
        }
        p = cursor.symbol(p + 6);
        if (!isIdFirst) {
            p = readId(p);
        }
        if (!cursor.is(p, PRICE_KEY, KEY6)) {
            return cursor.nowhere();
        }
        p = readQuantities(p + 6, cursor.instrument());
        if (!cursor.is(p, FIRST_KEY, KEY6)) {
            return cursor.nowhere();
        }
        int idStart = p + 6;
        p = cursor.integer(idStart, idDigits);
        idDigits = p - idStart;
        scratch.put(FIRST_TRADE_ID, cursor.value());
        if (!cursor.is(p, LAST_KEY, KEY5)) {
            return cursor.nowhere();
        }
        p = cursor.integer(p + 5, idDigits);
        scratch.put(LAST_TRADE_ID, cursor.value());
        if (!cursor.is(p, T_KEY, KEY5)) {
            return cursor.nowhere();
        }
        p = cursor.time(p + 5);
        scratch.header(0, FRAME, LENGTH, cursor.instrument(), eventTimeMs, cursor.value());
        return readMaker(p);
    }

    private int readId(int p) {
        if (!cursor.is(p, ID_KEY, KEY5)) {
            return cursor.nowhere();
        }
        int end = cursor.integer(p + 5, aggIdDigits);
        aggIdDigits = end - p - 5;
        scratch.put(AGG_TRADE_ID, cursor.value());
        return end;
    }

    /** Reads price and quantities, to the closing quote of the last one. */
    private int readQuantities(int start, InstrumentSpec spec) {
        int p = ticks.of(spec.tick()).read(start);
        long priceTicks = ticks.value();
        if (!cursor.is(p, QTY_KEY, KEY7)) {
            return cursor.nowhere();
        }
        p = lots.of(spec.lot()).read(p + 7);
        long qtyLots = lots.value();
        if (priceTicks == 0 || qtyLots == 0) {
            return cursor.nowhere();
        }
        long normalQtyLots = AggTradeEncoder.normalQtyLotsNullValue();
        if (cursor.is(p, NORMAL_QTY_KEY, -1L)) {
            p = lots.read(p + 8);
            normalQtyLots = lots.value();
        }
        scratch.put(PRICE_TICKS, priceTicks);
        scratch.put(QTY_LOTS, qtyLots);
        scratch.put(NORMAL_QTY_LOTS, normalQtyLots);
        return p;
    }

    private int readMaker(int start) {
        if (!cursor.is(start, MAKER_KEY, KEY5)) {
            return cursor.nowhere();
        }
        int p = start + 5;
        boolean isMaker = cursor.is(p, TemplateKeys.TRUE, KEY4);
        if (!isMaker && !cursor.is(p, TemplateKeys.FALSE, KEY5)) {
            return cursor.nowhere();
        }
        scratch.put(BUYER_IS_MAKER, (isMaker ? BooleanType.YES : BooleanType.NO).value());
        return cursor.product(isMaker ? p + 4 : p + 5);
    }
}
