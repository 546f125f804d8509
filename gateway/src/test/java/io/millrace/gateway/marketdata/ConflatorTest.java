package io.millrace.gateway.marketdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.binance.DepthMerge;
import io.millrace.codecs.event.BookTickerDecoder;
import io.millrace.codecs.event.BookTickerEncoder;
import io.millrace.codecs.event.DepthDiffDecoder;
import io.millrace.codecs.event.DepthDiffEncoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.TradeDecoder;
import io.millrace.codecs.event.TradeEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.testing.AllocationWindows;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ConflatorTest {
    private static final int SLOT_LENGTH = 512;
    /** Levels that fit one slot beside headers and ids. */
    private static final int CHUNK_LEVELS = (SLOT_LENGTH - 88) / 16;

    private final MessageHeaderEncoder frame = new MessageHeaderEncoder();
    private final DepthDiffEncoder diff = new DepthDiffEncoder();
    private final BookTickerEncoder ticker = new BookTickerEncoder();
    private final TradeEncoder trade = new TradeEncoder();
    private final UnsafeBuffer event = new UnsafeBuffer(new byte[64 * 1024]);
    private final FeedCounters counters = new FeedCounters();
    private final Conflator conflator = new Conflator(SLOT_LENGTH, 64);
    private long ingressNs = 1_000;
    private long random;
    private long taken;

    /** Adds a diff of one bid and one ask. */
    private void diff(int id, long first, long last, long prev, long ticks, long lots) {
        diff.wrapAndApplyHeader(event, 0, frame)
                .firstUpdateId(first)
                .lastUpdateId(last)
                .prevUpdateId(prev);
        diff.bidsCount(1).next().priceTicks(ticks).qtyLots(lots);
        diff.asksCount(1).next().priceTicks(ticks + 10).qtyLots(lots + 1);
        add(id, diff.limit());
    }

    private void bids(int id, long updateId, long fromTicks, int count) {
        diff.wrapAndApplyHeader(event, 0, frame)
                .firstUpdateId(updateId)
                .lastUpdateId(updateId)
                .prevUpdateId(updateId - 1);
        DepthDiffEncoder.BidsEncoder bids = diff.bidsCount(count);
        for (int i = 0; i < count; i++) {
            bids.next().priceTicks(fromTicks + i).qtyLots(updateId);
        }
        diff.asksCount(0);
        add(id, diff.limit());
    }

    private void ticker(int id, long updateId) {
        ticker.wrapAndApplyHeader(event, 0, frame).updateId(updateId).bidTicks(updateId);
        add(id, ticker.limit());
    }

    private void trade(int id, long tradeId) {
        trade.wrapAndApplyHeader(event, 0, frame).tradeId(tradeId);
        add(id, trade.limit());
    }

    private void add(int id, int length) {
        EventHeader.length(event, 0, length);
        EventHeader.flags(event, 0, EventFlags.WHOLE);
        EventHeader.producer(event, 0, Producers.MARKET);
        EventHeader.instrumentId(event, 0, id);
        EventHeader.gridVersion(event, 0, 0);
        EventHeader.connectionId(event, 0, 1);
        EventHeader.ingressNs(event, 0, ingressNs++);
        conflator.add(event, length, counters);
    }

    /** Takes everything off and describes it. */
    private List<String> drain() {
        List<String> all = new ArrayList<>();
        while (!conflator.isEmpty()) {
            int length = conflator.firstLength();
            DirectBuffer first = conflator.first();
            int template = EventHeader.templateId(first, 0);
            String what = EventHeader.instrumentId(first, 0) + " ";
            if (template == TradeDecoder.TEMPLATE_ID) {
                what += "trade "
                        + new TradeDecoder()
                                .wrapAndApplyHeader(first, 0, new MessageHeaderDecoder())
                                .tradeId();
            } else if (template == BookTickerDecoder.TEMPLATE_ID) {
                what += "ticker "
                        + new BookTickerDecoder()
                                .wrapAndApplyHeader(first, 0, new MessageHeaderDecoder())
                                .updateId();
            } else {
                what += describe(first, length);
            }
            boolean isConflated = EventFlags.isConflated(EventHeader.flags(first, 0));
            all.add(isConflated ? what + " conflated" : what);
            conflator.removeFirst();
        }
        return all;
    }

    /** As {@code U..u after pu bids [ticks x lots] asks [...]}; checks what the chunks have in common. */
    private static String describe(DirectBuffer range, int length) {
        StringBuilder bids = new StringBuilder();
        StringBuilder asks = new StringBuilder();
        String ids = "";
        for (int at = 0; at < length; at += EventHeader.length(range, at)) {
            assertTrue(EventHeader.length(range, at) <= SLOT_LENGTH, "a slot takes it");
            int flags = EventHeader.flags(range, at);
            assertEquals(at == 0, EventFlags.isFirst(flags));
            assertEquals(at + EventHeader.length(range, at) == length, EventFlags.isLast(flags));
            DepthDiffDecoder chunk = new DepthDiffDecoder().wrapAndApplyHeader(range, at, new MessageHeaderDecoder());
            ids = chunk.firstUpdateId() + ".." + chunk.lastUpdateId() + " after " + chunk.prevUpdateId();
            for (DepthDiffDecoder.BidsDecoder level : chunk.bids()) {
                bids.append(level.priceTicks())
                        .append('x')
                        .append(level.qtyLots())
                        .append(' ');
            }
            for (DepthDiffDecoder.AsksDecoder level : chunk.asks()) {
                asks.append(level.priceTicks())
                        .append('x')
                        .append(level.qtyLots())
                        .append(' ');
            }
        }
        return ids + " bids " + bids.toString().trim() + " asks "
                + asks.toString().trim();
    }

    @Test
    void shouldMakeOneOfDiffsThatFollowOnEachOther() {
        diff(3, 5, 8, 4, 100, 7);
        diff(4, 5, 8, 4, 100, 7);
        diff(3, 9, 12, 8, 101, 2);
        diff(3, 13, 13, 12, 100, 0);
        assertEquals(2, conflator.size());
        assertEquals(2, conflator.mergedDiffs());
        conflator.firstLength();
        assertEquals(1_003, EventHeader.ingressNs(conflator.first(), 0), "as old as its newest part");
        assertEquals(
                List.of(
                        "3 5..13 after 4 bids 100x0 101x2 asks 110x1 111x3 conflated",
                        "4 5..8 after 4 bids 100x7 asks 110x8"),
                drain());
    }

    @Test
    void shouldShowTheGapAndPassOnWhatWasSeenAlready() {
        diff(3, 5, 8, 4, 100, 1);
        diff(3, 11, 12, 10, 101, 2);
        diff(3, 5, 8, 4, 100, 1);
        diff(3, 13, 14, 12, 101, 3);
        assertEquals(
                List.of(
                        "3 5..8 after 4 bids 100x1 asks 110x2",
                        "3 11..14 after 10 bids 101x3 asks 111x4 conflated",
                        "3 5..8 after 4 bids 100x1 asks 110x2"),
                drain());
    }

    @Test
    void shouldNotMixGrids() {
        diff(3, 5, 8, 4, 100, 1);
        ticker(3, 9);
        EventHeader.gridVersion(event, 0, 1);
        conflator.add(event, EventHeader.length(event, 0), counters);
        assertEquals(3, conflator.size());
        assertEquals(0, conflator.replacedTickers());
    }

    @Test
    void shouldKeepTradesAndTheirOrderAndTheNewestTickerInTheFirstOnesPlace() {
        trade(3, 1);
        ticker(3, 10);
        trade(3, 2);
        ticker(4, 11);
        ticker(3, 15);
        ticker(3, 14);
        trade(4, 3);
        trade(3, 4);
        assertEquals(2, conflator.replacedTickers());
        assertEquals(
                List.of("3 trade 1", "3 ticker 15 conflated", "3 trade 2", "4 ticker 11", "4 trade 3", "3 trade 4"),
                drain());
        ticker(3, 16);
        assertEquals(List.of("3 ticker 16"), drain());
    }

    @Test
    void shouldCutLongMergesAndBeginAnotherBeforeTheyAreTooLong() {
        int most = DepthMerge.MAX_LEVELS / CHUNK_LEVELS;
        for (int i = 0; i < most + 3; i++) {
            bids(3, 1 + i, 1_000L + (long) i * CHUNK_LEVELS, CHUNK_LEVELS);
        }
        assertEquals(2, conflator.size());
        List<String> all = drain();
        assertTrue(all.get(0).startsWith("3 1.."), all.get(0).substring(0, 40));
        String last =
                all.get(0).substring(all.get(0).indexOf("..") + 2, all.get(0).indexOf(" after"));
        assertTrue(all.get(1).startsWith("3 " + (Long.parseLong(last) + 1) + ".." + (most + 3) + " after " + last));
        assertEquals(
                (most + 3L) * CHUNK_LEVELS,
                all.stream()
                        .mapToLong(text -> text.chars().filter(c -> c == 'x').count())
                        .sum());
    }

    @Test
    void shouldSayWhenItIsFull() {
        for (int i = 0; i < 64; i++) {
            assertFalse(conflator.isFull());
            trade(3, i);
        }
        assertTrue(conflator.isFull());
        assertThrows(IllegalStateException.class, () -> trade(3, 64));
        conflator.removeFirst();
        assertFalse(conflator.isFull());
    }

    @Test
    void shouldAllocateNothing() throws Exception {
        long[] updateIds = new long[8];
        AllocationWindows.assertNothing("2,000 events that wait", () -> {
            // The same seed in each window: no window is longer than those before.
            random = 17;
            for (int i = 0; i < 2_000; i++) {
                int id = next(updateIds.length);
                int kind = next(4);
                if (conflator.isFull() || next(20) == 0) {
                    take(next(64));
                } else if (kind == 0) {
                    trade(id, i);
                } else if (kind == 1) {
                    ticker(id, i);
                } else {
                    long last = updateIds[id]++;
                    diff(id, last + 1, last + 1, last, 100 + next(500), i);
                }
            }
            take(Integer.MAX_VALUE);
        });
        assertTrue(taken > 0);
        assertTrue(conflator.mergedDiffs() > 100 && conflator.replacedTickers() > 100);
    }

    private int next(int bound) {
        random = random * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
        return (int) (random >>> 33) % bound;
    }

    private void take(int count) {
        for (int i = 0; i < count && !conflator.isEmpty(); i++) {
            taken += conflator.firstLength() + EventHeader.flags(conflator.first(), 0);
            conflator.removeFirst();
        }
    }
}
