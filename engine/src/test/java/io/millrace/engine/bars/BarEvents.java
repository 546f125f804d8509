package io.millrace.engine.bars;

import io.millrace.codecs.binance.InstrumentCodec;
import io.millrace.codecs.event.AggTradeEncoder;
import io.millrace.codecs.event.BarsHistoryEncoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.ClockTickEncoder;
import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.CommandOutcomeEncoder;
import io.millrace.codecs.event.ContractType;
import io.millrace.codecs.event.FetchBarsEncoder;
import io.millrace.codecs.event.InstrumentStatus;
import io.millrace.codecs.event.KlineEncoder;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.OutcomeReason;
import io.millrace.codecs.event.RunStartedEncoder;
import io.millrace.codecs.event.StreamState;
import io.millrace.codecs.event.StreamStatusEncoder;
import io.millrace.codecs.event.TradeEncoder;
import io.millrace.codecs.event.TradeKind;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.Streams;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes events for tests of bars, each in an array of its own. Ticks are 0.1, lots 0.001. */
public final class BarEvents {
    public static final long MINUTE = 60_000;
    /** 2026-01-05 00:00 UTC, a Monday. */
    public static final long START_MS = 1_767_571_200_000L;

    public static final int KLINE_BIT = Streams.bit(Streams.KLINE);
    static final int TRADE_BIT = Streams.bit(Streams.TRADE);
    static final int AGG_BIT = Streams.bit(Streams.AGG_TRADE);

