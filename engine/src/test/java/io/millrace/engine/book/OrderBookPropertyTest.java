package io.millrace.engine.book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Random changes, on both sides, against a TreeMap. */
class OrderBookPropertyTest {
    private static final int STEPS = 400;

    private final long[] ticks = new long[STEPS + 1];
    private final long[] lots = new long[STEPS + 1];

    @Property(tries = 300)
    void shouldEqualTreeMapAfterRandomChanges(@ForAll long seed, @ForAll @IntRange(max = 5) int spread) {
        Random random = new Random(seed);
        PagePool pool = new PagePool();
        // Books share the pool: pages of one that were given back turn up in the other.
        OrderBook[] books = {new OrderBook(pool, 100_000), new OrderBook(pool, 100_000)};
        Reference[] references = {new Reference(), new Reference()};
        for (int step = 0; step < STEPS; step++) {
            int which = random.nextInt(2);
            int side = random.nextInt(2);
            if (random.nextInt(150) == 0) {
                books[which].clear();
                references[which].clear();
            } else {
                long price = price(random, spread);
                long quantity = random.nextInt(3) == 0 ? 0 : quantity(random);
                long before = books[which].set(side, price, quantity);
                assertEquals(references[which].set(side, price, quantity), before, "set of step " + step);
            }
            compareBest(books[which], references[which], step);
            if (step % 20 == 0) {
                compareAll(books[which], references[which], random);
            }
        }
        compareAll(books[0], references[0], random);
        compareAll(books[1], references[1], random);
    }

    @Property(tries = 100)
    void shouldCoverLikeTreeMap(@ForAll long seed) {
        Random random = new Random(seed);
        OrderBook book = new OrderBook();
        Reference reference = new Reference();
        for (int i = 0; i < 200; i++) {
            int side = random.nextInt(2);
            long price = 1000L + (side == OrderBook.BID ? -random.nextInt(600) : 1 + random.nextInt(600));
            book.set(side, price, i + 1L);
            reference.set(side, price, i + 1L);
        }
        long bid = 1000L - random.nextInt(300);
        long ask = bid + 1 + random.nextInt(300);
        book.cover(bid, 77, ask, 88);
        reference.sides[0].headMap(bid, true).clear();
        reference.sides[0].put(bid, 77L);
        reference.sides[1].headMap(ask, true).clear();
        reference.sides[1].put(ask, 88L);
        compareDepth(book, reference, random);
    }

    private static long price(Random random, int spread) {
        return switch (spread) {
            case 0 -> random.nextInt(40);
            case 1 -> 600_000L + random.nextInt(2000);
            case 2 -> 600_000 + (long) (random.nextGaussian() * 50_000);
            case 3 -> random.nextInt(10_000_000);
            case 4 ->
                random.nextInt(4) == 0 ? 1_000_000_000_000_000L + random.nextInt(5) : 5_000_000L + random.nextInt(100);
            default -> random.nextLong() >>> (2 + random.nextInt(60));
        };
    }

    private static long quantity(Random random) {
        return random.nextInt(20) == 0 ? 1 + (random.nextLong() >>> 2) : 1L + random.nextInt(5);
    }

    private static void compareBest(OrderBook book, Reference reference, int step) {
        for (int side = 0; side < 2; side++) {
            TreeMap<Long, Long> levels = reference.sides[side];
            assertEquals(levels.isEmpty() ? -1 : levels.firstKey(), book.bestTicks(side), "best of step " + step);
            assertEquals(
                    levels.isEmpty() ? 0 : levels.firstEntry().getValue(), book.bestLots(side), "lots of step " + step);
            assertEquals(levels.size(), book.levels(side), "levels of step " + step);
        }
    }

    private void compareAll(OrderBook book, Reference reference, Random random) {
        assertEquals(reference.hash(), book.hash());
        assertEquals(book.hashFromScratch(), book.hash());
        compareDepth(book, reference, random);
    }

    private void compareDepth(OrderBook book, Reference reference, Random random) {
        for (int side = 0; side < 2; side++) {
            TreeMap<Long, Long> levels = reference.sides[side];
            int count = book.top(side, ticks.length, ticks, lots);
            assertEquals(levels.size(), count);
            Iterator<Map.Entry<Long, Long>> entries = levels.entrySet().iterator();
            BigInteger sum = BigInteger.ZERO;
            int summed = random.nextInt(50);
            for (int i = 0; i < count; i++) {
                Map.Entry<Long, Long> level = entries.next();
                assertEquals(level.getKey(), ticks[i], "price of level " + i);
                assertEquals(level.getValue(), lots[i], "quantity of level " + i);
                if (i < summed) {
                    sum = sum.add(BigInteger.valueOf(lots[i]));
                }
            }
            BigInteger saturated = sum.min(BigInteger.valueOf(Long.MAX_VALUE));
            assertEquals(saturated.longValueExact(), book.lotsOfTop(side, summed));
            if (count > 0) {
                int to = Math.min(count, Math.max(1, summed)) - 1;
                compareCost(book, side, count, random);
                assertEquals(
                        book.lotsOfTop(side, to + 1), book.lotsTo(side, ticks[to]), "lots to the price of level " + to);
            }
        }
    }

    private void compareCost(OrderBook book, int side, int count, Random random) {
        long wanted = random.nextInt(2) == 0 ? random.nextInt(300) : random.nextLong() >>> 1;
        BigInteger value = BigInteger.ZERO;
        long left = wanted;
        for (int i = 0; i < count && left > 0; i++) {
            long taken = Math.min(left, lots[i]);
            value = value.add(BigInteger.valueOf(ticks[i]).multiply(BigInteger.valueOf(taken)));
            left -= taken;
        }
        BookCost cost = new BookCost();
        assertEquals(left == 0 ? OrderBook.FILLED : OrderBook.INSUFFICIENT_DEPTH, book.cost(side, wanted, cost));
        assertEquals(value, cost.value());
        assertEquals(wanted - left, cost.filledLots());
    }

    private static final class Reference {
        @SuppressWarnings({"unchecked", "rawtypes"})
        private final TreeMap<Long, Long>[] sides =
                new TreeMap[] {new TreeMap<Long, Long>(Collections.reverseOrder()), new TreeMap<Long, Long>()};

        long set(int side, long price, long quantity) {
            Long before = quantity == 0 ? sides[side].remove(price) : sides[side].put(price, quantity);
            return before == null ? 0 : before;
        }

        void clear() {
            sides[0].clear();
            sides[1].clear();
        }

        long hash() {
            long hash = 0;
            for (int side = 0; side < 2; side++) {
                for (Map.Entry<Long, Long> level : sides[side].entrySet()) {
                    hash += level.getValue() * Mix.level(side, level.getKey());
                }
            }
            return hash;
        }
    }
}
