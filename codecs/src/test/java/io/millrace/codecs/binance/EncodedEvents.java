package io.millrace.codecs.binance;

import io.millrace.codecs.event.AggTradeDecoder;
import io.millrace.codecs.event.BookTickerDecoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.DecimalDecoder;
import io.millrace.codecs.event.DepthDiffDecoder;
import io.millrace.codecs.event.ForceOrderDecoder;
import io.millrace.codecs.event.KlineDecoder;
import io.millrace.codecs.event.MarkPriceDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.Ticker24hDecoder;
import io.millrace.codecs.event.TradeDecoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/** Reads encoded messages back through the generated decoders, in the words of {@link JacksonOracle}. */
final class EncodedEvents {
    private static final List<String> INTERVALS =
            List.of("1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "3d", "1w", "1M");

    private final int slotLength;
    private final MessageHeaderDecoder frame = new MessageHeaderDecoder();

    EncodedEvents(int slotLength) {
        this.slotLength = slotLength;
    }

    /** Reads all messages; the chunks of one update become one event. */
    List<Map<String, Object>> read(DirectBuffer buffer, int length) {
        List<Map<String, Object>> events = new ArrayList<>();
        int at = 0;
        while (at < length) {
            int messageLength = EventHeader.length(buffer, at);
            check(messageLength > 0 && messageLength <= slotLength, "length " + messageLength);
            boolean isFirst = EventFlags.isFirst(EventHeader.flags(buffer, at));
            boolean isLast = EventFlags.isLast(EventHeader.flags(buffer, at));
            Map<String, Object> event = readOne(buffer, at, messageLength);
            if (isFirst) {
                check(
                        events.isEmpty() || events.get(events.size() - 1).remove("open") == null,
                        "FIRST inside an update");
                events.add(event);
            } else {
                merge(events.get(events.size() - 1), event);
            }
            events.get(events.size() - 1).put("open", true);
            if (isLast) {
                events.get(events.size() - 1).remove("open");
            }
            at += messageLength;
        }
        check(at == length, "messages end at " + at + " of " + length);
        check(events.get(events.size() - 1).get("open") == null, "no LAST");
        return events;
    }

    @SuppressWarnings("unchecked")
    private static void merge(Map<String, Object> event, Map<String, Object> chunk) {
        for (String side : List.of("b", "a")) {
            ((List<Object>) event.get(side)).addAll((List<Object>) chunk.get(side));
        }
        for (String key : List.of("type", "instrument", "gridVersion", "E", "T", "U", "u", "pu")) {
            check(event.get(key).equals(chunk.get(key)), key + " differs between chunks");
        }
    }

    private static void check(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }

    private Map<String, Object> readOne(DirectBuffer buffer, int at, int length) {
        frame.wrap(buffer, at);
        int id = frame.templateId();
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("instrument", (long) EventHeader.instrumentId(buffer, at));
        event.put("gridVersion", (long) EventHeader.gridVersion(buffer, at));
        event.put("E", EventHeader.eventTimeMs(buffer, at));
        int read = switch (id) {
            case DepthDiffDecoder.TEMPLATE_ID -> depth(buffer, at, event);
            case BookTickerDecoder.TEMPLATE_ID -> bookTicker(buffer, at, event);
            case AggTradeDecoder.TEMPLATE_ID -> aggTrade(buffer, at, event);
            case TradeDecoder.TEMPLATE_ID -> trade(buffer, at, event);
            case MarkPriceDecoder.TEMPLATE_ID -> markPrice(buffer, at, event);
            case KlineDecoder.TEMPLATE_ID -> kline(buffer, at, event);
            case ForceOrderDecoder.TEMPLATE_ID -> forceOrder(buffer, at, event);
            case Ticker24hDecoder.TEMPLATE_ID -> ticker(buffer, at, event);
            default -> throw new AssertionError("template " + id);
        };
        check(read + 8 == length, "template " + id + " is " + (read + 8) + " bytes long, not " + length);
        return event;
    }

    private int depth(DirectBuffer buffer, int at, Map<String, Object> event) {
        DepthDiffDecoder d = new DepthDiffDecoder();
        d.wrapAndApplyHeader(buffer, at, frame);
        event.put("type", "depthUpdate");
        event.put("T", d.header().transactTimeMs());
        event.put("U", d.firstUpdateId());
        event.put("u", d.lastUpdateId());
        event.put("pu", d.prevUpdateId());
        List<List<Long>> bids = new ArrayList<>();
        for (DepthDiffDecoder.BidsDecoder level : d.bids()) {
            bids.add(List.of(level.priceTicks(), level.qtyLots()));
        }
        List<List<Long>> asks = new ArrayList<>();
        for (DepthDiffDecoder.AsksDecoder level : d.asks()) {
            asks.add(List.of(level.priceTicks(), level.qtyLots()));
        }
        event.put("b", bids);
        event.put("a", asks);
        return d.encodedLength();
    }

    private int bookTicker(DirectBuffer buffer, int at, Map<String, Object> event) {
        BookTickerDecoder d = new BookTickerDecoder();
        d.wrapAndApplyHeader(buffer, at, frame);
        event.put("type", "bookTicker");
        event.put("T", d.header().transactTimeMs());
        event.put("u", d.updateId());
        event.put("b", d.bidTicks());
        event.put("a", d.askTicks());
        event.put("B", d.bidLots());
        event.put("A", d.askLots());
        return d.encodedLength();
    }

    private int aggTrade(DirectBuffer buffer, int at, Map<String, Object> event) {
        AggTradeDecoder d = new AggTradeDecoder();
        d.wrapAndApplyHeader(buffer, at, frame);
        event.put("type", "aggTrade");
        event.put("T", d.header().transactTimeMs());
        event.put("a", d.aggTradeId());
        event.put("f", d.firstTradeId());
        event.put("l", d.lastTradeId());
        event.put("p", d.priceTicks());
        event.put("q", d.qtyLots());
        if (d.normalQtyLots() != AggTradeDecoder.normalQtyLotsNullValue()) {
            event.put("nq", d.normalQtyLots());
        }
        event.put("m", d.buyerIsMaker() == BooleanType.YES);
        return d.encodedLength();
    }

    private int trade(DirectBuffer buffer, int at, Map<String, Object> event) {
        TradeDecoder d = new TradeDecoder();
        d.wrapAndApplyHeader(buffer, at, frame);
        event.put("type", "trade");
        event.put("T", d.header().transactTimeMs());
        event.put("t", d.tradeId());
        event.put("p", d.priceTicks());
        event.put("q", d.qtyLots());
        event.put("m", d.buyerIsMaker() == BooleanType.YES);
        event.put("X", d.kind().name());
        return d.encodedLength();
    }

    private int markPrice(DirectBuffer buffer, int at, Map<String, Object> event) {
        MarkPriceDecoder d = new MarkPriceDecoder();
        d.wrapAndApplyHeader(buffer, at, frame);
        event.put("type", "markPriceUpdate");
        event.put("p", d.markPriceE8());
        event.put("i", d.indexPriceE8());
        event.put("P", d.settlePriceE8());
        if (d.averageMarkPriceE8() != MarkPriceDecoder.averageMarkPriceE8NullValue()) {
            event.put("ap", d.averageMarkPriceE8());
        }
        if (d.fundingRateE8() != MarkPriceDecoder.fundingRateE8NullValue()) {
            event.put("r", d.fundingRateE8());
        }
        event.put("T", d.nextFundingTimeMs());
        return d.encodedLength();
    }

    private int kline(DirectBuffer buffer, int at, Map<String, Object> event) {
        KlineDecoder d = new KlineDecoder();
        d.wrapAndApplyHeader(buffer, at, frame);
        event.put("type", "kline");
        event.put("t", d.openTimeMs());
        event.put("T", d.closeTimeMs());
        event.put("f", d.firstTradeId());
        event.put("L", d.lastTradeId());
        event.put("n", d.tradeCount());
        event.put("o", d.openE8());
        event.put("h", d.highE8());
        event.put("l", d.lowE8());
        event.put("c", d.closeE8());
        event.put("v", decimal(d.volume()));
        event.put("q", decimal(d.quoteVolume()));
        event.put("V", decimal(d.takerBuyVolume()));
        event.put("Q", decimal(d.takerBuyQuoteVolume()));
        event.put("i", INTERVALS.get(d.interval().value() - 1));
        event.put("x", d.closed() == BooleanType.YES);
        return d.encodedLength();
    }

    private int forceOrder(DirectBuffer buffer, int at, Map<String, Object> event) {
        ForceOrderDecoder d = new ForceOrderDecoder();
        d.wrapAndApplyHeader(buffer, at, frame);
        event.put("type", "forceOrder");
        event.put("T", d.header().transactTimeMs());
        event.put("p", d.priceTicks());
        event.put("ap", d.averagePriceE8());
        event.put("q", d.origQtyLots());
        event.put("l", d.lastFilledLots());
        event.put("z", d.filledLots());
        event.put("S", d.side().name());
        event.put("X", d.status().name());
        return d.encodedLength();
    }

    private int ticker(DirectBuffer buffer, int at, Map<String, Object> event) {
        Ticker24hDecoder d = new Ticker24hDecoder();
        d.wrapAndApplyHeader(buffer, at, frame);
        event.put("type", "24hrTicker");
        event.put("p", d.priceChangeE8());
        event.put("P", d.priceChangePercentE8());
        event.put("w", d.weightedAverageE8());
        event.put("c", d.lastPriceE8());
        event.put("o", d.openE8());
        event.put("h", d.highE8());
        event.put("l", d.lowE8());
        event.put("O", d.openTimeMs());
        event.put("C", d.closeTimeMs());
        event.put("F", d.firstTradeId());
        event.put("L", d.lastTradeId());
        event.put("n", d.tradeCount());
        event.put("Q", decimal(d.lastQty()));
        event.put("v", decimal(d.volume()));
        event.put("q", decimal(d.quoteVolume()));
        return d.encodedLength();
    }

    private static BigDecimal decimal(DecimalDecoder d) {
        return BigDecimal.valueOf(d.mantissa(), -d.exponent()).stripTrailingZeros();
    }
}
