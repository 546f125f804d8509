package io.millrace.codecs.binance;

import io.millrace.codecs.event.AggTradeEncoder;
import io.millrace.codecs.event.BookTickerEncoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.DecimalEncoder;
import io.millrace.codecs.event.DecodeReason;
import io.millrace.codecs.event.ForceOrderEncoder;
import io.millrace.codecs.event.Interval;
import io.millrace.codecs.event.KlineEncoder;
import io.millrace.codecs.event.MarkPriceEncoder;
import io.millrace.codecs.event.OrderStatus;
import io.millrace.codecs.event.Side;
import io.millrace.codecs.event.Ticker24hEncoder;
import io.millrace.codecs.event.TradeEncoder;
import io.millrace.codecs.event.TradeKind;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.InstrumentSpec;
import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of one event, in whatever order they stood, and writes the event's message. One method per type of event;
 * each returns the message's length. Whether all fields were good is for the caller to ask the {@link DecodeFailure}.
 */
final class EventWriter {
    private static final byte[][] KINDS = texts("MARKET", "INSURANCE_FUND", "NA");
    private static final byte[][] SIDES = texts("BUY", "SELL");
    private static final byte[][] STATUSES = texts("NEW", "PARTIALLY_FILLED", "FILLED", "CANCELED", "EXPIRED");
    private static final byte[][] INTERVALS =
            texts("1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "3d", "1w", "1M");
    private static final TradeKind[] KIND_VALUES = {TradeKind.MARKET, TradeKind.INSURANCE_FUND, TradeKind.NA};
    /** Interval values are numbered from 1 in the order of the texts. */
    private static final int FIRST_INTERVAL = 1;

    private static final OrderStatus[] STATUS_VALUES = {
        OrderStatus.NEW, OrderStatus.PARTIALLY_FILLED, OrderStatus.FILLED, OrderStatus.CANCELED, OrderStatus.EXPIRED
    };

    private final FieldReader fields;
    private final DecodeFailure failure;
    private final EventScratch scratch;
    private final BookTickerEncoder bookTicker = new BookTickerEncoder();
    private final AggTradeEncoder aggTrade = new AggTradeEncoder();
    private final TradeEncoder trade = new TradeEncoder();
    private final MarkPriceEncoder markPrice = new MarkPriceEncoder();
    private final KlineEncoder kline = new KlineEncoder();
    private final ForceOrderEncoder forceOrder = new ForceOrderEncoder();
    private final Ticker24hEncoder ticker24h = new Ticker24hEncoder();

    EventWriter(FieldReader fields, DecodeFailure failure, EventScratch scratch) {
        this.fields = fields;
        this.failure = failure;
        this.scratch = scratch;
    }

    static byte[][] texts(String... texts) {
        byte[][] bytes = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            bytes[i] = texts[i].getBytes(StandardCharsets.US_ASCII);
        }
        return bytes;
    }

    int bookTicker(int at, InstrumentSpec spec) {
        int length = start(at, BookTickerEncoder.TEMPLATE_ID, BookTickerEncoder.BLOCK_LENGTH, spec, fields.count('T'));
        long bidTicks = fields.ticks('b', spec);
        long bidLots = fields.lots('B', spec);
        long askTicks = fields.ticks('a', spec);
        long askLots = fields.lots('A', spec);
        if (bidTicks == 0 && bidLots != 0) {
            outOfRange('b');
        }
        if (askTicks == 0 && askLots != 0) {
            outOfRange('a');
        }
        bookTicker
                .wrap(scratch.buffer(), at + 8)
                .updateId(fields.count('u'))
                .bidTicks(bidTicks)
                .bidLots(bidLots)
                .askTicks(askTicks)
                .askLots(askLots);
        return length;
    }

