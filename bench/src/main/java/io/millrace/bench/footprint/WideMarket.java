package io.millrace.bench.footprint;

import io.millrace.codecs.binance.InstrumentCodec;
import io.millrace.codecs.binance.MarketDecoder;
import io.millrace.codecs.binance.SnapshotReader;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.ContractType;
import io.millrace.codecs.event.InstrumentStatus;
import io.millrace.codecs.event.KlineEncoder;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.RunStartedEncoder;
import io.millrace.codecs.event.StreamState;
import io.millrace.codecs.event.StreamStatusEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.codecs.value.Streams;
import io.millrace.engine.bars.Timeframe;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Events of a made-up market with as many instruments as the venue has, the first of them with depth. Each method encodes into the same
 * buffer and returns the length. The same calls give the same events.
 */
final class WideMarket {
    /** Instruments. */
    static final int INSTRUMENTS = 648;
    /** Of them so many have full depth and trades. */
    static final int DEEP = 64;

    static final int SLOT_LENGTH = 1024;
    private static final int LEVELS = 1_000;
    private static final long TICK_E8 = 10_000_000L;
    private static final long FIRST_TICKS = 50_000;
    private static final int WIDE_STREAMS =
            Streams.bit(Streams.BOOK_TICKER) | Streams.bit(Streams.MARK_PRICE) | Streams.bit(Streams.KLINE);
    private static final int DEEP_STREAMS = Streams.bit(Streams.DEPTH) | Streams.bit(Streams.AGG_TRADE);

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1 << 16);
    private final MessageHeaderEncoder frame = new MessageHeaderEncoder();
    private final KlineEncoder kline = new KlineEncoder();
    private final InstrumentTable table = new InstrumentTable();
    private final MarketDecoder decoder;
    private final long[] ticks = new long[INSTRUMENTS * Timeframe.COUNT];
    private long seed = 42;
    private long nowNs = 1_767_571_200_000_000_000L;

    WideMarket() {
        Arrays.fill(ticks, FIRST_TICKS);
        for (int id = 0; id < INSTRUMENTS; id++) {
            table.put(spec(id));
        }
        decoder = new MarketDecoder(table, SLOT_LENGTH);
    }

    private static InstrumentSpec spec(int id) {
        return new InstrumentSpec(
                id,
                0,
                "S" + id + "USDT",
                Grid.parse("0.10"),
                Grid.parse("0.001"),
                InstrumentSpec.Limits.NONE,
                ContractType.PERPETUAL,
                InstrumentStatus.TRADING,
                0,
                0,
                id,
                id < DEEP ? WIDE_STREAMS | DEEP_STREAMS : WIDE_STREAMS);
    }

    DirectBuffer buffer() {
        return buffer;
    }

    /** Moves ingress time of what comes next. */
    void passNs(long ns) {
        nowNs += ns;
    }

    int definition(int id) {
        return InstrumentCodec.encode(spec(id), buffer, 0, nowNs);
    }

    int runStarted() {
        RunStartedEncoder encoder = new RunStartedEncoder()
                .wrapAndApplyHeader(buffer, 0, frame)
                .runEpoch(1)
                .lastInputSequence(-1)
                .lastOutputIndex(-1)
                .build("")
                .configuration("");
        return finish(EventHeader.NO_INSTRUMENT, encoder.limit(), Producers.SYSTEM, 0);
    }

    /** Depth and trades of the first instruments are up. */
    int subscribed() {
        StreamStatusEncoder encoder = new StreamStatusEncoder().wrapAndApplyHeader(buffer, 0, frame);
        encoder.state(StreamState.SUBSCRIBED);
        buffer.putShort(encoder.offset() + StreamStatusEncoder.streamsEncodingOffset(), (short) DEEP_STREAMS);
        StreamStatusEncoder.InstrumentsEncoder group = encoder.instrumentsCount(DEEP);
        for (int id = 0; id < DEEP; id++) {
            group.next().instrumentId(id);
        }
        return finish(EventHeader.NO_INSTRUMENT, encoder.limit(), Producers.MARKET, 0);
    }

    /** The last kline of a bar that follows the one before by the walk of this instrument and timeframe. */
    int kline(int id, Timeframe timeframe, long openMs) {
        int walk = id * Timeframe.COUNT + timeframe.index();
        long open = ticks[walk];
        long close = Math.max(100, open + next(41) - 20);
        long high = Math.max(open, close) + next(12);
        long low = Math.max(1, Math.min(open, close) - next(12));
        ticks[walk] = close;
        long lots = 1 + next(100_000);
        kline.wrapAndApplyHeader(buffer, 0, frame)
                .openTimeMs(openMs)
                .closeTimeMs(openMs + timeframe.lengthMs() - 1)
                .firstTradeId(-1)
                .lastTradeId(-1)
                .openE8(open * TICK_E8)
                .highE8(high * TICK_E8)
                .lowE8(low * TICK_E8)
                .closeE8(close * TICK_E8)
                .tradeCount(1 + next(500))
                .interval(timeframe.interval())
                .closed(BooleanType.YES);
        kline.volume().mantissa(lots).exponent((byte) -3);
        kline.quoteVolume().mantissa(lots * (high + low) / 2).exponent((byte) -4);
        kline.takerBuyVolume().mantissa(lots / 2).exponent((byte) -3);
        kline.takerBuyQuoteVolume().mantissa(0).exponent((byte) 0);
        return finish(id, kline.limit(), Producers.MARKET, openMs + timeframe.lengthMs());
    }

    int bookTicker(int id, long updateId) {
        long bid = FIRST_TICKS + next(20);
        return decode(
                "bookTicker",
                "\"u\":" + updateId + ",\"s\":\"S" + id + "USDT\",\"b\":\"" + price(bid) + "\",\"B\":\"1.500\",\"a\":\""
                        + price(bid + 1) + "\",\"A\":\"2.100\",\"T\":1767571200000");
    }

    int markPrice(int id) {
        return decode(
                "markPriceUpdate",
                "\"s\":\"S" + id + "USDT\",\"p\":\"5000.10000000\",\"ap\":\"5000.10000000\",\"i\":\"5001.20000000\","
                        + "\"P\":\"5000.00000000\",\"r\":\"0.00010000\",\"T\":1767600000000,\"st\":1");
    }

    int aggTrade(int id, long tradeId) {
        return decode(
                "aggTrade",
                "\"s\":\"S" + id + "USDT\",\"a\":" + tradeId + ",\"p\":\"" + price(FIRST_TICKS + next(20))
                        + "\",\"q\":\"0.412\"," + "\"nq\":\"0.400\",\"f\":" + tradeId + ",\"l\":" + tradeId
                        + ",\"T\":1767571200000,\"m\":" + (next(2) == 0) + ",\"st\":1");
    }

    /** The first diff behind a snapshot of update id 1000: it changes one far level a side. */
    int depth(int id) {
        return decode(
                "depthUpdate",
                "\"T\":1767571200000,\"s\":\"S" + id + "USDT\",\"U\":1000,\"u\":1001,\"pu\":999,\"b\":[[\""
                        + price(FIRST_TICKS - 7) + "\",\"3.000\"]],\"a\":[[\"" + price(FIRST_TICKS + 40)
                        + "\",\"3.000\"]],\"st\":1");
    }

    /** A full snapshot, 1,000 levels a side. */
    int snapshot(int id) {
        StringBuilder json =
                new StringBuilder("{\"lastUpdateId\":1000,\"E\":1767571200000,\"T\":1767571200000,\"bids\":[");
        for (int i = 0; i < LEVELS; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("[\"")
                    .append(price(FIRST_TICKS - i))
                    .append("\",\"1.")
                    .append(100 + next(899))
                    .append("\"]");
        }
        json.append("],\"asks\":[");
        for (int i = 0; i < LEVELS; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("[\"")
                    .append(price(FIRST_TICKS + 30 + i))
                    .append("\",\"1.")
                    .append(100 + next(899))
                    .append("\"]");
        }
        byte[] body = json.append("]}").toString().getBytes(StandardCharsets.US_ASCII);
        return new SnapshotReader().encode(body, spec(id), 0, nowNs, SLOT_LENGTH, buffer);
    }

    private int decode(String type, String fields) {
        String text = "{\"stream\":\"s\",\"data\":{\"e\":\"" + type + "\",\"E\":1767571200000," + fields + "}}";
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        int length = decoder.decode(new UnsafeBuffer(bytes), 0, bytes.length, 1, nowNs);
        if (length <= 0) {
            throw new IllegalStateException("made-up frame was not decoded: " + text);
        }
        buffer.putBytes(0, decoder.encoded(), 0, length);
        return length;
    }

    private static String price(long ticks) {
        return ticks / 10 + "." + ticks % 10 + "0";
    }

    private long next(int bound) {
        seed = seed * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
        return (seed >>> 33) % bound;
    }

    private int finish(int id, int length, int producer, long eventTimeMs) {
        EventHeader.length(buffer, 0, length);
        EventHeader.flags(buffer, 0, EventFlags.WHOLE);
        EventHeader.producer(buffer, 0, producer);
        EventHeader.instrumentId(buffer, 0, id);
        EventHeader.gridVersion(buffer, 0, 0);
        EventHeader.connectionId(buffer, 0, 1);
        EventHeader.eventTimeMs(buffer, 0, eventTimeMs);
        EventHeader.transactTimeMs(buffer, 0, 0);
        EventHeader.ingressNs(buffer, 0, nowNs);
        return length;
    }
}
