package io.millrace.engine.bars;

import io.millrace.codecs.event.AggTradeDecoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.TradeDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.Streams;
import org.agrona.DirectBuffer;

/**
 * Reads Trade and AggTrade events and hands them to the bars of their instrument: single trades where that stream is
 * subscribed, else aggregate ones. A trade whose id is not above the last one is the same again; aggregate ids that leave a
 * gap mean trades were lost. (Ids of single trades have gaps of the venue's own.)
 */
final class TradeBars {
    private final TradeDecoder trade = new TradeDecoder();
    private final AggTradeDecoder aggTrade = new AggTradeDecoder();

    void apply(DirectBuffer event, int offset, InstrumentBars bars) {
        boolean isSingle = EventHeader.templateId(event, offset) == TradeDecoder.TEMPLATE_ID;
        boolean isSingleWanted = (bars.spec().streams() & Streams.bit(Streams.TRADE)) != 0;
        if (isSingle != isSingleWanted || bars.grid().tickE8() == 0) {
            return;
        }
        if (EventHeader.gridVersion(event, offset) != bars.spec().gridVersion()) {
            bars.counters().refused++;
            return;
        }
        int blockLength = EventHeader.blockLength(event, offset);
        int version = EventHeader.version(event, offset);
        if (isSingle) {
            trade.wrap(event, offset + 8, blockLength, version);
            if (bars.isNextTrade(trade.tradeId())) {
                boolean isTakerBuy = trade.buyerIsMaker() == BooleanType.NO;
                take(event, offset, bars, false);
                add(bars, trade.priceTicks(), trade.qtyLots(), 1, isTakerBuy);
            }
        } else {
            aggTrade.wrap(event, offset + 8, blockLength, version);
            long lastId = bars.lastTradeId();
            long id = aggTrade.aggTradeId();
            if (bars.isNextTrade(id)) {
                boolean isTakerBuy = aggTrade.buyerIsMaker() == BooleanType.NO;
                take(event, offset, bars, lastId >= 0 && id > lastId + 1);
                long count = aggTrade.lastTradeId() - aggTrade.firstTradeId() + 1;
                add(bars, aggTrade.priceTicks(), aggTrade.qtyLots(), Math.max(1, count), isTakerBuy);
            }
        }
    }

    private boolean isTaken;

    private void take(DirectBuffer event, int offset, InstrumentBars bars, boolean hasGap) {
        long timeMs = EventHeader.transactTimeMs(event, offset);
        long eventTimeMs = EventHeader.eventTimeMs(event, offset);
        long receiveNs = EventHeader.ingressNs(event, offset);
        isTaken = bars.moveTo(timeMs > 0 ? timeMs : eventTimeMs, hasGap, eventTimeMs, receiveNs);
        if (isTaken) {
            bars.builder().stamp(eventTimeMs, receiveNs);
        }
    }

    private void add(InstrumentBars bars, long priceTicks, long qtyLots, long count, boolean isTakerBuy) {
        if (isTaken) {
            bars.builder().onTrade(priceTicks, priceTicks * bars.grid().tickE8(), qtyLots, count, isTakerBuy);
        }
    }
}
