package io.millrace.engine.bars;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codecs.event.BarsHistoryDecoder;
import io.millrace.codecs.event.BarsHistoryDecoder.BarsDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.engine.pipeline.SlotContext;
import org.agrona.DirectBuffer;

/** Reads BarsHistory events and hands their bars, those that are closed by now, to the bars of their instrument. */
final class HistoryReader {
    private static final int GROUP_HEADER_LENGTH = 8;
    private static final int WORDS = 9;

    private final BarsHistoryDecoder history = new BarsHistoryDecoder();
    private final ClosedBar bar = new ClosedBar();

    void apply(SlotContext slot, InstrumentBars bars, long nowMs) {
        DirectBuffer event = slot.buffer();
        int offset = slot.offset();
        history.wrap(event, offset + 8, EventHeader.blockLength(event, offset), EventHeader.version(event, offset));
        Timeframe timeframe = Timeframe.of(history.interval());
        int volumeExponent = history.volumeExponent();
        int quoteExponent = history.quoteExponent();
        int group = offset + 8 + EventHeader.blockLength(event, offset);
        int end = offset + slot.length();
        boolean isReadable = timeframe != null
                && Decimals.isExponent(volumeExponent)
                && Decimals.isExponent(quoteExponent)
                && group + GROUP_HEADER_LENGTH <= end;
        if (!isReadable) {
            bars.counters().refused++;
            return;
        }
        int stride = event.getShort(group, LITTLE_ENDIAN) & 0xFFFF;
        int count = event.getShort(group + 2, LITTLE_ENDIAN) & 0xFFFF;
        int at = group + GROUP_HEADER_LENGTH;
        long receiveNs = EventHeader.ingressNs(event, offset);
        for (int i = 0; i < count && stride >= WORDS * Long.BYTES && at + stride <= end; i++) {
            read(event, at, volumeExponent, quoteExponent);
            long endMs = bar.openMs + timeframe.lengthMs();
            bar.times(endMs, nowMs, receiveNs);
            if (endMs <= nowMs) {
                bars.onClosed(timeframe, bar);
            }
            at += stride;
        }
    }

    private void read(DirectBuffer event, int at, int volumeExponent, int quoteExponent) {
        bar.openMs = word(event, at, BarsDecoder.openTimeMsEncodingOffset());
        bar.openE8 = word(event, at, BarsDecoder.openE8EncodingOffset());
        bar.highE8 = word(event, at, BarsDecoder.highE8EncodingOffset());
        bar.lowE8 = word(event, at, BarsDecoder.lowE8EncodingOffset());
        bar.closeE8 = word(event, at, BarsDecoder.closeE8EncodingOffset());
        long trades = word(event, at, BarsDecoder.tradeCountEncodingOffset());
        bar.trades = (int) Math.max(-1, Math.min(Integer.MAX_VALUE, trades));
        bar.volume = Decimals.toDouble(word(event, at, BarsDecoder.volumeEncodingOffset()), volumeExponent);
        bar.quoteVolume = Decimals.toDouble(word(event, at, BarsDecoder.quoteVolumeEncodingOffset()), quoteExponent);
        bar.takerBuyVolume =
                Decimals.toDouble(word(event, at, BarsDecoder.takerBuyVolumeEncodingOffset()), volumeExponent);
        bar.source = ClosedBar.HISTORY;
    }

    private static long word(DirectBuffer event, int at, int field) {
        return event.getLong(at + field, LITTLE_ENDIAN);
    }
}