    int aggTrade(int at, InstrumentSpec spec) {
        int length = start(at, AggTradeEncoder.TEMPLATE_ID, AggTradeEncoder.BLOCK_LENGTH, spec, fields.count('T'));
        boolean hasNormalQty = fields.has(FieldTable.NQ);
        aggTrade.wrap(scratch.buffer(), at + 8)
                .aggTradeId(fields.count('a'))
                .firstTradeId(fields.count('f'))
                .lastTradeId(fields.count('l'))
                .priceTicks(positive('p', fields.ticks('p', spec)))
                .qtyLots(positive('q', fields.lots('q', spec)))
                .normalQtyLots(
                        hasNormalQty ? fields.lots(FieldTable.NQ, spec) : AggTradeEncoder.normalQtyLotsNullValue())
                .buyerIsMaker(bool(fields.bool('m')));
        return length;
    }

    /** Writes a trade; returns 0 for the venue's rows without price or quantity, which are no trades. */
    int trade(int at, InstrumentSpec spec) {
        int length = start(at, TradeEncoder.TEMPLATE_ID, TradeEncoder.BLOCK_LENGTH, spec, fields.count('T'));
        long priceTicks = fields.ticks('p', spec);
        long qtyLots = fields.lots('q', spec);
        trade.wrap(scratch.buffer(), at + 8)
                .tradeId(fields.count('t'))
                .priceTicks(priceTicks)
                .qtyLots(qtyLots)
                .buyerIsMaker(bool(fields.bool('m')))
                .kind(kind());
        return priceTicks == 0 || qtyLots == 0 ? 0 : length;
    }

    private TradeKind kind() {
        int slot = FieldTable.slot('X');
        if (!fields.has(slot)) {
            return TradeKind.ABSENT;
        }
        int start = fields.text(slot);
        int index = start < 0 ? -1 : fields.indexOf(start, KINDS);
        return index < 0 ? TradeKind.OTHER : KIND_VALUES[index];
    }

    int markPrice(int at, InstrumentSpec spec) {
        int length = start(at, MarkPriceEncoder.TEMPLATE_ID, MarkPriceEncoder.BLOCK_LENGTH, spec, 0);
        int rate = FieldTable.slot('r');
        markPrice
                .wrap(scratch.buffer(), at + 8)
                .markPriceE8(fields.e8(FieldTable.slot('p')))
                .indexPriceE8(fields.e8(FieldTable.slot('i')))
                .settlePriceE8(fields.e8(FieldTable.slot('P')))
                .averageMarkPriceE8(
                        fields.has(FieldTable.AP)
                                ? fields.e8(FieldTable.AP)
                                : MarkPriceEncoder.averageMarkPriceE8NullValue())
                .fundingRateE8(
                        fields.isEmptyText(rate) ? MarkPriceEncoder.fundingRateE8NullValue() : fields.signedE8(rate))
                .nextFundingTimeMs(fields.count('T'));
        return length;
    }

    /** Writes a bar; the fields are those of the inner object, the event's time is given. */
    int kline(int at, InstrumentSpec spec, long eventTimeMs) {
        int length = EventHeader.BODY_OFFSET - 40 + KlineEncoder.BLOCK_LENGTH;
        scratch.header(
                at,
                EventScratch.frame(KlineEncoder.TEMPLATE_ID, KlineEncoder.BLOCK_LENGTH),
                length,
                spec,
                eventTimeMs,
                0);
        kline.wrap(scratch.buffer(), at + 8)
                .openTimeMs(fields.count('t'))
                .closeTimeMs(fields.count('T'))
                .firstTradeId(fields.integer(FieldTable.slot('f')))
                .lastTradeId(fields.integer(FieldTable.slot('L')))
                .openE8(fields.e8(FieldTable.slot('o')))
                .highE8(fields.e8(FieldTable.slot('h')))
                .lowE8(fields.e8(FieldTable.slot('l')))
                .closeE8(fields.e8(FieldTable.slot('c')))
                .tradeCount(fields.count('n'))
                .interval(interval())
                .closed(bool(fields.bool('x')));
        decimal(kline.volume(), 'v');
        decimal(kline.quoteVolume(), 'q');
        decimal(kline.takerBuyVolume(), 'V');
        decimal(kline.takerBuyQuoteVolume(), 'Q');
        return length;
    }

