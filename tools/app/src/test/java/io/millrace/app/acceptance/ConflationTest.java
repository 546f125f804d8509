package io.millrace.app.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.binance.InstrumentCodec;
import io.millrace.codecs.event.BookState;
import io.millrace.codecs.event.BookTickerEncoder;
import io.millrace.codecs.event.ContractType;
import io.millrace.codecs.event.DepthDiffEncoder;
import io.millrace.codecs.event.DepthSnapshotEncoder;
import io.millrace.codecs.event.InstrumentStatus;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.TradeDecoder;
import io.millrace.codecs.event.TradeEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.Streams;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.book.BookReport;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.status.CounterIds;
import io.millrace.gateway.marketdata.Conflator;
import io.millrace.gateway.marketdata.FeedCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two engines on the same market: one takes every event at once, the other's events wait, and are merged while they do, whenever
 * chance says so. Where both books are live at the same update, they are the same.
 */
class ConflationTest {
    private static final int INSTRUMENTS = 3;
    private static final int SLOT_LENGTH = 1024;
    private static final int CHUNK_LEVELS = 40;

    /** What an instrument's book truly is. */
    private static final class Truth {
        private final TreeMap<Long, Long> bids = new TreeMap<>();
        private final TreeMap<Long, Long> asks = new TreeMap<>();
        private long updateId = 10;
    }

    private final UnsafeBuffer event = new UnsafeBuffer(new byte[256 * 1024]);
    private final MessageHeaderEncoder frame = new MessageHeaderEncoder();
    private final List<Truth> truths = new ArrayList<>();
    private final List<Long> trades = new ArrayList<>();
    private final List<Long> tradesTaken = new ArrayList<>();
    private final Conflator conflator = new Conflator(SLOT_LENGTH, 1 << 14);
    private final FeedCounters counters = new FeedCounters();
    private final Engine plain = engine();
    private final Engine pressed = engine();
    private long ingressNs = 1_795_262_400_000_000_000L;
    private long comparisons;

