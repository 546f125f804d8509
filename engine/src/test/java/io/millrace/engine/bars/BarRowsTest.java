package io.millrace.engine.bars;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BarRowsTest {
    /** Ticks of 0.10, lots of 0.003. */
    private static final LotGrid GRID = new LotGrid(10_000_000L, 3, -3, 3, -4);

    private final BarRows rows = new BarRows(4, GRID);

    @Test
    void shouldGiveBackWhatWasWritten() {
        ClosedBar bar = bar(50_000, GRID.volume(7));
        rows.write(2, bar);
        assertRow(bar, 2);
        assertFalse(rows.isWide());
        assertEquals(ClosedBar.HOLE, rows.source(1));
        rows.clear(2);
        assertEquals(ClosedBar.HOLE, rows.source(2));
    }

    @Test
    void shouldKeepAllRowsWhenAPriceIsOffTheGrid() {
        shouldWiden(bar(50_000, 0.3), price(50_000_000_001L));
    }

    @Test
    void shouldKeepAllRowsWhenAVolumeIsNotWholeLots() {
        shouldWiden(bar(50_000, 0.3), bar(50_001, 0.004));
    }

    @Test
    void shouldHoldAsManyLotsAsAnIntAndMoreInEightBytes() {
        ClosedBar most = bar(50_000, GRID.volume(Integer.MAX_VALUE));
        rows.write(0, most);
        assertFalse(rows.isWide());
        assertRow(most, 0);
        shouldWiden(most, bar(50_001, GRID.volume(Integer.MAX_VALUE + 1L)));
    }

    private void shouldWiden(ClosedBar fits, ClosedBar doesNot) {
        rows.write(0, fits);
        assertFalse(rows.isWide());
        rows.write(3, doesNot);
        assertTrue(rows.isWide());
        assertRow(fits, 0);
        assertRow(doesNot, 3);
        assertEquals(ClosedBar.HOLE, rows.source(1));
        rows.write(1, fits);
        assertRow(fits, 1);
    }

    private static ClosedBar price(long priceE8) {
        ClosedBar bar = bar(1, 0);
        bar.openE8 = priceE8;
        return bar;
    }

    private static ClosedBar bar(long ticks, double volume) {
        ClosedBar bar = new ClosedBar();
        bar.openE8 = ticks * GRID.priceUnitE8();
        bar.highE8 = (ticks + 3) * GRID.priceUnitE8();
        bar.lowE8 = (ticks - 1) * GRID.priceUnitE8();
        bar.closeE8 = (ticks + 2) * GRID.priceUnitE8();
        bar.volume = volume;
        bar.takerBuyVolume = volume;
        bar.quoteVolume = -1.0 / 3;
        bar.trades = 12;
        bar.eventOffsetMs = -5;
        bar.receiveOffsetMs = Integer.MIN_VALUE;
        bar.source = ClosedBar.FLAT;
        return bar;
    }

    private void assertRow(ClosedBar expected, int at) {
        ClosedBar found = new ClosedBar();
        rows.read(at, found);
        assertTrue(found.isSame(expected));
        assertEquals(expected.openE8, rows.priceE8(at, BarRows.OPEN));
        assertEquals(expected.highE8, rows.priceE8(at, BarRows.HIGH));
        assertEquals(expected.lowE8, rows.priceE8(at, BarRows.LOW));
        assertEquals(expected.closeE8, rows.priceE8(at, BarRows.CLOSE));
        assertEquals(expected.quoteVolume, rows.quoteVolume(at));
        assertEquals(expected.trades, rows.trades(at));
        assertEquals(expected.eventOffsetMs, found.eventOffsetMs);
        assertEquals(expected.receiveOffsetMs, found.receiveOffsetMs);
        assertEquals(expected.source, rows.source(at));
    }
}