    private Interval interval() {
        int start = fields.text(FieldTable.slot('i'));
        int index = start < 0 ? 0 : fields.indexOf(start, INTERVALS);
        if (index < 0) {
            failure.fail(DecodeReason.BAD_ENUM, start);
            return Interval.NULL_VAL;
        }
        return Interval.get((short) (FIRST_INTERVAL + index));
    }

    /** Writes a liquidation order; the fields are those of the inner object, the event's time is given. */
    int forceOrder(int at, InstrumentSpec spec, long eventTimeMs) {
        int length = EventHeader.BODY_OFFSET - 40 + ForceOrderEncoder.BLOCK_LENGTH;
        scratch.header(
                at,
                EventScratch.frame(ForceOrderEncoder.TEMPLATE_ID, ForceOrderEncoder.BLOCK_LENGTH),
                length,
                spec,
                eventTimeMs,
                fields.count('T'));
        forceOrder
                .wrap(scratch.buffer(), at + 8)
                .priceTicks(fields.ticks('p', spec))
                .averagePriceE8(fields.e8(FieldTable.AP))
                .origQtyLots(fields.lots('q', spec))
                .lastFilledLots(fields.lots('l', spec))
                .filledLots(fields.lots('z', spec))
                .side(side())
                .status(status());
        return length;
    }

    private Side side() {
        int start = fields.text(FieldTable.slot('S'));
        int index = start < 0 ? 0 : fields.indexOf(start, SIDES);
        if (index < 0) {
            failure.fail(DecodeReason.BAD_ENUM, start);
        }
        return index == 0 ? Side.BUY : Side.SELL;
    }

    private OrderStatus status() {
        int start = fields.text(FieldTable.slot('X'));
        int index = start < 0 ? -1 : fields.indexOf(start, STATUSES);
        return index < 0 ? OrderStatus.OTHER : STATUS_VALUES[index];
    }

    int ticker24h(int at, InstrumentSpec spec) {
        int length = start(at, Ticker24hEncoder.TEMPLATE_ID, Ticker24hEncoder.BLOCK_LENGTH, spec, 0);
        ticker24h
                .wrap(scratch.buffer(), at + 8)
                .priceChangeE8(fields.signedE8(FieldTable.slot('p')))
                .priceChangePercentE8(fields.signedE8(FieldTable.slot('P')))
                .weightedAverageE8(fields.e8(FieldTable.slot('w')))
                .lastPriceE8(fields.e8(FieldTable.slot('c')))
                .openE8(fields.e8(FieldTable.slot('o')))
                .highE8(fields.e8(FieldTable.slot('h')))
                .lowE8(fields.e8(FieldTable.slot('l')))
                .openTimeMs(fields.count('O'))
                .closeTimeMs(fields.count('C'))
                .firstTradeId(fields.integer(FieldTable.slot('F')))
                .lastTradeId(fields.integer(FieldTable.slot('L')))
                .tradeCount(fields.count('n'));
        decimal(ticker24h.lastQty(), 'Q');
        decimal(ticker24h.volume(), 'v');
        decimal(ticker24h.quoteVolume(), 'q');
        return length;
    }

    /** Writes the header of an event whose time is its own field E. */
    private int start(int at, int templateId, int blockLength, InstrumentSpec spec, long transactTimeMs) {
        int length = 8 + blockLength;
        scratch.header(
                at, EventScratch.frame(templateId, blockLength), length, spec, fields.count('E'), transactTimeMs);
        return length;
    }

    private void decimal(DecimalEncoder target, char key) {
        if (fields.decimal(key)) {
            target.mantissa(fields.numbers().mantissa())
                    .exponent((byte) -fields.numbers().scale());
        }
    }

    private long positive(char key, long value) {
        if (value == 0) {
            outOfRange(key);
        }
        return value;
    }

    private void outOfRange(char key) {
        int start = fields.require(FieldTable.slot(key));
        if (start >= 0) {
            failure.fail(DecodeReason.OUT_OF_RANGE, start);
        }
    }

    private static BooleanType bool(boolean value) {
        return value ? BooleanType.YES : BooleanType.NO;
    }
}