    private static Engine engine() {
        return new Engine(new EngineContext().slotLength(SLOT_LENGTH).isJournaled(false));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldLeadToTheSameBooksWhateverWasMerged(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        for (int id = 0; id < INSTRUMENTS; id++) {
            define(id);
            truths.add(new Truth());
        }
        boolean isPressed = false;
        for (int step = 0; step < 3_000; step++) {
            isPressed = random.nextInt(60) == 0 ? !isPressed : isPressed;
            step(random, random.nextInt(INSTRUMENTS), isPressed);
            if (!isPressed) {
                drain(random.nextInt(1, 8));
            }
            compare(seed, step);
        }
        drain(Integer.MAX_VALUE);
        for (int id = 0; id < INSTRUMENTS; id++) {
            // A gap makes both start anew, and both come to where the market is.
            truths.get(id).updateId += 5;
            diff(random, id, 3, true, false);
            snapshot(id);
            diff(random, id, 3, true, false);
        }
        compare(seed, -1);
        for (int id = 0; id < INSTRUMENTS; id++) {
            assertEquals(BookState.LIVE, report(plain, id).state(), "seed " + seed);
            assertEquals(report(plain, id).lastUpdateId(), report(pressed, id).lastUpdateId(), "seed " + seed);
            assertEquals(0, report(pressed, id).tickers().mismatched(), "seed " + seed);
            assertEquals(0, report(plain, id).tickers().mismatched(), "seed " + seed);
        }
        assertEquals(trades, tradesTaken, "seed " + seed);
        assertTrue(comparisons > 500, comparisons + " comparisons, seed " + seed);
        assertTrue(conflator.mergedDiffs() > 200, conflator.mergedDiffs() + " merged, seed " + seed);
        assertTrue(conflator.replacedTickers() > 20, conflator.replacedTickers() + " replaced, seed " + seed);
        assertTrue(pressed.counters().get(CounterIds.MARKET_CONFLATED) > 20, "seed " + seed);
        assertEquals(0, plain.counters().get(CounterIds.MARKET_CONFLATED));
    }

    private void step(SplittableRandom random, int id, boolean isPressed) throws Exception {
        ingressNs += 1 + random.nextInt(2_000_000);
        switch (random.nextInt(20)) {
            case 0 -> {
                if (random.nextInt(4) == 0) {
                    // Lost on the way to both.
                    move(random, truths.get(id), 2);
                    truths.get(id).updateId += 2;
                }
            }
            case 1 -> snapshot(id);
            case 2, 3, 4, 5 -> {
                trades.add((long) trades.size());
                TradeEncoder trade = new TradeEncoder();
                trade.wrapAndApplyHeader(event, 0, frame)
                        .tradeId(trades.size() - 1L)
                        .priceTicks(500)
                        .qtyLots(1);
                send(finish(id, 0, trade.limit(), EventFlags.WHOLE), isPressed);
            }
            case 6, 7, 8 -> ticker(id, isPressed);
            case 9 -> diff(random, id, random.nextInt(60, 200), !isPressed, random.nextInt(4) == 0);
            default -> diff(random, id, random.nextInt(1, 8), !isPressed, random.nextInt(12) == 0);
        }
    }

    /** Changes levels and returns what changed, a side a list: bids below 1,000 ticks, asks above, some of both always there. */
    private static List<Map<Long, Long>> move(SplittableRandom random, Truth truth, int levels) {
        Map<Long, Long> bids = new TreeMap<>();
        Map<Long, Long> asks = new TreeMap<>();
        for (int i = 0; i < levels; i++) {
            boolean isBid = random.nextBoolean();
            long lots = random.nextInt(3) == 0 ? 0 : random.nextLong(1, 100);
            long away = 1L + random.nextInt(200);
            (isBid ? bids : asks).put(isBid ? 1_000 - away : 1_000 + away, lots);
        }
        bids.put(500L, random.nextLong(1, 100));
        asks.put(1_500L, random.nextLong(1, 100));
        apply(truth.bids, bids);
        apply(truth.asks, asks);
        return List.of(bids, asks);
    }

    private static void apply(Map<Long, Long> side, Map<Long, Long> changes) {
        changes.forEach((ticks, lots) -> {
            if (lots == 0) {
                side.remove(ticks);
            } else {
                side.put(ticks, lots);
            }
        });
    }

    private void diff(SplittableRandom random, int id, int levels, boolean isAtOnce, boolean isTwice) throws Exception {
        Truth truth = truths.get(id);
        List<Map<Long, Long>> changed = move(random, truth, levels);
        long prev = truth.updateId;
        truth.updateId += 1 + random.nextInt(3);
        int length = 0;
        List<long[]> all = new ArrayList<>();
        changed.get(0).forEach((ticks, lots) -> all.add(new long[] {0, ticks, lots}));
        changed.get(1).forEach((ticks, lots) -> all.add(new long[] {1, ticks, lots}));
        for (int from = 0; from < all.size(); from += CHUNK_LEVELS) {
            List<long[]> chunk = all.subList(from, Math.min(all.size(), from + CHUNK_LEVELS));
            int flags = (from == 0 ? EventFlags.FIRST : 0) | (from + CHUNK_LEVELS >= all.size() ? EventFlags.LAST : 0);
            DepthDiffEncoder diff = new DepthDiffEncoder();
            diff.wrapAndApplyHeader(event, length, frame)
                    .firstUpdateId(prev + 1)
                    .lastUpdateId(truth.updateId)
                    .prevUpdateId(prev);
            List<long[]> bids = chunk.stream().filter(level -> level[0] == 0).toList();
            List<long[]> asks = chunk.stream().filter(level -> level[0] == 1).toList();
            DepthDiffEncoder.BidsEncoder bidGroup = diff.bidsCount(bids.size());
            bids.forEach(level -> bidGroup.next().priceTicks(level[1]).qtyLots(level[2]));
            DepthDiffEncoder.AsksEncoder askGroup = diff.asksCount(asks.size());
            asks.forEach(level -> askGroup.next().priceTicks(level[1]).qtyLots(level[2]));
            length = finish(id, length, diff.limit(), flags);
        }
        for (int i = 0; i < (isTwice ? 2 : 1); i++) {
            send(length, !isAtOnce);
        }
    }

    private void ticker(int id, boolean isPressed) throws Exception {
        Truth truth = truths.get(id);
        if (truth.bids.isEmpty() || truth.asks.isEmpty()) {
            return;
        }
        BookTickerEncoder ticker = new BookTickerEncoder();
        ticker.wrapAndApplyHeader(event, 0, frame)
                .updateId(truth.updateId)
                .bidTicks(truth.bids.lastKey())
                .bidLots(truth.bids.lastEntry().getValue())
                .askTicks(truth.asks.firstKey())
                .askLots(truth.asks.firstEntry().getValue());
        send(finish(id, 0, ticker.limit(), EventFlags.WHOLE), isPressed);
    }

    /** An answer of REST: goes in front of what waits. */
    private void snapshot(int id) throws Exception {
        Truth truth = truths.get(id);
        int length = 0;
        List<Map.Entry<Long, Long>> bids = List.copyOf(truth.bids.entrySet());
        List<Map.Entry<Long, Long>> asks = List.copyOf(truth.asks.entrySet());
        int most = Math.max(bids.size(), asks.size());
        for (int from = 0; from < most; from += CHUNK_LEVELS / 2) {
            int to = from + CHUNK_LEVELS / 2;
            DepthSnapshotEncoder snapshot = new DepthSnapshotEncoder();
            snapshot.wrapAndApplyHeader(event, length, frame)
                    .lastUpdateId(truth.updateId)
                    .commandId(0);
            List<Map.Entry<Long, Long>> some = bids.subList(Math.min(from, bids.size()), Math.min(to, bids.size()));
            DepthSnapshotEncoder.BidsEncoder bidGroup = snapshot.bidsCount(some.size());
            some.forEach(level -> bidGroup.next().priceTicks(level.getKey()).qtyLots(level.getValue()));
            some = asks.subList(Math.min(from, asks.size()), Math.min(to, asks.size()));
            DepthSnapshotEncoder.AsksEncoder askGroup = snapshot.asksCount(some.size());
            some.forEach(level -> askGroup.next().priceTicks(level.getKey()).qtyLots(level.getValue()));
            int flags = (from == 0 ? EventFlags.FIRST : 0) | (to >= most ? EventFlags.LAST : 0);
            length = finish(id, length, snapshot.limit(), flags);
        }
        if (length > 0) {
            apply(plain, event, length);
            apply(pressed, event, length);
        }
    }

    private void define(int id) throws Exception {
        InstrumentSpec spec = new InstrumentSpec(
                id,
                0,
                "SYM" + id,
                Grid.parse("0.1"),
                Grid.parse("0.001"),
                InstrumentSpec.Limits.NONE,
                ContractType.PERPETUAL,
                InstrumentStatus.TRADING,
                0,
                0,
                id,
                Streams.bit(Streams.DEPTH) | Streams.bit(Streams.BOOK_TICKER) | Streams.bit(Streams.TRADE));
        int length = InstrumentCodec.encode(spec, event, 0, ingressNs);
        apply(plain, event, length);
        apply(pressed, event, length);
    }

    private int finish(int id, int at, int end, int flags) {
        EventHeader.length(event, at, end - at);
        EventHeader.flags(event, at, flags);
        EventHeader.producer(event, at, Producers.MARKET);
        EventHeader.instrumentId(event, at, id);
        EventHeader.gridVersion(event, at, 0);
        EventHeader.connectionId(event, at, 1);
        EventHeader.eventTimeMs(event, at, ingressNs / 1_000_000);
        EventHeader.transactTimeMs(event, at, ingressNs / 1_000_000);
        EventHeader.ingressNs(event, at, ingressNs);
        return end;
    }

    private void send(int length, boolean isPressed) throws Exception {
        apply(plain, event, length);
        if (isPressed || !conflator.isEmpty()) {
            conflator.add(event, length, counters);
        } else {
            take(event, length);
        }
    }

    private void drain(int most) throws Exception {
        for (int i = 0; i < most && !conflator.isEmpty(); i++) {
            int length = conflator.firstLength();
            take(conflator.first(), length);
            conflator.removeFirst();
        }
    }

    private void take(DirectBuffer range, int length) throws Exception {
        if (EventHeader.templateId(range, 0) == TradeDecoder.TEMPLATE_ID) {
            tradesTaken.add(new TradeDecoder()
                    .wrap(range, 8, EventHeader.blockLength(range, 0), EventHeader.version(range, 0))
                    .tradeId());
        }
        apply(pressed, range, length);
    }

    private static void apply(Engine engine, DirectBuffer range, int length) throws Exception {
        assertEquals(Inlet.ACCEPTED, engine.marketInlet().offer(range, 0, length));
        while (!engine.isDrained()) {
            for (int id = 0; id < StageIds.COUNT; id++) {
                engine.stageAgent(id).doWork();
            }
            engine.outputs().poll((sequence, buffer, offset, bytes) -> {}, 256);
        }
    }

    private static BookReport report(Engine engine, int id) {
        return engine.bookStage().reports().get(id);
    }

    /** Compares the books that are live at the same update. */
    private void compare(long seed, int step) {
        for (int id = 0; id < INSTRUMENTS; id++) {
            BookReport one = report(plain, id);
            BookReport other = report(pressed, id);
            if (one.state() == BookState.LIVE
                    && other.state() == BookState.LIVE
                    && one.lastUpdateId() == other.lastUpdateId()) {
                String what = one.symbol() + " at step " + step + ", seed " + seed;
                assertEquals(
                        plain.bookStage().book(id).hash(),
                        pressed.bookStage().book(id).hash(),
                        what);
                assertEquals(one.bidLevels(), other.bidLevels(), what);
                assertEquals(one.askLevels(), other.askLevels(), what);
                comparisons++;
            }
        }
    }
}