    /** One bar as a test writes it: prices in ticks, volumes in lots. */
    public record Candle(
            long openMs,
            long open,
            long high,
            long low,
            long close,
            long lots,
            long takerLots,
            long trades,
            long value) {
        public static Candle flat(long openMs, long ticks) {
            return new Candle(openMs, ticks, ticks, ticks, ticks, 0, 0, 0, 0);
        }

        /** A candle with some movement that a number decides. */
        public static Candle of(long openMs, long ticks, long seed) {
            long lots = 1L + Math.floorMod(seed * 31, 1000);
            return new Candle(
                    openMs,
                    ticks,
                    ticks + 5,
                    ticks - 4,
                    ticks + Math.floorMod(seed, 7) - 3,
                    lots,
                    lots / 3,
                    4,
                    lots * ticks);
        }
    }

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8 * 1024]);
    private final MessageHeaderEncoder frame = new MessageHeaderEncoder();
    /** Ingress time of what is encoded next; the venue's is the same. */
    public long nowMs = START_MS;

    public byte[] definition(int id, int priority, int streams) {
        return definition(id, priority, streams, "SYM" + id);
    }

    byte[] definition(int id, int priority, int streams, String symbol) {
        InstrumentSpec spec = new InstrumentSpec(
                id,
                0,
                symbol,
                Grid.parse("0.1"),
                Grid.parse("0.001"),
                InstrumentSpec.Limits.NONE,
                ContractType.PERPETUAL,
                InstrumentStatus.TRADING,
                0,
                0,
                priority,
                streams);
        int length = InstrumentCodec.encode(spec, buffer, 0, nowMs * 1_000_000);
        byte[] message = new byte[length];
        buffer.getBytes(0, message);
        return message;
    }

    public byte[] kline(int id, Timeframe timeframe, Candle candle, boolean isClosed) {
        KlineEncoder encoder = new KlineEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, frame)
                .openTimeMs(candle.openMs())
                .closeTimeMs(candle.openMs() + timeframe.lengthMs() - 1)
                .firstTradeId(-1)
                .lastTradeId(-1)
                .openE8(e8(candle.open()))
                .highE8(e8(candle.high()))
                .lowE8(e8(candle.low()))
                .closeE8(e8(candle.close()))
                .tradeCount(candle.trades())
                .interval(timeframe.interval())
                .closed(isClosed ? BooleanType.YES : BooleanType.NO);
        encoder.volume().mantissa(candle.lots()).exponent((byte) -3);
        encoder.quoteVolume().mantissa(candle.value()).exponent((byte) -4);
        encoder.takerBuyVolume().mantissa(candle.takerLots()).exponent((byte) -3);
        encoder.takerBuyQuoteVolume().mantissa(0).exponent((byte) 0);
        return finish(id, encoder.limit(), EventFlags.WHOLE, nowMs, 0);
    }

    byte[] trade(int id, long tradeId, long ticks, long lots, boolean isTakerBuy, long timeMs) {
        TradeEncoder encoder = new TradeEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, frame)
                .tradeId(tradeId)
                .priceTicks(ticks)
                .qtyLots(lots)
                .buyerIsMaker(isTakerBuy ? BooleanType.NO : BooleanType.YES)
                .kind(TradeKind.ABSENT);
        return finish(id, encoder.limit(), EventFlags.WHOLE, nowMs, timeMs);
    }

    byte[] aggTrade(int id, long aggId, long ticks, long lots, boolean isTakerBuy, long timeMs) {
        AggTradeEncoder encoder = new AggTradeEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, frame)
                .aggTradeId(aggId)
                .firstTradeId(aggId)
                .lastTradeId(aggId)
                .priceTicks(ticks)
                .qtyLots(lots)
                .normalQtyLots(AggTradeEncoder.normalQtyLotsNullValue())
                .buyerIsMaker(isTakerBuy ? BooleanType.NO : BooleanType.YES);
        return finish(id, encoder.limit(), EventFlags.WHOLE, nowMs, timeMs);
    }

    public byte[] tick() {
        ClockTickEncoder encoder = new ClockTickEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, frame).tick(1);
        return finish(EventHeader.NO_INSTRUMENT, encoder.limit(), EventFlags.WHOLE, 0, 0);
    }

    public byte[] runStarted() {
        RunStartedEncoder encoder = new RunStartedEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, frame)
                .runEpoch(2)
                .lastInputSequence(1)
                .lastOutputIndex(1)
                .build("")
                .configuration("");
        return finish(EventHeader.NO_INSTRUMENT, encoder.limit(), EventFlags.WHOLE, 0, 0);
    }

    byte[] status(StreamState state, int streams, int... ids) {
        StreamStatusEncoder encoder = new StreamStatusEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, frame).state(state);
        buffer.putShort(8 + StreamStatusEncoder.streamsEncodingOffset(), (short) streams, ByteOrder.LITTLE_ENDIAN);
        StreamStatusEncoder.InstrumentsEncoder group = encoder.instrumentsCount(ids.length);
        for (int id : ids) {
            group.next().instrumentId(id);
        }
        return finish(EventHeader.NO_INSTRUMENT, encoder.limit(), EventFlags.WHOLE, 0, 0);
    }

    byte[] history(int id, Timeframe timeframe, long commandId, int flags, List<Candle> candles) {
        BarsHistoryEncoder encoder = new BarsHistoryEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, frame)
                .commandId(commandId)
                .startTimeMs(0)
                .endTimeMs(0)
                .reserved(0)
                .volumeExponent((byte) -3)
                .quoteExponent((byte) -4)
                .interval(timeframe.interval())
                .reserved8((short) 0);
        BarsHistoryEncoder.BarsEncoder group = encoder.barsCount(candles.size());
        for (Candle candle : candles) {
            group.next()
                    .openTimeMs(candle.openMs())
                    .openE8(e8(candle.open()))
                    .highE8(e8(candle.high()))
                    .lowE8(e8(candle.low()))
                    .closeE8(e8(candle.close()))
                    .tradeCount(candle.trades())
                    .volume(candle.lots())
                    .quoteVolume(candle.value())
                    .takerBuyVolume(candle.takerLots());
        }
        return finish(id, encoder.limit(), flags, 0, 0);
    }

    public byte[] outcome(int id, long commandId, CommandOutcomeCode code, long retryAtNs) {
        return outcome(id, commandId, code, retryAtNs, FetchBarsEncoder.TEMPLATE_ID);
    }

    public byte[] outcome(int id, long commandId, CommandOutcomeCode code, long retryAtNs, int templateId) {
        CommandOutcomeEncoder encoder = new CommandOutcomeEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, frame)
                .commandId(commandId)
                .retryAtNs(retryAtNs)
                .venueCode(0)
                .httpStatus(0)
                .commandTemplateId(templateId)
                .outcome(code)
                .reason(OutcomeReason.NONE);
        return finish(id, encoder.limit(), EventFlags.WHOLE, 0, 0);
    }

    static long e8(long ticks) {
        return ticks * 10_000_000L;
    }

    private byte[] finish(int id, int length, int flags, long eventTimeMs, long transactTimeMs) {
        EventHeader.length(buffer, 0, length);
        EventHeader.flags(buffer, 0, flags);
        EventHeader.producer(buffer, 0, Producers.MARKET);
        EventHeader.instrumentId(buffer, 0, id);
        EventHeader.gridVersion(buffer, 0, 0);
        EventHeader.connectionId(buffer, 0, 1);
        EventHeader.eventTimeMs(buffer, 0, eventTimeMs);
        EventHeader.transactTimeMs(buffer, 0, transactTimeMs);
        EventHeader.ingressNs(buffer, 0, nowMs * 1_000_000);
        byte[] message = new byte[length];
        buffer.getBytes(0, message);
        return message;
    }
}
