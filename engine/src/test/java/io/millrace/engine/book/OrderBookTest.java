package io.millrace.engine.book;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class OrderBookTest {
    private final OrderBook book = new OrderBook();
    private final BookCost cost = new BookCost();
    private final long[] ticks = new long[64];
    private final long[] lots = new long[64];

    @Test
    void shouldFindNextBestWhenBestIsDeleted() {
        bids(100, 5, 99, 4, 3, 3);
        asks(101, 5, 102, 4, 1_000_000, 3);

        book.set(OrderBook.BID, 100, 0);
        book.set(OrderBook.ASK, 101, 0);
        assertEquals(99, book.bestTicks(OrderBook.BID));
        assertEquals(102, book.bestTicks(OrderBook.ASK));

        book.set(OrderBook.BID, 99, 0);
        book.set(OrderBook.ASK, 102, 0);
        assertEquals(3, book.bestTicks(OrderBook.BID));
        assertEquals(1_000_000, book.bestTicks(OrderBook.ASK));

        book.set(OrderBook.BID, 3, 0);
        book.set(OrderBook.ASK, 1_000_000, 0);
        assertEquals(-1, book.bestTicks(OrderBook.BID));
        assertEquals(-1, book.bestTicks(OrderBook.ASK));
        assertEquals(0, book.hash());
    }

    @Test
    void shouldReturnQuantityBeforeAndIgnoreUnknownDelete() {
        assertEquals(0, book.set(OrderBook.BID, 100, 5));
        assertEquals(5, book.set(OrderBook.BID, 100, 7));
        assertEquals(0, book.set(OrderBook.BID, 50, 0));
        assertEquals(0, book.set(OrderBook.ASK, OrderBook.MAX_TICKS, 0));
        assertEquals(7, book.set(OrderBook.BID, 100, 0));
        assertEquals(0, book.levels(OrderBook.BID));
    }

    @Test
    void shouldHoldPricesAtBothEndsOfTheRange() {
        asks(0, 1, 100, 2, 1_000_000_000_000_000L, 3, OrderBook.MAX_TICKS, 4);
        bids(0, 1, 100, 2, 1_000_000_000_000_000L, 3, OrderBook.MAX_TICKS, 4);

        assertEquals(0, book.bestTicks(OrderBook.ASK));
        assertEquals(OrderBook.MAX_TICKS, book.bestTicks(OrderBook.BID));
        assertEquals(4, book.top(OrderBook.ASK, 10, ticks, lots));
        assertEquals(1_000_000_000_000_000L, ticks[2]);
        assertEquals(3, lots[2]);
        assertEquals(book.hashFromScratch(), book.hash());
    }

    @Test
    void shouldRefuseWhatIsOutOfRangeAndLeaveTheBookAsItWas() {
        bids(100, 5);
        long hash = book.hash();

        assertEquals(OrderBook.REFUSED, book.set(OrderBook.BID, -1, 5));
        assertEquals(OrderBook.REFUSED, book.set(OrderBook.BID, 100, -5));
        assertEquals(OrderBook.REFUSED, book.set(OrderBook.BID, OrderBook.MAX_TICKS + 1, 5));
        assertEquals(OrderBook.REFUSED, book.set(OrderBook.BID, Long.MIN_VALUE, 0));
        assertEquals(hash, book.hash());
        assertEquals(5, book.lotsAt(OrderBook.BID, 100));
    }

    @Test
    void shouldGiveTheBestLevelsInOrderWhereverTheyLie() {
        long[] ticks = new long[8];
        long[] lots = new long[8];
        long far = 1_000_000_000_000_000L;
        asks(600_000, 1, 600_003, 2, 600_001, 3, far, 4, 2, 5);
        bids(600_000, 1, 600_003, 2, 600_001, 3, far, 4, 2, 5);

        assertEquals(5, book.top(OrderBook.ASK, 8, ticks, lots));
        assertArrayEquals(new long[] {2, 600_000, 600_001, 600_003, far, 0, 0, 0}, ticks);
        assertArrayEquals(new long[] {5, 1, 3, 2, 4, 0, 0, 0}, lots);
        assertEquals(5, book.top(OrderBook.BID, 8, ticks, lots));
        assertArrayEquals(new long[] {far, 600_003, 600_001, 600_000, 2, 0, 0, 0}, ticks);
        assertArrayEquals(new long[] {4, 2, 3, 1, 5, 0, 0, 0}, lots);

        book.set(OrderBook.BID, far, 0);
        assertEquals(600_003, book.bestTicks(OrderBook.BID));
        assertEquals(3, book.top(OrderBook.BID, 3, ticks, lots));
        assertEquals(600_000, ticks[2]);
        book.set(OrderBook.ASK, 2, 0);
        assertEquals(3, book.top(OrderBook.ASK, 3, ticks, lots));
        assertEquals(600_003, ticks[2]);
        assertEquals(0, book.top(OrderBook.ASK, 0, ticks, lots));
    }

    @Test
    void shouldRefuseScatteredPricesBeyondItsBounds() {
        bids(1_000_000, 5);
        int taken = 0;
        while (book.set(OrderBook.BID, (taken + 1L) << 40, 1) != OrderBook.REFUSED) {
            taken++;
            assertTrue(taken < 100_000, "no bound on levels far away");
        }
        assertEquals(FarLevels.MAX_LEVELS, taken);
        assertEquals((long) taken << 40, book.bestTicks(OrderBook.BID));
        assertEquals(book.hashFromScratch(), book.hash());
    }

    @Test
    void shouldRefuseMoreLevelsThanAllowed() {
        OrderBook small = new OrderBook(new PagePool(), 3);
        for (int i = 1; i <= 3; i++) {
            assertEquals(0, small.set(OrderBook.ASK, i * 1000L, 1));
        }
        assertEquals(OrderBook.REFUSED, small.set(OrderBook.ASK, 4000, 1));
        assertEquals(1, small.set(OrderBook.ASK, 3000, 2));
        assertEquals(0, small.set(OrderBook.ASK, 5000, 0));
        assertEquals(3, small.levels(OrderBook.ASK));
    }

    @Test
    void shouldGiveCostOverSeveralLevels() {
        asks(100, 5, 101, 5, 103, 5);

        assertEquals(OrderBook.FILLED, book.cost(OrderBook.ASK, 12, cost));
        assertEquals(5 * 100 + 5 * 101 + 2 * 103, cost.valueLow());
        assertEquals(103, cost.worstTicks());
        assertEquals(3, cost.levels());
        assertEquals(OrderBook.FILLED, book.cost(OrderBook.ASK, 10, cost));
        assertEquals(101, cost.worstTicks());
        assertEquals(OrderBook.FILLED, book.cost(OrderBook.ASK, 0, cost));
        assertEquals(-1, cost.worstTicks());
    }

    @Test
    void shouldSayInsufficientDepthAndWhatThereIs() {
        asks(100, 5, 101, 5);

        assertEquals(OrderBook.INSUFFICIENT_DEPTH, book.cost(OrderBook.ASK, 11, cost));
        assertEquals(10, cost.filledLots());
        assertEquals(1005, cost.valueLow());
        assertEquals(OrderBook.INSUFFICIENT_DEPTH, book.cost(OrderBook.BID, 1, cost));
    }

    @Test
    void shouldNotWrapWhenCostNeedsMoreThan64Bits() {
        asks(OrderBook.MAX_TICKS - 1, Long.MAX_VALUE / 2, OrderBook.MAX_TICKS, Long.MAX_VALUE / 2);

        assertEquals(OrderBook.FILLED, book.cost(OrderBook.ASK, Long.MAX_VALUE - 1, cost));
        BigInteger half = BigInteger.valueOf(Long.MAX_VALUE / 2);
        assertEquals(
                half.multiply(BigInteger.valueOf(OrderBook.MAX_TICKS - 1))
                        .add(half.multiply(BigInteger.valueOf(OrderBook.MAX_TICKS))),
                cost.value());
        assertFalse(cost.fitsLong());
    }

    @Test
    void shouldSaturateDepthInsteadOfWrapping() {
        bids(100, Long.MAX_VALUE, 99, Long.MAX_VALUE);

        assertEquals(Long.MAX_VALUE, book.lotsOfTop(OrderBook.BID, 2));
        assertEquals(Long.MAX_VALUE, book.lotsTo(OrderBook.BID, 1));
    }

    @Test
    void shouldSumDepthToLevelsAndToPrice() {
        for (int i = 0; i < 200; i++) {
            bids(1000 - 3L * i, i + 1L);
        }
        assertEquals(1, book.lotsOfTop(OrderBook.BID, 1));
        assertEquals(100 * 101 / 2, book.lotsOfTop(OrderBook.BID, 100));
        assertEquals(200 * 201 / 2, book.lotsOfTop(OrderBook.BID, 1000));
        assertEquals(1 + 2 + 3, book.lotsTo(OrderBook.BID, 994));
        assertEquals(1 + 2 + 3, book.lotsTo(OrderBook.BID, 992));
        assertEquals(0, book.lotsTo(OrderBook.BID, 1001));
    }

    @Test
    void shouldHideBetterLevelsUnderCover() {
        bids(100, 5, 99, 4, 98, 3);
        asks(101, 5, 102, 4, 103, 3);

        book.cover(99, 7, 102, 1);

        assertEquals(2, book.top(OrderBook.BID, 5, ticks, lots));
        assertEquals(99, ticks[0]);
        assertEquals(7, lots[0]);
        assertEquals(98, ticks[1]);
        assertEquals(7 + 3, book.lotsOfTop(OrderBook.BID, 5));
        assertEquals(OrderBook.FILLED, book.cost(OrderBook.ASK, 2, cost));
        assertEquals(102 + 103, cost.valueLow());
        assertEquals(100, book.bestTicks(OrderBook.BID), "depth alone is not touched");

        book.cover(100, 0, 105, 2);
        assertEquals(0, book.top(OrderBook.BID, 5, ticks, lots));
        assertEquals(1, book.top(OrderBook.ASK, 5, ticks, lots));

        book.uncover();
        assertEquals(3, book.top(OrderBook.BID, 5, ticks, lots));
        assertEquals(100, ticks[0]);
    }

    @Test
    void shouldSeeCrossingOnDepthAlone() {
        bids(100, 5);
        asks(101, 5);
        assertFalse(book.isCrossed());
        bids(101, 1);
        assertTrue(book.isCrossed());
    }

    @Test
    void shouldChangeHashWithOneLotInAnyLevel() {
        bids(100, 5, 7, 1);
        long hash = book.hash();
        bids(7, 2);
        assertNotEquals(hash, book.hash());
        bids(7, 1);
        assertEquals(hash, book.hash());
        bids(7, 1L << 62);
        assertNotEquals(hash, book.hash());
    }

    @Test
    void shouldReturnPagesWhenEmpty() {
        PagePool pool = new PagePool();
        OrderBook first = new OrderBook(pool, 100_000);
        for (int i = 0; i < 50_000; i++) {
            first.set(OrderBook.BID, 1_000_000 - i * 7L, 1);
        }
        long made = pool.pagesMade();
        first.clear();
        OrderBook second = new OrderBook(pool, 100_000);
        for (int i = 0; i < 50_000; i++) {
            second.set(OrderBook.ASK, 1_000_000 + i * 7L, 1);
        }
        assertTrue(pool.pagesMade() <= made + 2, "pages were not used again: " + pool.pagesMade() + " after " + made);
    }

    private void bids(long... ticksAndLots) {
        for (int i = 0; i < ticksAndLots.length; i += 2) {
            book.set(OrderBook.BID, ticksAndLots[i], ticksAndLots[i + 1]);
        }
    }

    private void asks(long... ticksAndLots) {
        for (int i = 0; i < ticksAndLots.length; i += 2) {
            book.set(OrderBook.ASK, ticksAndLots[i], ticksAndLots[i + 1]);
        }
    }
}
