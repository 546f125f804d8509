package io.millrace.engine.bars;

import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.DecimalDecoder;
import io.millrace.codecs.event.KlineDecoder;
import io.millrace.codecs.message.EventHeader;
import org.agrona.DirectBuffer;

/** Reads Kline events and hands them to the bars of their instrument. */
final class KlineReader {
    private final KlineDecoder kline = new KlineDecoder();
    private final ClosedBar bar = new ClosedBar();

    void apply(DirectBuffer event, int offset, InstrumentBars bars) {
        kline.wrap(event, offset + 8, EventHeader.blockLength(event, offset), EventHeader.version(event, offset));
        Timeframe timeframe = Timeframe.of(kline.interval());
        long eventTimeMs = EventHeader.eventTimeMs(event, offset);
        if (timeframe == null) {
            return;
        }
        if (!read() || isOfTheFuture(eventTimeMs) || bar.openMs % timeframe.lengthMs() != 0) {
            bars.counters().refused++;
            return;
        }
        long receiveNs = EventHeader.ingressNs(event, offset);
        if (kline.closed() == BooleanType.YES) {
            bars.onFinal(timeframe, bar, eventTimeMs, receiveNs);
        } else if (timeframe == Timeframe.M1 && !bars.isOfTrades()) {
            bars.onRunning(bar, eventTimeMs, receiveNs);
        }
    }

    private boolean isOfTheFuture(long eventTimeMs) {
        return eventTimeMs > 0 && bar.openMs > eventTimeMs + Timeframe.M1.lengthMs();
    }

    /** Reads the bar; returns whether it can be one. */
    private boolean read() {
        bar.openMs = kline.openTimeMs();
        bar.openE8 = kline.openE8();
        bar.highE8 = kline.highE8();
        bar.lowE8 = kline.lowE8();
        bar.closeE8 = kline.closeE8();
        bar.trades = (int) Math.max(-1, Math.min(Integer.MAX_VALUE, kline.tradeCount()));
        bar.volume = value(kline.volume());
        bar.quoteVolume = value(kline.quoteVolume());
        bar.takerBuyVolume = value(kline.takerBuyVolume());
        return bar.isSound();
    }

    private static double value(DecimalDecoder decimal) {
        int exponent = decimal.exponent();
        return Decimals.isExponent(exponent) ? Decimals.toDouble(decimal.mantissa(), exponent) : Double.NaN;
    }
}
