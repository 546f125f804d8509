package io.millrace.app.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.binance.InstrumentCodec;
import io.millrace.codecs.binance.MarketDecoder;
import io.millrace.codecs.event.ContractType;
import io.millrace.codecs.event.InstrumentStatus;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.codecs.value.Streams;
import io.millrace.engine.bars.BarSeries;
import io.millrace.engine.bars.BarSettings;
import io.millrace.engine.bars.BarsPart;
import io.millrace.engine.bars.ClosedBar;
import io.millrace.engine.bars.IndicatorPlan;
import io.millrace.engine.bars.InstrumentBars;
import io.millrace.engine.bars.Timeframe;
import io.millrace.engine.instrument.InstrumentDirectory;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.pipeline.StageRegions;
import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.synthetic.SyntheticMarket;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.venue.SymbolSpec;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * The simulated exchange's own streams, in virtual time, made into bars four ways: from klines of one minute, from trades, from
 * aggregate trades, and taken as klines of each length.
 */
class BarAgreementTest {
    private static final long SEED = 20260105;
    /** 2026-01-05 02:58:40 UTC: the market begins within a minute, and whole hours follow. */
    private static final long START_MS = 1_767_581_920_000L;

    private static final int SYMBOLS = 2;
    private static final int MINUTES = 70;
    private static final Timeframe[] COMPARED = {Timeframe.M1, Timeframe.M5, Timeframe.M15, Timeframe.H1};

    /** Bars of all symbols from some streams. */
    private static final class Maker implements FrameSink {
        private final InstrumentDirectory directory = new InstrumentDirectory();
        private final BarsPart bars = new BarsPart(directory, BarSettings.defaults(), IndicatorPlan.none());
        private final InstrumentTable table = new InstrumentTable();
        private final MarketDecoder decoder = new MarketDecoder(table, 1024);
        private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
        private final StageRegions book = new StageRegions(64, 8, 0);
        private final SlotContext slot = new SlotContext(StageIds.STRATEGY, new StageRegions(64, 8, 0), book);
        private final Set<StreamKind> wanted;
        private long sequence;
        private long nowNs;

        Maker(SyntheticMarket market, int stream, Set<StreamKind> wanted) {
            this.wanted = wanted;
            for (int i = 0; i < market.symbols().size(); i++) {
                SymbolSpec symbol = market.symbols().get(i);
                InstrumentSpec spec = new InstrumentSpec(
                        i,
                        0,
                        symbol.symbol(),
                        symbol.tick(),
                        symbol.lot(),
                        InstrumentSpec.Limits.NONE,
                        ContractType.PERPETUAL,
                        InstrumentStatus.TRADING,
                        0,
                        0,
                        i,
                        Streams.bit(stream));
                table.put(spec);
                UnsafeBuffer message = new UnsafeBuffer(new byte[InstrumentCodec.MAX_LENGTH]);
                apply(message, 0, InstrumentCodec.encode(spec, message, 0, START_MS * 1_000_000));
            }
        }

        @Override
        public boolean isWanted(int symbol, StreamKind kind) {
            return wanted.contains(kind);
        }

        @Override
        public void onFrame(int symbol, StreamKind kind, byte[] payload, int length) {
            if (!wanted.contains(kind)) {
                return;
            }
            frame.wrap(payload, 0, length);
            int result = decoder.decode(frame, 0, length, 1, nowNs);
            assertTrue(result > 0, "decoding " + kind + " gave " + result);
            DirectBuffer encoded = decoder.encoded();
            for (int at = 0; at < decoder.encodedLength(); at += EventHeader.length(encoded, at)) {
                apply(encoded, at, EventHeader.length(encoded, at));
            }
        }

        private void apply(DirectBuffer event, int offset, int length) {
            book.buffer()
                    .putLong(
                            book.offsetOf(sequence) + StageRegions.ENGINE_NS_OFFSET,
                            Math.max(nowNs, EventHeader.ingressNs(event, offset)));
            slot.moveTo(sequence, sequence, event, offset, length);
            sequence++;
            directory.onEvent(slot);
            bars.onEvent(slot);
        }
    }

