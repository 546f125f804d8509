package io.millrace.exchange.venue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.codecs.value.Grid;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LadderBookTest {
    private static final SymbolSpec SPEC = SymbolSpec.of("XUSDT", "X", Grid.parse("0.01"), Grid.parse("1"));
    private static final int DEPTH = 40;

    @Property(tries = 200)
    void shouldHoldWhatAnOracleHoldsWhateverHappens(@ForAll long seed) {
        LadderBook book = new LadderBook(SPEC, DEPTH, 1000, 5);
        TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
        TreeMap<Long, Long> asks = new TreeMap<>();
        bids.put(1000L, 5L);
        asks.put(1001L, 5L);
        VenueRandom random = new VenueRandom(seed);
        for (int i = 0; i < 500; i++) {
            boolean isBid = random.nextInt(2) == 0;
            TreeMap<Long, Long> side = isBid ? bids : asks;
            if (random.nextInt(3) > 0 || side.size() == 1) {
                add(book, side, isBid, random);
            } else {
                long best = side.firstKey();
                long tick = book.levelFrom(isBid, best + (isBid ? -1L : 1L) * random.nextInt(DEPTH / 2));
                if (tick < 0 || book.bestAsk() - book.bestBid() > DEPTH) {
                    continue;
                }
                long qty = 1L + random.nextInt((int) Math.min(100, book.lotsAt(isBid, tick)));
                book.take(isBid, tick, qty);
                side.computeIfPresent(tick, (unused, old) -> old == qty ? null : old - qty);
            }
            check(book, bids, asks);
        }
    }

    private static void add(LadderBook book, NavigableMap<Long, Long> side, boolean isBid, VenueRandom random) {
        long spread = book.bestAsk() - book.bestBid();
        long best = side.firstKey();
        long away = random.nextInt(DEPTH + (int) spread - 1) - (spread - 1);
        long tick = isBid ? best - away : best + away;
        long qty = 1L + random.nextInt(9);
        book.add(isBid, tick, qty);
        side.merge(tick, qty, Long::sum);
        long far = isBid ? book.farBid(best) : book.farAsk(best);
        while (far >= 0) {
            assertEquals(side.remove(far), book.farLots(far));
            book.take(isBid, far, book.farLots(far));
            far = isBid ? book.farBid(best) : book.farAsk(best);
        }
        side.keySet().forEach(level -> assertEquals(true, Math.abs(level - side.firstKey()) < DEPTH));
    }

    private static void check(LadderBook book, NavigableMap<Long, Long> bids, NavigableMap<Long, Long> asks) {
        BookImage image = book.image(Integer.MAX_VALUE);
        assertArrayEquals(bids.keySet().stream().mapToLong(Long::longValue).toArray(), image.bidTicks());
        assertArrayEquals(bids.values().stream().mapToLong(Long::longValue).toArray(), image.bidLots());
        assertArrayEquals(asks.keySet().stream().mapToLong(Long::longValue).toArray(), image.askTicks());
        assertArrayEquals(asks.values().stream().mapToLong(Long::longValue).toArray(), image.askLots());
        assertEquals(bids.values().stream().mapToLong(Long::longValue).sum(), book.totalLots(true));
        assertEquals(asks.values().stream().mapToLong(Long::longValue).sum(), book.totalLots(false));
    }

    @Test
    void shouldKeepTheSidesApartHoweverWideTheSpreadBecomes() {
        LadderBook book = new LadderBook(SPEC, DEPTH, 1000, 5);
        NavigableMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
        NavigableMap<Long, Long> asks = new TreeMap<>();
        bids.put(1000L, 5L);
        book.add(true, 1000 - DEPTH + 1, 3);
        bids.put(1000L - DEPTH + 1, 3L);
        for (int i = 0; i < 30; i++) {
            long ask = book.bestAsk();
            book.add(false, ask + DEPTH - 1, 7);
            book.take(false, ask, book.lotsAt(false, ask));
            book.add(false, ask + DEPTH, 9);
            asks.clear();
            asks.put(ask + DEPTH - 1, 7L);
            asks.put(ask + DEPTH, 9L);
            check(book, bids, asks);
            book.take(false, ask + DEPTH, 9);
        }
    }

    @Test
    void shouldRefuseToBecomeOneSided() {
        LadderBook book = new LadderBook(SPEC, DEPTH, 1000, 5);
        assertThrows(IllegalStateException.class, () -> book.take(true, 1000, 5));
        assertThrows(IllegalArgumentException.class, () -> new LadderBook(SPEC, 1001, 1000, 5));
    }
}
