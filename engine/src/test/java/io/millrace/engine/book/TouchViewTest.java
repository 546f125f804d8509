package io.millrace.engine.book;

import static io.millrace.engine.book.StageHarness.DEPTH_BIT;
import static io.millrace.engine.book.StageHarness.TICKER_BIT;
import static io.millrace.engine.book.StageHarness.levels;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.StreamState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TouchViewTest {
    private static final int ID = 1;

    private final StageHarness harness = new StageHarness();

    @Test
    void shouldTakeTickerAsTouchOfInstrumentWithoutDepth() {
        harness.apply(harness.events.definition(ID, 0, TICKER_BIT));
        harness.ticker(ID, 5, 100, 1, 101, 2);

        MarketView view = harness.view(ID);
        assertEquals(SyncState.NONE, view.state());
        assertEquals(MarketView.TOUCH_TICKER, view.touchSource());
        assertEquals(100, view.bidTicks());
        assertEquals(2, view.askLots());
        assertEquals(5, view.touchUpdateId());
        assertEquals(0, view.topCount(OrderBook.BID));
    }

    @Test
    void shouldShowNewerTickerAndHideBetterLevelsUntilDiffsCatchUp() {
        harness.live(ID);
        harness.ticker(ID, 12, 99, 7, 102, 8);

        MarketView view = harness.view(ID);
        assertEquals(MarketView.TOUCH_TICKER, view.touchSource());
        assertEquals(99, view.bidTicks());
        assertEquals(7, view.bidLots());
        assertEquals(102, view.askTicks());
        assertEquals(8, view.askLots());
        assertEquals(12, view.touchUpdateId());
        assertEquals(10, view.lastUpdateId());
        assertEquals(98, view.topTicks(OrderBook.BID, 1));
        assertEquals(7 + 5, view.lotsOf5(OrderBook.BID));

        harness.bid(ID, 11, 97, 3);
        view = harness.view(ID);
        assertEquals(99, view.bidTicks());
        assertEquals(7 + 5 + 3, view.lotsOf20(OrderBook.BID));
        assertEquals(99 * 7 + 98 * 5 + 97 * 3, view.valueOf20(OrderBook.BID));

        harness.diff(ID, 12, 12, 11, levels(100, 0, 99, 7), levels(101, 0, 102, 8));
        view = harness.view(ID);
        assertEquals(MarketView.TOUCH_DEPTH, view.touchSource());
        assertEquals(99, view.bidTicks());
        assertEquals(1, harness.report(ID).tickers().matched());
    }

    @Test
    void shouldChangeOneQuantityWhenTickerNamesTheSamePrice() {
        harness.live(ID);
        harness.ticker(ID, 12, 100, 9, 101, 1);
        MarketView view = harness.view(ID);
        assertEquals(9, view.bidLots());
        assertEquals(9, view.topLots(OrderBook.BID, 0));
        assertEquals(9 + 5 + 5, view.lotsOf5(OrderBook.BID));
        assertEquals(9 + 5 + 5, view.lotsOf20(OrderBook.BID));
        assertEquals(900 + 495 + 490, view.valueOf20(OrderBook.BID));
        assertEquals(1 + 5, view.lotsOf10(OrderBook.ASK));
    }

    @Test
    void shouldIgnoreTickersThatAreOlderDoubleOrImpossible() {
        harness.live(ID);
        harness.ticker(ID, 12, 100, 9, 101, 1);
        harness.ticker(ID, 12, 100, 9, 101, 1);
        assertFalse(harness.hasView);
        harness.ticker(ID, 11, 50, 9, 51, 1);
        assertFalse(harness.hasView);
        harness.ticker(ID, 13, 101, 9, 101, 1);
        assertFalse(harness.hasView);
        assertEquals(2, harness.report(ID).tickers().ignored());
        assertEquals(1, harness.report(ID).sync().errors());
        assertEquals(100, harness.view(ID).bidTicks());
    }

    @Test
    void shouldShowEmptySideWhenTickerHasNone() {
        harness.live(ID);
        harness.ticker(ID, 12, 0, 0, 101, 1);
        MarketView view = harness.view(ID);
        assertEquals(0, view.bidLots());
        assertEquals(0, view.topCount(OrderBook.BID));
        assertEquals(0, view.lotsOf20(OrderBook.BID));
        assertEquals(101, view.askTicks());
        harness.ticker(ID, 13, 100, 2, 101, 1);
        assertEquals(2 + 5 + 5, harness.view(ID).lotsOf20(OrderBook.BID));
    }

    @Test
    void shouldNotShowAnOlderTickerWhenTheBookIsLost() {
        harness.live(ID);
        harness.ticker(ID, 11, 100, 9, 101, 1);
        harness.diff(ID, 11, 20, 10, levels(100, 9), levels(101, 1));
        assertEquals(20, harness.view(ID).touchUpdateId());

        harness.apply(harness.events.decodeError(ID, DEPTH_BIT));
        assertEquals(MarketView.TOUCH_UNKNOWN, harness.view(ID).touchSource());
        assertEquals(0, harness.view(ID).bidLots());
        harness.ticker(ID, 15, 95, 9, 96, 1);
        assertFalse(harness.hasView);
        harness.ticker(ID, 21, 97, 9, 98, 1);
        assertEquals(97, harness.view(ID).bidTicks());
        assertEquals(MarketView.TOUCH_TICKER, harness.view(ID).touchSource());
    }

    @Test
    void shouldNotGoBackToDepthWhenTheTickerStreamIsLost() {
        harness.live(ID);
        harness.ticker(ID, 15, 99, 9, 101, 1);
        harness.apply(harness.events.status(StreamState.LOST, TICKER_BIT, ID));
        harness.bid(ID, 11, 98, 1);
        assertEquals(MarketView.TOUCH_UNKNOWN, harness.view(ID).touchSource());
        harness.diff(ID, 12, 16, 11, levels(100, 0, 99, 9), levels());
        assertEquals(99, harness.view(ID).bidTicks());
        assertEquals(16, harness.view(ID).touchUpdateId());
    }

    /** A market of its own whose ticker and diff streams arrive in any interleaving, with losses. */
    @Property(tries = 150)
    void shouldNeverGoBackInTimeAndAlwaysEqualTheMarketAtItsUpdateId(@ForAll long seed) {
        Random random = new Random(seed);
        Market market = new Market(random);
        StageHarness own = new StageHarness();
        own.define(ID);
        int diffAt = 0;
        int tickerAt = 0;
        long shown = 0;
        long prev = market.diffs.get(0)[2];
        for (int step = 0; step < 600 && diffAt < market.diffs.size() - 1; step++) {
            if (random.nextInt(10) < 6) {
                tickerAt = Math.min(market.tickers.size() - 1, tickerAt + random.nextInt(3));
                long[] t = market.tickers.get(tickerAt);
                own.ticker(ID, t[0], t[1], t[2], t[3], t[4]);
            } else {
                long[] d = market.diffs.get(diffAt);
                if (random.nextInt(60) != 0) {
                    own.diff(ID, d[0], d[1], prev, market.changes(0, d), market.changes(1, d));
                }
                prev = d[1];
                diffAt++;
            }
            if (own.state(ID) == SyncState.WAIT_SNAPSHOT && random.nextInt(4) == 0 && !own.fetches.isEmpty()) {
                long at = market.diffs.get(Math.max(0, diffAt - 1 - random.nextInt(2)))[1];
                own.snapshot(ID, at, own.lastFetch().commandId(), market.book(0, at), market.book(1, at));
            }
            own.pass(10);
            MarketView view = own.view(ID);
            if (view != null && view.touchSource() != MarketView.TOUCH_UNKNOWN) {
                assertTrue(view.touchUpdateId() >= shown, "seed " + seed + " step " + step);
                shown = view.touchUpdateId();
                market.check(view);
            }
        }
        assertEquals(0, own.report(ID).tickers().mismatched(), "seed " + seed);
        assertEquals(0, own.report(ID).sync().crossed(), "seed " + seed);
    }

    /** One side changes per update id; diffs bundle some ids, tickers come after ids that moved the touch. */
    private static final class Market {
        private static final int IDS = 900;
        private final long[][] events = new long[IDS + 1][];
        final List<long[]> diffs = new ArrayList<>();
        final List<long[]> tickers = new ArrayList<>();

        Market(Random random) {
            TreeMap<Long, Long> bids = new TreeMap<>(Collections.reverseOrder());
            TreeMap<Long, Long> asks = new TreeMap<>();
            long first = 1;
            long prev = 0;
            for (int id = 1; id <= IDS; id++) {
                int side = random.nextInt(2);
                long limit = side == 0
                        ? (asks.isEmpty() ? 1000L : asks.firstKey()) - 1
                        : (bids.isEmpty() ? 1000L : bids.firstKey()) + 1;
                long price = side == 0 ? limit - random.nextInt(40) : limit + random.nextInt(40);
                boolean isDelete = random.nextInt(3) == 0 && (side == 0 ? bids : asks).size() > 3;
                TreeMap<Long, Long> levels = side == 0 ? bids : asks;
                if (isDelete) {
                    price = random.nextBoolean() ? levels.firstKey() : levels.lastKey();
                }
                long lots = isDelete ? 0 : 1L + random.nextInt(50);
                if (lots == 0) {
                    levels.remove(price);
                } else {
                    levels.put(price, lots);
                }
                events[id] = new long[] {side, price, lots};
                if (!bids.isEmpty() && !asks.isEmpty()) {
                    tickers.add(new long[] {
                        id,
                        bids.firstKey(),
                        bids.firstEntry().getValue(),
                        asks.firstKey(),
                        asks.firstEntry().getValue()
                    });
                }
                if (random.nextInt(5) == 0 && id > 20) {
                    diffs.add(new long[] {first, id, prev});
                    prev = id;
                    first = id + 1L;
                }
            }
        }

        long[][] changes(int side, long[] diff) {
            TreeMap<Long, Long> changed = new TreeMap<>();
            for (long id = diff[0]; id <= diff[1]; id++) {
                if (events[(int) id][0] == side) {
                    changed.put(events[(int) id][1], events[(int) id][2]);
                }
            }
            return pairs(changed);
        }

        long[][] book(int side, long atId) {
            return pairs(state(side, atId));
        }

        void check(MarketView view) {
            for (int side = 0; side < 2; side++) {
                NavigableMap<Long, Long> levels = state(side, view.touchUpdateId());
                long best = side == 0 ? levels.lastKey() : levels.firstKey();
                assertEquals(best, side == 0 ? view.bidTicks() : view.askTicks());
                assertEquals(levels.get(best), side == 0 ? view.bidLots() : view.askLots());
                if (view.isLive()) {
                    checkTop(view, side);
                }
            }
        }

        /** Depth as of its own id, without what is better than the touch, the touch in front. */
        private void checkTop(MarketView view, int side) {
            NavigableMap<Long, Long> levels = state(side, view.lastUpdateId());
            long touch = side == 0 ? view.bidTicks() : view.askTicks();
            (side == 0 ? levels.tailMap(touch, true) : levels.headMap(touch, true)).clear();
            levels.put(touch, side == 0 ? view.bidLots() : view.askLots());
            Map<Long, Long> ordered = side == 0 ? levels.descendingMap() : levels;
            long sum = 0;
            long value = 0;
            int i = 0;
            for (Map.Entry<Long, Long> level : ordered.entrySet()) {
                if (i < view.topCount(side)) {
                    assertEquals(level.getKey(), view.topTicks(side, i));
                    assertEquals(level.getValue(), view.topLots(side, i));
                }
                if (i < 20) {
                    sum += level.getValue();
                    value += level.getKey() * level.getValue();
                }
                i++;
                if (i == 5 || (i < 5 && i == ordered.size())) {
                    assertEquals(sum, view.lotsOf5(side));
                }
                if (i == 10 || (i < 10 && i == ordered.size())) {
                    assertEquals(sum, view.lotsOf10(side));
                }
            }
            assertEquals(sum, view.lotsOf20(side));
            assertEquals(value, view.valueOf20(side));
            assertEquals(Math.min(5, ordered.size()), view.topCount(side));
        }

        private NavigableMap<Long, Long> state(int side, long atId) {
            TreeMap<Long, Long> levels = new TreeMap<>();
            for (int id = 1; id <= atId; id++) {
                if (events[id][0] == side) {
                    if (events[id][2] == 0) {
                        levels.remove(events[id][1]);
                    } else {
                        levels.put(events[id][1], events[id][2]);
                    }
                }
            }
            return levels;
        }

        private static long[][] pairs(Map<Long, Long> levels) {
            long[][] pairs = new long[levels.size()][];
            int i = 0;
            for (Map.Entry<Long, Long> level : levels.entrySet()) {
                pairs[i++] = new long[] {level.getKey(), level.getValue()};
            }
            return pairs;
        }
    }
}