    /** Hands each frame to whoever wants it. */
    private record Fan(List<Maker> makers) implements FrameSink {
        @Override
        public boolean isWanted(int symbol, StreamKind kind) {
            for (Maker maker : makers) {
                if (maker.isWanted(symbol, kind)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void onFrame(int symbol, StreamKind kind, byte[] payload, int length) {
            for (Maker maker : makers) {
                maker.onFrame(symbol, kind, payload, length);
            }
        }
    }

    @Test
    void shouldMakeTheSameBarsFromKlinesTradesAndShorterBars() {
        SyntheticMarket market = new SyntheticMarket(
                SyntheticSettings.of(SYMBOLS, SEED).withEventsPerSecond(10).withDepthTicks(20), START_MS * 1_000_000);
        Maker klines = new Maker(market, Streams.KLINE, Set.of(StreamKind.KLINE_1M));
        Maker trades = new Maker(market, Streams.TRADE, Set.of(StreamKind.TRADE));
        Maker aggregates = new Maker(market, Streams.AGG_TRADE, Set.of(StreamKind.AGG_TRADE));
        Maker longer = new Maker(
                market, Streams.KLINE, Set.of(StreamKind.KLINE_5M, StreamKind.KLINE_15M, StreamKind.KLINE_1H));
        Fan fan = new Fan(List.of(klines, trades, aggregates, longer));
        for (long ms = 0; ms <= MINUTES * 60_000L; ms += 500) {
            long nowNs = (START_MS + ms) * 1_000_000;
            for (Maker maker : fan.makers()) {
                maker.nowNs = nowNs;
            }
            while (market.advance(nowNs, 10_000, fan) > 0) {
                // All of it.
            }
        }
        for (int id = 0; id < SYMBOLS; id++) {
            for (Timeframe timeframe : COMPARED) {
                int least = (int) (60_000L * 60 / timeframe.lengthMs());
                assertSame(klines.bars.of(id), trades.bars.of(id), timeframe, least);
                assertSame(klines.bars.of(id), aggregates.bars.of(id), timeframe, least);
                if (timeframe != Timeframe.M1) {
                    assertSame(klines.bars.of(id), longer.bars.of(id), timeframe, least);
                }
            }
        }
    }

    private static void assertSame(InstrumentBars one, InstrumentBars other, Timeframe timeframe, int least) {
        BarSeries a = one.series(timeframe);
        BarSeries b = other.series(timeframe);
        String what = "instrument " + one.instrumentId() + " " + timeframe + " seed " + SEED;
        assertNotNull(a, what);
        assertNotNull(b, what);
        ClosedBar x = new ClosedBar();
        ClosedBar y = new ClosedBar();
        int compared = 0;
        long fromMs = Math.max(a.oldestMs(), b.oldestMs());
        long toMs = Math.min(a.newestMs(), b.newestMs());
        for (long at = fromMs; at <= toMs; at += timeframe.lengthMs()) {
            if (at < START_MS) {
                // Began before the streams did: only a kline of its own length knows all of it.
                continue;
            }
            assertTrue(a.hasAt(at) && b.hasAt(at), what + " lacks " + at);
            a.copyAt(at, x);
            b.copyAt(at, y);
            assertEquals(text(x), text(y), what);
            assertEquals(x.quoteVolume(), y.quoteVolume(), 1e-12 * x.quoteVolume(), what);
            compared++;
        }
        assertTrue(compared >= least, what + ": " + compared + " bars compared, " + least + " expected");
        assertEquals(0, one.counters().differences() + other.counters().differences(), what);
    }

    private static String text(ClosedBar bar) {
        return bar.openMs() + " " + bar.openE8() + " " + bar.highE8() + " " + bar.lowE8() + " " + bar.closeE8() + " "
                + bar.volume() + " " + bar.takerBuyVolume() + " " + bar.trades();
    }
}
